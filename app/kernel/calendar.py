"""Working days in England and Wales: counting them, adding them, and saying where they end."""

import csv
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache, cached_property, lru_cache
from importlib.resources import files

from app.kernel.days import show_date
from app.kernel.errors import Refused


class Counting(StrEnum):
    """How a contract counts working days; the sector's own tools differ."""

    DAY_ZERO = "day_zero"
    INCLUSIVE = "inclusive"
    WEEKDAYS_ONLY = "weekdays_only"


class CalendarEnds(Refused):
    """A day lies outside the years whose bank holidays are known."""


@dataclass(frozen=True)
class BankHolidays:
    """The bank holidays of England and Wales and the first and last day they are known for."""

    days: frozenset[date]
    known_from: date
    known_until: date


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are working days, and how they are counted.

    The start day is day 0 (`DAY_ZERO`, and `WEEKDAYS_ONLY`, which ignores bank holidays) or, when
    itself a working day, day 1 (`INCLUSIVE`). `extra_days` are days off the council agreed on top;
    they count as days off in every convention.
    """

    bank_holidays: frozenset[date]
    known_from: date
    known_until: date
    counting: Counting = Counting.DAY_ZERO
    extra_days: frozenset[date] = frozenset()

    def is_working_day(self, day: date) -> bool:
        return self._upto(self._known(day)) > self._upto(day.toordinal() - 1)

    def next_working_day(self, day: date) -> date:
        """The first working day after `day`."""
        return self._nth(self._upto(self._known(day)) + 1)

    def add(self, start: date, working_days: int) -> date:
        """The first day on which `days_between` from `start` reaches `working_days`.

        ValueError below 0, and below 1 where the start day is day 1.
        """
        lowest = 1 if self.counting is Counting.INCLUSIVE else 0
        if working_days < lowest:
            raise ValueError(f"Working days are added from {lowest} upwards, not {working_days}.")
        first = self._known(start)
        if working_days == 0:
            return start
        return self._nth(self._upto(first - lowest) + working_days)

    def days_between(self, start: date, end: date) -> int:
        """Working days used from `start` to `end`; negative, by the same count, if `end` is first.

        On the start day itself this is 0, or 1 where a working start day is day 1.
        """
        first, last = self._known(start), self._known(end)
        if first > last:
            return -self.days_between(end, start)
        lowest = 1 if self.counting is Counting.INCLUSIVE else 0
        return self._upto(last) - self._upto(first - lowest)

    def _known(self, day: date) -> int:
        if day > self.known_until:
            raise CalendarEnds(f"{self._ends}, before {show_date(day)}.")
        if day < self.known_from:
            raise CalendarEnds(
                f"The working-day calendar starts on {show_date(self.known_from)},"
                f" after {show_date(day)}."
            )
        return day.toordinal()

    @property
    def _ends(self) -> str:
        return f"The working-day calendar ends on {show_date(self.known_until)}"

    def _upto(self, ordinal: int) -> int:
        """Working days from the first Monday of year 1 to this day, so that counts subtract."""
        return _weekdays_upto(ordinal) - bisect_right(self._days_off, ordinal)

    def _nth(self, rank: int) -> date:
        weekday = rank + bisect_left(self._working_days_before, rank)
        weeks, day = divmod(weekday - 1, 5)
        ordinal = weeks * 7 + day + 1
        if ordinal > self.known_until.toordinal():
            raise CalendarEnds(f"{self._ends}, before the day asked for.")
        return date.fromordinal(ordinal)

    @cached_property
    def _days_off(self) -> tuple[int, ...]:
        held = frozenset() if self.counting is Counting.WEEKDAYS_ONLY else self.bank_holidays
        return tuple(sorted(day.toordinal() for day in held | self.extra_days if day.weekday() < 5))

    @cached_property
    def _working_days_before(self) -> tuple[int, ...]:
        return tuple(_weekdays_upto(day) - 1 - i for i, day in enumerate(self._days_off))


def _weekdays_upto(ordinal: int) -> int:
    # Day 1 of the proleptic calendar is a Monday.
    return ordinal // 7 * 5 + min(ordinal % 7, 5)


@cache
def read_bank_holidays() -> BankHolidays:
    """The shipped list; its first line says from when until when it is known."""
    text = files("app.kernel").joinpath("bank_holidays.csv").read_text(encoding="utf-8")
    head, _columns, *rows = csv.reader(text.splitlines())
    return BankHolidays(
        days=frozenset(date.fromisoformat(row[0]) for row in rows),
        known_from=date.fromisoformat(head[1]),
        known_until=date.fromisoformat(head[3]),
    )


@lru_cache(maxsize=64)
def england_and_wales(
    counting: Counting = Counting.DAY_ZERO, extra_days: frozenset[date] = frozenset()
) -> WorkingCalendar:
    """The shipped bank holidays with one contract's counting and extra days off."""
    shipped = read_bank_holidays()
    return WorkingCalendar(
        shipped.days, shipped.known_from, shipped.known_until, counting, extra_days
    )
