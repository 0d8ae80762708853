"""What one cell of a council's list means: each parser takes a cell and raises a plain sentence."""

import re
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import lru_cache
from typing import TypeVar

from app.exchange.readers import Cell
from app.kernel.days import parse_date, show_date

FIRST_YEAR = 1990
LONGEST_REFERENCE = 40
LONGEST_TEXT = 200

# What systems write where they have nothing to say; compared in small letters.
_NOTHING = frozenset({"", "-", "n/a", "na", "#n/a", "null", "none", "nan", "placeholder_data"})
_ERRORS = frozenset({"#ref!", "#value!", "#div/0!", "#name?", "#num!", "#null!"})
_SCIENTIFIC = re.compile(r"[0-9](\.[0-9]+)?E\+[0-9]+", re.IGNORECASE)
_WHOLE = re.compile(r"([0-9]+)\.0+")
_TIME_OF_DAY = re.compile(r"(.+?)[T ][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?( ?[AP]M)?Z?", re.I)
_LETTER = re.compile(r"[a-z] ?[).:-] *")
_NEED = re.compile(r"(?:[a-z] ?[).:] *)?(N[0-9])(?![0-9A-Z])", re.IGNORECASE)
_REASON = re.compile(r"(?:[a-z] ?[).:] *)?(RC[1-9])(?![0-9A-Z])", re.IGNORECASE)
_EXACT_DIGITS = 15
_NULL_DAY = date(1900, 1, 1)
_SERIAL_OF_29_FEBRUARY_1900 = 60
_OLDEST = 120


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class AgeBand(StrEnum):
    """The sector's age groups, with the unborn apart, as the register writes them."""

    UNBORN = "Unborn"
    UNDER_1 = "Under 1"
    FROM_1 = "1–4"
    FROM_5 = "5–9"
    FROM_10 = "10–15"
    FROM_16 = "16+"


class CouncilStatus(StrEnum):
    """Where the council's own list says that the child's case stands."""

    LOOKED_AFTER = "looked_after"
    PROTECTION_PLAN = "child_protection_plan"
    IN_NEED_PLAN = "child_in_need_plan"
    OPEN_ASSESSMENT = "open_assessment"
    CLOSED = "closed_episode"


_ANSWERS = {
    **dict.fromkeys(("yes", "y", "true", "1", "seen", "seen alone"), Answer.YES),
    **dict.fromkeys(("no", "n", "false", "0", "not seen"), Answer.NO),
    **dict.fromkeys(("unknown", "u", "not known", "not recorded", "not stated"), Answer.UNKNOWN),
}
_BANDS = {band.lower(): band for band in AgeBand}
_STATUSES = {
    "looked after child": CouncilStatus.LOOKED_AFTER,
    "child protection plan": CouncilStatus.PROTECTION_PLAN,
    "child in need plan": CouncilStatus.IN_NEED_PLAN,
    "open assessment": CouncilStatus.OPEN_ASSESSMENT,
    "closed episode": CouncilStatus.CLOSED,
    **dict(zip("abcde", CouncilStatus, strict=True)),
}
# Words that make a "worker" a place where work waits. A manager holds no caseload of her own.
_NOT_A_PERSON = frozenset(
    (
        "allocated",
        "allocation",
        "awaiting",
        "dept",
        "desk",
        "duty",
        "hub",
        "inbox",
        "locality",
        "manager",
        "mash",
        "pending",
        "service",
        "services",
        "tba",
        "tbc",
        "team",
        "teams",
        "tray",
        "unallocated",
        "unassigned",
        "unit",
        "unknown",
        "vacancy",
        "vacant",
        "worker",
    )
)


def as_text(cell: Cell) -> str:
    """The cell as the spreadsheet shows it, without spaces around; "" where it says nothing."""
    if isinstance(cell, str):
        text = cell.replace("\xa0", " ").strip()
        return "" if text.lower() in _NOTHING else text
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 10**_EXACT_DIGITS:
        return str(int(cell))
    if isinstance(cell, date):
        return show_date(cell)
    return "" if cell is None else str(cell)


def is_broken(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and cell[:1] == "#" and cell.lower() in _ERRORS)


def check_whole(cell: Cell) -> None:
    """Refuses a cell that has no value to read: an error, or a formula saved without one."""
    if cell is None:
        raise ValueError("holds a formula without a value. Open the file in Excel and save it.")
    if is_broken(cell):
        raise ValueError(f"holds the error {cell}.")


