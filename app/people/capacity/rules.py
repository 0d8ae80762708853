"""How many minutes a worker works in a week, and how many points they can carry then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import cached_property, lru_cache

from app.kernel.calendar import WorkingCalendar
from app.kernel.days import show_date, week_ending, weeks_between
from app.kernel.errors import Invalid
from app.people.points.rules import PointsTable

# Points follow the hours of these weeks together, so that one day off does not look like overload.
AHEAD = 4


class Reason(StrEnum):
    """Why a worker has fewer hours for cases; why somebody is absent is not kept."""

    LEAVE = "leave"
    ABSENCE = "absence"
    TRAINING = "training"
    SUPERVISING = "supervising"
    DUTY = "duty"
    COURT = "court"
    AGREED = "agreed"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Reason.LEAVE: "Annual leave",
    Reason.ABSENCE: "Absence",
    Reason.TRAINING: "Training",
    Reason.SUPERVISING: "Supervising others",
    Reason.DUTY: "Duty rota",
    Reason.COURT: "Court work",
    Reason.AGREED: "Agreed with the team manager",
}


@dataclass(frozen=True)
class Reduced:
    """Time taken from a worker's hours until a day; the whole of it where no minutes are said."""

    reason: Reason
    starts_on: date
    ends_on: date
    minutes_a_week: int | None = None

    def covers(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class Hours:
    """A worker's contract of work: when it runs, minutes a week and the days they fall on."""

    starts_on: date
    ends_on: date | None
    weekly_minutes: int
    weekdays: str
    asye: bool = False

    @cached_property
    def days(self) -> frozenset[int]:
        return frozenset(map(int, self.weekdays))

    def runs_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


def minutes_in_week(
    hours: Hours, reduced: Sequence[Reduced], friday: date, calendar: WorkingCalendar
) -> int:
    """The minutes somebody works in the week that ends on `friday`.

    Days off, bank holidays and days outside the contract of work count nothing; a reduction in
    minutes a week counts for the days of the week that it covers.
    """
    days = [
        day
        for day in _working_days(calendar, friday)
        if day.isoweekday() in hours.days and hours.runs_on(day)
    ]
    # Each day is a share of a week, so that whole minutes are made once, at the end.
    weeks = len(days) * hours.weekly_minutes
    if reduced:
        weeks = sum(_left_of(hours.weekly_minutes, reduced, day) for day in days)
    return weeks // len(hours.days)


def _left_of(minutes: int, reduced: Sequence[Reduced], day: date) -> int:
    """What a day's reductions leave of the minutes of a week."""
    if away_on(reduced, day) is not None:
        return 0
    return max(0, minutes - sum(one.minutes_a_week or 0 for one in reduced if one.covers(day)))


def away_on(reduced: Sequence[Reduced], day: date) -> Reduced | None:
    """What keeps somebody away for the whole of a day, that which lasts longest; or None."""
    whole = [one for one in reduced if one.minutes_a_week is None and one.covers(day)]
    return max(whole, key=lambda one: one.ends_on, default=None)


def available_points(
    hours: Hours,
    reduced: Sequence[Reduced],
    on: date,
    calendar: WorkingCalendar,
    table: PointsTable,
) -> int:
    """The points somebody can carry on a day, rounded down.

    A full-time load, times the share of full-time hours worked over that week and the three after
    it, times what a new worker has reached by then, times the share of somebody in their ASYE.
    """
    minutes = _minutes_ahead(hours, tuple(reduced), week_ending(on), calendar)
    return _points(hours, minutes, AHEAD, on, table)


def points_in_week(hours: Hours, minutes: int, friday: date, table: PointsTable) -> int:
    """The points of the minutes that somebody works in one week, rounded down."""
    return _points(hours, minutes, 1, friday, table)


def normal_points(hours: Hours, table: PointsTable) -> int:
    """The points of a worker's contracted hours, with nothing taken from them, rounded down."""
    return table.full_time_points * hours.weekly_minutes // table.full_time_minutes


def ramp_week(hours: Hours, on: date, table: PointsTable) -> int:
    """The week of somebody's ramp-up, from 1 in the week they start to all of its weeks."""
    if on < hours.starts_on:
        return 0
    return min(table.ramp_weeks, weeks_between(hours.starts_on, on) + 1)


def new_cases_a_week(hours: Hours, table: PointsTable) -> int:
    """How many new cases a week somebody of these hours takes at most, rounded up."""
    product = table.new_cases_a_week * hours.weekly_minutes
    return -(-product // table.full_time_minutes)


def check_reduction(asked: Reduced, hours: Hours, others: Sequence[Reduced] = ()) -> None:
    """Raise Invalid, on the field at fault, for time off that cannot be meant beside the others."""
    if asked.ends_on < asked.starts_on:
        raise Invalid("ends_on", f"This is before the first day, {show_date(asked.starts_on)}.")
    if not (hours.runs_on(asked.starts_on) and hours.runs_on(asked.ends_on)):
        raise Invalid("starts_on", "These days are not all within the time they work with us.")
    minutes = asked.minutes_a_week
    if minutes is not None and not 0 < minutes <= hours.weekly_minutes:
        raise Invalid(
            "minutes_a_week", "These are more than 0 and no more than the contracted hours."
        )
    for other in others:
        both_whole = minutes is None and other.minutes_a_week is None
        if both_whole and other.starts_on <= asked.ends_on and asked.starts_on <= other.ends_on:
            raise Invalid(
                "starts_on",
                f"They are away from {show_date(other.starts_on)} to"
                f" {show_date(other.ends_on)} already.",
            )


def _points(hours: Hours, minutes: int, weeks: int, on: date, table: PointsTable) -> int:
    share = table.asye if hours.asye else 100
    carried = table.full_time_points * minutes * ramp_week(hours, on, table) * share
    return carried // (table.full_time_minutes * weeks * table.ramp_weeks * 100)


@lru_cache(maxsize=1024)
def _minutes_ahead(
    hours: Hours, reduced: tuple[Reduced, ...], friday: date, calendar: WorkingCalendar
) -> int:
    """The minutes of the weeks that points follow, the first one ending on `friday`."""
    fridays = [friday + timedelta(weeks=ahead) for ahead in range(AHEAD)]
    return sum(minutes_in_week(hours, reduced, one, calendar) for one in fridays)


def _working_days(calendar: WorkingCalendar, friday: date) -> tuple[date, ...]:
    """The working days of a week, Saturday to Friday."""
    week = [friday - timedelta(days=back) for back in range(6, -1, -1)]
    return tuple(day for day in week if calendar.is_working_day(day))
