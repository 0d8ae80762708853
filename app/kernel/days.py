"""Dates as the council sees them: London days, weeks that end on Friday, dates typed day first."""

import calendar
import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

LONDON = ZoneInfo("Europe/London")
FIRST_YEAR = 1900
LAST_YEAR = 2100

_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
_FRIDAY = 4
_EXAMPLE = "for example 20/11/2026 or 20 Nov 2026"
_NOT_A_DATE = f"Write the date as day, month and year, {_EXAMPLE}."
_DAY_FIRST = re.compile(r"([0-9]{1,2})([/.\- ])([0-9]{1,2})\2([0-9]+)")
_ISO = re.compile(r"([0-9]{3,})-([0-9]{1,2})-([0-9]{1,2})")
_NAMED = re.compile(r"([0-9]{1,2})[ \-]([A-Za-z]{3,9})\.?[ \-]([0-9]+)")


def london_date(instant: datetime) -> date:
    """The day it is in London at `instant`, which must carry its time zone."""
    if instant.tzinfo is None:
        raise ValueError("An instant without a time zone has no London date.")
    return instant.astimezone(LONDON).date()


def london_clock(instant: datetime) -> datetime:
    """What clocks in London show at an instant; one without a zone is theirs already."""
    return instant.astimezone(LONDON).replace(tzinfo=None) if instant.tzinfo else instant


def london_instant(day: date, clock: time, *, second: bool | None = None) -> datetime:
    """The instant at which London's clocks show that time on that day.

    Raises ValueError with a sentence where they never show it; where they show it twice, as when
    they go back, `second` says which of the two is meant.
    """
    early, late = (
        datetime.combine(day, clock, LONDON).replace(fold=fold).astimezone(UTC) for fold in (0, 1)
    )
    shown = f"{clock:%H:%M} on {show_date(day)}"
    if early.astimezone(LONDON).time() != clock:
        raise ValueError(f"There is no {shown}: the clocks go forward that night.")
    if early != late and second is None:
        raise ValueError(f"{shown} comes twice, as the clocks go back. Say which one you mean.")
    return late if second else early


@lru_cache(maxsize=4096)
def week_ending(day: date) -> date:
    """The Friday on or after `day`.

    A week runs from Saturday to Friday, so every day of it is on or before the date that names
    it, and work done on a weekend counts with the working week that follows.
    """
    return day + timedelta(days=(_FRIDAY - day.weekday()) % 7)


def weeks_between(start: date, end: date) -> int:
    """How many week endings lie from `start`'s week to `end`'s; 0 in one week, negative before."""
    return (week_ending(end) - week_ending(start)).days // 7


@lru_cache(maxsize=4096)
# A page says few days many times.
@lru_cache(maxsize=4096)
def show_date(day: date) -> str:
    """20 Nov 2026, whatever the machine's language."""
    return f"{day.day} {_MONTHS[day.month - 1][:3]} {day.year}"


def show_moment(instant: datetime) -> str:
    """20 Nov 2026, 14:05 in London."""
    there = instant.astimezone(LONDON)
    return f"{show_date(there.date())}, {there:%H:%M}"


def show_month(day: date) -> str:
    """November 2026, whatever the machine's language."""
    return f"{_MONTHS[day.month - 1]} {day.year}"


def parse_date(text: str) -> date:
    """A date as people type it, day first, or year first with dashes.

    Takes 20/11/2026, 20.11.2026, 20-11-2026, 20 Nov 2026, 20 November 2026 and 2026-11-20. Raises
    ValueError with a sentence for the person who typed it; years are 1900 to 2100.
    """
    typed = " ".join(text.split())
    if found := _DAY_FIRST.fullmatch(typed):
        return _date(found[4], int(found[3]), int(found[1]))
    if found := _ISO.fullmatch(typed):
        return _date(found[1], int(found[2]), int(found[3]))
    if found := _NAMED.fullmatch(typed):
        return _date(found[3], _month(found[2]), int(found[1]))
    raise ValueError(_NOT_A_DATE)


def week_beginning(friday: date) -> date:
    """The Saturday on which the week that ends on that Friday begins."""
    return friday - timedelta(days=6)


def days_asked(
    words: Mapping[str, str], otherwise: Mapping[str, date]
) -> tuple[dict[str, date], list[str]]:
    """The days that a query string names, and a notice for each that cannot be read.

    `otherwise` has the day that each name stands for when nothing readable is typed.
    """
    days, notices = dict(otherwise), []
    for name in days:
        typed = words.get(name, "").strip()
        try:
            days[name] = parse_date(typed) if typed else days[name]
        except ValueError as fault:
            notices.append(f"“{typed[:20]}” was ignored. {fault}")
    return days, notices


def week_asked(words: Mapping[str, str], today: date) -> tuple[date, list[str]]:
    """The Friday of the week named by any of its days, the last one over where none can be read.

    With a notice for a day that cannot be read.
    """
    days, notices = days_asked(words, {"week": today - timedelta(days=7)})
    return week_ending(days["week"]), notices


def _month(name: str) -> int:
    typed = name.lower()
    for number, month in enumerate(_MONTHS, start=1):
        if typed in (month.lower(), month[:3].lower()) or (typed == "sept" and number == 9):
            return number
    raise ValueError(f"“{name}” is not a month. Write the date {_EXAMPLE}.")


def _date(typed_year: str, month: int, day: int) -> date:
    if len(typed_year) != 4:
        raise ValueError(f"Write the year with four digits, {_EXAMPLE}.")
    year = int(typed_year)
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise ValueError(f"The year {typed_year} is not between {FIRST_YEAR} and {LAST_YEAR}.")
    if not 1 <= month <= 12:
        raise ValueError(f"There is no month {month}; the day comes first, {_EXAMPLE}.")
    days = calendar.monthrange(year, month)[1]
    if not 1 <= day <= days:
        raise ValueError(f"{_MONTHS[month - 1]} {year} has {days} days.")
    return date(year, month, day)


def month_end(day: date) -> date:
    """The last day of a day's month."""
    return day.replace(day=calendar.monthrange(day.year, day.month)[1])