def reference(cell: Cell) -> str:
    """The council's reference, 1 to 40 characters, as text: 00123 stays, 1001.0 is 1001."""
    if isinstance(cell, date | time | timedelta):
        raise ValueError("holds a date: Excel changed this reference.")
    if isinstance(cell, float) and abs(cell) >= 10**_EXACT_DIGITS:
        raise ValueError("has more than 15 digits: Excel changed this reference.")
    text = as_text(cell)
    if not text:
        raise ValueError("is empty, and every row needs a reference.")
    if _SCIENTIFIC.fullmatch(text):
        raise ValueError(f"says {text}: Excel changed this reference.")
    if len(text) > LONGEST_REFERENCE:
        raise ValueError(f"has {len(text)} characters; a reference has at most 40.")
    if not text.isprintable():
        raise ValueError("holds characters that cannot be seen.")
    whole = _WHOLE.fullmatch(text)
    return whole[1] if whole else text


def day(cell: Cell, *, today: date, date1904: bool) -> date | None:
    """A date from 1990 to a year from today, however it is written, day first; None if empty."""
    found = _day(cell, date1904=date1904)
    if found is None or found == _NULL_DAY:
        return None
    if found.year < FIRST_YEAR:
        raise ValueError(f"is {show_date(found)}, before {FIRST_YEAR}.")
    if found > today and (found - today).days > 366:
        raise ValueError(f"is {show_date(found)}, more than a year ahead.")
    return found


def _day(cell: Cell, *, date1904: bool) -> date | None:
    if isinstance(cell, str):
        text = as_text(cell)
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
    try:
        return parse_date(timed[1] if timed else text)
    except ValueError as error:
        raise ValueError(f"says “{text[:40]}”. {error}") from error


def _day_of_serial(serial: int, *, date1904: bool) -> date:
    if not 0 < serial < 100_000:
        raise ValueError(f"holds the number {serial}, which is not a date.")
    if date1904:
        return date(1904, 1, 1) + timedelta(days=serial)
    if serial == _SERIAL_OF_29_FEBRUARY_1900:
        raise ValueError("is 29 February 1900, a day that never was.")
    first = date(1899, 12, 30) if serial > _SERIAL_OF_29_FEBRUARY_1900 else date(1899, 12, 31)
    return first + timedelta(days=serial)


_Word = TypeVar("_Word")


def _known(text: str, words: Mapping[str, _Word]) -> _Word | None:
    """The meaning of a text, with or without a list's letter before it."""
    small = text.lower()
    return words.get(small) or words.get(_LETTER.sub("", small, count=1))


def answer(cell: Cell) -> Answer | None:
    """Yes, no or unknown, with or without a letter before it; None where the cell is empty."""
    text = as_text(cell)
    if not text:
        return None
    found = _known(text, _ANSWERS)
    if found is None:
        raise ValueError(f"says “{text[:40]}”, which is neither yes, no nor unknown.")
    return found


def primary_need(cell: Cell) -> str | None:
    """N0 to N9."""
    return _code(cell, _NEED, "no primary need code from N0 to N9")


def closure_reason(cell: Cell) -> str | None:
    """RC1 to RC9."""
    return _code(cell, _REASON, "no reason for closure from RC1 to RC9")


def _code(cell: Cell, pattern: re.Pattern[str], lack: str) -> str | None:
    text = as_text(cell)
    if not text:
        return None
    if found := pattern.match(text):
        return found[1].upper()
    raise ValueError(f"says “{text[:40]}”, {lack}.")


def council_status(cell: Cell) -> CouncilStatus | None:
    text = as_text(cell)
    if not text:
        return None
    found = _known(text, _STATUSES)
    if found is None:
        raise ValueError(f"says “{text[:40]}”, which is no case status.")
    return found


def age_band(cell: Cell) -> AgeBand | None:
    """The band of an age in years, or a band by its name; a child not yet born has the age −1."""
    text = as_text(cell).lower()
    if not text:
        return None
    if text == "-1":
        return AgeBand.UNBORN
    if band := _BANDS.get(text.replace("-", "–")):
        return band
    try:
        years = float(text)
    except ValueError:
        raise ValueError(f"says “{text[:40]}”, which is not an age in years.") from None
    if not 0 <= years <= _OLDEST:
        raise ValueError(f"says {text[:40]}, which is not an age in years.")
    bands = zip((1, 5, 10, 16), list(AgeBand)[1:], strict=False)
    return next((band for below, band in bands if years < below), AgeBand.FROM_16)


def words(cell: Cell) -> str | None:
    """Text of at most 200 characters, with single spaces."""
    text = " ".join(as_text(cell).split())
    if not text:
        return None
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"has {len(text)} characters; at most {LONGEST_TEXT} go.")
    if not text.isprintable():
        raise ValueError("holds characters that cannot be seen.")
    return text


def is_named_worker(text: str | None) -> bool:
    """Whether a worker column names a person: not duty, a team, a manager, a tray or initials.

    Short words (initials such as AW, codes) and anything with a digit name nobody.
    """
    if not text:
        return False
    named = re.findall(r"[^\W_]+", text.lower())
    if any(word in _NOT_A_PERSON for word in named) or any(c.isdigit() for c in text):
        return False
    return any(len(word) > 2 for word in named) and text.lower() not in _NOTHING
