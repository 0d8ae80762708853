"""What a cell says as a day, however it is written."""

import re
from collections.abc import Container
from datetime import date, datetime, timedelta
from functools import lru_cache

from app.exchange.cells.codes import fold
from app.exchange.cells.plain import as_text
from app.exchange.cells.table import NOT_ENDED_YET, NOT_SEEN_YET
from app.exchange.layouts.fields import Field
from app.exchange.readers import Cell
from app.kernel.days import london_date, parse_date, show_date

FIRST_YEAR = 1990
# By field, the spellings that say that the day has not come.
NOT_YET = {
    Field.LAST_SEEN_ON: NOT_SEEN_YET,
    **dict.fromkeys(
        (Field.AUTHORISED_ON, Field.CLOSED_ON, Field.PROTECTION_PLAN_END_ON), NOT_ENDED_YET
    ),
}
_TIME_OF_DAY = re.compile(
    r"(.+?)[T ]([0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?( ?[AP]M)?"
    r"|[0-9]{1,2}(\.[0-9]{2}){2}(\.[0-9]+)? [AP]M)",
    re.I,
)
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3])(:[0-5][0-9]){1,2}(\.[0-9]+)?"
    r"(Z|[+-][01][0-9]:?[0-5][0-9])"
)
# How reports write a date that has one meaning all the same, and how a person would.
_OTHERWISE = (
    (re.compile(r"(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[,.]? (.+)", re.I), r"\1"),
    (re.compile(r"([0-9]{1,2})(?:st|nd|rd|th) (.+)", re.I), r"\1 \2"),
    (re.compile(r"([a-z]{3,9})\.? ([0-9]{1,2}),? ([0-9]{4})", re.I), r"\2 \1 \3"),
    (re.compile(r"([0-9]{4})([/.])([0-9]{1,2})\2([0-9]{1,2})"), r"\1-\3-\4"),
    (re.compile(r"((?:19|20)[0-9]{2})([0-9]{2})([0-9]{2})"), r"\1-\2-\3"),
    (re.compile(r"([0-9]{1,2})[/. -]*([a-z]{3,9})[/. -]*([0-9]{2,4})", re.I), r"\1 \2 \3"),
    # Of both centuries only one holds days that a list may name.
    (re.compile(r"([0-9]{1,2}([/.])[0-9]{1,2}\2)(9[0-9])"), r"\g<1>19\3"),
    (re.compile(r"([0-9]{1,2}([/.])[0-9]{1,2}\2)([0-8][0-9])"), r"\g<1>20\3"),
    (re.compile(r"([0-9]{1,2}[ -][a-z]{3,9}[ -])(9[0-9])", re.I), r"\g<1>19\2"),
    (re.compile(r"([0-9]{1,2}[ -][a-z]{3,9}[ -])([0-8][0-9])", re.I), r"\g<1>20\2"),
)
# Two of what systems write for no day, and the end that never comes of those that ask for one.
_NULL_DAYS = frozenset({date(1900, 1, 1), date.max})
_ENDLESS = re.compile(r"31[/.-]12[/.-]9999|9999-12-31|31[ -]Dec(ember)?[ -]9999", re.I)
# A day as Excel counts it, where a list was saved without showing it as one.
_SERIAL = re.compile(r"([1-9][0-9]{4})(\.[0-9]+)?")
_MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])([/.-])(1[3-9]|2[0-9]|3[01])\2[0-9]+")
_SERIAL_OF_29_FEBRUARY_1900 = 60
_OTHERS_TOO = " If the list puts the month first, its other dates are misread: mend them all."


def day(cell: Cell, *, today: date, date1904: bool, not_yet: Container[str] = ()) -> date | None:
    """A date from 1990 to a year from today, however it is written, day first; None if empty.

    `not_yet` are spellings that say that there is none.
    """
    if not_yet and isinstance(cell, str) and fold(cell) in not_yet:
        return None
    found = _day(cell, date1904=date1904)
    if found is None or found in _NULL_DAYS:
        return None
    if found.year < FIRST_YEAR:
        raise ValueError(f"is {show_date(found)}, before {FIRST_YEAR}.")
    if found > today and (found - today).days > 366:
        raise ValueError(f"is {show_date(found)}, more than a year ahead.")
    return found


def _day(cell: Cell, *, date1904: bool) -> date | None:
    if isinstance(cell, str):
        text = as_text(cell)
        if serial := _SERIAL.fullmatch(text):
            return _day_of_serial(int(serial[1]), date1904=date1904)
        return _day_of_text(text) if text else None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _day_of_serial(int(cell), date1904=date1904)
    raise ValueError("is not a date.")


@lru_cache(maxsize=8192)
def _day_of_text(text: str) -> date:
    timed = _TIME_OF_DAY.fullmatch(text)
    said = timed[1] if timed else text
    try:
        if _INSTANT.fullmatch(text):
            return london_date(datetime.fromisoformat(text))
        return date.max if _ENDLESS.fullmatch(said) else parse_date(_as_people_write(said))
    except ValueError as error:
        doubt = _OTHERS_TOO if _MONTH_FIRST.fullmatch(said) else ""
        raise ValueError(f"says “{text[:40]}”. {error}{doubt}") from error


def _as_people_write(text: str) -> str:
    for otherwise, plainly in _OTHERWISE:
        if found := otherwise.fullmatch(text):
            text = found.expand(plainly)
    return text


def _day_of_serial(serial: int, *, date1904: bool) -> date:
    if not 0 < serial < 100_000:
        raise ValueError(f"holds the number {str(serial)[:20]}, which is not a date.")
    if date1904:
        return date(1904, 1, 1) + timedelta(days=serial)
    if serial == _SERIAL_OF_29_FEBRUARY_1900:
        raise ValueError("is 29 February 1900, a day that never was.")
    first = date(1899, 12, 30) if serial > _SERIAL_OF_29_FEBRUARY_1900 else date(1899, 12, 31)
    return first + timedelta(days=serial)
