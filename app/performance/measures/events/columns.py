"""The columns that the events of every measure have, and days counted inside a statement."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    false,
    literal,
    null,
    select,
)
from sqlmodel import col

from app.cases.register.models import Case
from app.db.tables import Utc
from app.kernel.days import london_instant
from app.performance.measures.rules import Cohort
from app.performance.measures.tallies import Days

ONE_DAY = timedelta(days=1)
MIDNIGHT = time(0)
LOTS: Any = bindparam("lots", expanding=True)


@dataclass(frozen=True)
class Span:
    """The days whose events are asked for in some lots of one contract, and how days count.

    A standing measure is read as at the last of them.
    """

    starts_on: date
    ends_on: date
    lots: tuple[int, ...]
    between: Days
    within: int | None

    @property
    def days_allowed(self) -> int:
        """The days of a measure that has any."""
        if self.within is None:
            raise ValueError("This measure allows no days.")
        return self.within

    @cached_property
    def days(self) -> list[date]:
        length = (self.ends_on - self.starts_on).days + 1
        return [self.starts_on + timedelta(days=n) for n in range(length)]

    @cached_property
    def first_days(self) -> dict[date, date]:
        """For each day, the earliest on which what ends there may have begun."""
        found: dict[date, date] = {}
        first = self.starts_on
        for day in self.days:
            first = self._earliest(day, max(first, found.get(day - ONE_DAY, first)))
            found[day] = first
        return found

    @cached_property
    def last_days(self) -> dict[date, date]:
        """Each day whose last day in time is one of the span, with that day."""
        found: dict[date, date] = {}
        last, day = self.ends_on, self.ends_on
        while last >= self.starts_on:
            while self.between(day, last) > self.days_allowed:
                last -= ONE_DAY
            if self.starts_on <= last <= self.ends_on and self._is_last(day, last):
                found[day] = last
            day -= ONE_DAY
        return found

    def _is_last(self, day: date, last: date) -> bool:
        return self.between(day, last + ONE_DAY) > self.days_allowed

    def _earliest(self, ended: date, first: date) -> date:
        """The first day from which no more days than allowed are used; `first` is near it."""
        day = first
        while self.between(day, ended) > self.days_allowed:
            day += ONE_DAY
        while self.between(day - ONE_DAY, ended) <= self.days_allowed:
            day -= ONE_DAY
        return day


def events(
    *,
    lot: Any,
    case_id: Any,
    subject: Any,
    day: Any,
    counted: Any = 1,
    began: Any = None,
    ended: Any = None,
    cohort: Any = None,
) -> Select[Any]:
    """A select of a measure's events in some lots, under the names that all of them share.

    `began` and `ended` are days or instants; `counted` is 1 or 0, or how many cases it stands for.
    """
    return select(
        lot.label("lot_id"),
        (null() if case_id is None else case_id).label("case_id"),
        subject.label("subject_id"),
        day.label("day"),
        (cohort_of_case() if cohort is None else cohort).label("cohort"),
        (literal(counted, Integer) if isinstance(counted, int) else counted).label("counted"),
        (null() if began is None else began).label("began"),
        (null() if ended is None else ended).label("ended"),
    ).where(lot.in_(LOTS))


def cohort_of_case() -> ColumnElement[str]:
    """Whether the case was overdue when it was received; reopened ones have a new due day."""
    overdue = col(Case.due_on) < col(Case.received_on)
    return case((overdue, Cohort.INHERITED.value), else_=Cohort.NEW.value)


def all_work() -> ColumnElement[str]:
    """The cohort of what is not about cases."""
    return literal(Cohort.NEW.value)


def yes(condition: Any) -> ColumnElement[int]:
    """1 where a condition holds, else 0."""
    return case((condition, 1), else_=0)


def in_span(day: Any, span: Span) -> ColumnElement[bool]:
    """Whether a day is one of the span, both ends included."""
    return and_(day >= span.starts_on, day <= span.ends_on)


def instant_in_span(instant: Any, span: Span) -> ColumnElement[bool]:
    """Whether it is a day of the span in London at an instant."""
    return and_(
        instant >= begins(span.starts_on),
        instant < begins(span.ends_on + ONE_DAY),
    )


def day_of(instant: Any, span: Span) -> ColumnElement[date]:
    """The London day of an instant of the span."""
    return _by_day(instant, ((day, literal(day, Date)) for day in span.days))


def in_time(began: Any, ended: Any, span: Span) -> ColumnElement[int]:
    """Whether what ends on a day of the span took no more days than allowed."""
    first = case({day: literal(on, Date) for day, on in span.first_days.items()}, value=ended)
    return yes(began >= first)


def instant_in_time(began: Any, ended: Any, span: Span) -> ColumnElement[int]:
    """The same of two instants, counted from London day to London day."""
    pairs = ((day, begins(first)) for day, first in span.first_days.items())
    return yes(began >= _by_day(ended, ((day, literal(at, Utc)) for day, at in pairs)))


def answered_in_time(raised: Any, answered: Any, span: Span) -> ColumnElement[int]:
    """Whether what was raised on a day of the span was answered in so many days, weekends too."""
    allowed = timedelta(days=span.days_allowed + 1)
    ends = ((day, literal(begins(day + allowed), Utc)) for day in span.days)
    return yes(answered < _by_day(raised, ends))


def last_in_time(began: Any, span: Span) -> tuple[ColumnElement[bool], ColumnElement[date]]:
    """Which began so that their last day in time is one of the span, and that day."""
    lasts = {day: literal(last, Date) for day, last in span.last_days.items()}
    if not lasts:
        return false(), literal(span.ends_on, Date)
    return and_(began >= min(lasts), began <= max(lasts)), case(lasts, value=began)


def begins(day: date) -> Any:
    """The instant at which a London day begins."""
    return london_instant(day, MIDNIGHT)


def _by_day(instant: Any, values: Iterable[tuple[date, Any]]) -> ColumnElement[Any]:
    """The value of the day that an instant lies in; days rise."""
    return case(*((instant < begins(day + ONE_DAY), value) for day, value in values))
