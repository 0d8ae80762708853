"""Which packs there are, whom they are for, what period they tell of and when they are due."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from app.access.roles import Role
from app.kernel.days import show_date, week_beginning, week_ending
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled
from app.reports.sections.rules import Audience, Period

WEEK = timedelta(days=7)
LAST_MONTH_DAY = 28


class Kind(Labelled):
    """What a pack is made for; its period follows from it."""

    WEEKLY = "weekly", "District Manager’s weekly sheet"
    PERFORMANCE = "performance", "Weekly performance meeting"
    FORTNIGHTLY = "fortnightly", "Fortnightly project review"
    MONTHLY = "monthly", "Monthly contract review"
    FINAL = "final", "Final report"

    @property
    def of_a_lot(self) -> bool:
        return self in {Kind.WEEKLY, Kind.PERFORMANCE}

    @property
    def audiences(self) -> tuple[Audience, ...]:
        """The editions that are issued together."""
        if self in {Kind.MONTHLY, Kind.FINAL}:
            return tuple(Audience)
        return (Audience.RESTRICTED,)

    @property
    def is_by_month_day(self) -> bool:
        """Whether it is drafted on a day of the month; the others are on a day of the week."""
        return self is Kind.MONTHLY

    @property
    def can_be_scheduled(self) -> bool:
        return self is not Kind.FINAL


class Weekday(Labelled):
    """The working day on which a pack is drafted by itself."""

    MONDAY = "0", "Monday"
    TUESDAY = "1", "Tuesday"
    WEDNESDAY = "2", "Wednesday"
    THURSDAY = "3", "Thursday"
    FRIDAY = "4", "Friday"


def readable(role: Role | None) -> frozenset[tuple[Kind, Audience]]:
    """The editions that a role reads once they are issued."""
    every = frozenset((kind, one) for kind in Kind for one in kind.audiences)
    if role is Role.COMMISSIONER:
        return frozenset(pair for pair in every if not pair[1].is_exact)
    if role is Role.DISTRICT_MANAGER:
        return frozenset(pair for pair in every if pair[0].of_a_lot)
    return every


def period_of(kind: Kind, starts_on: date, ends_on: date, today: date) -> Period:
    """The period that a pack made today is about: the last one that is over.

    A contract that began within it, or after it, is told of from its beginning. Refused before.
    """
    if today < starts_on:
        raise Refused(f"The contract starts on {show_date(starts_on)}; there is nothing to tell.")
    if kind is Kind.FINAL:
        return Period(starts_on, min(today, ends_on))
    if kind is Kind.MONTHLY:
        last = today.replace(day=1) - timedelta(days=1)
        period = Period(last.replace(day=1), last)
    else:
        friday = week_ending(today) - WEEK
        weeks = 1 if kind is Kind.FORTNIGHTLY else 0
        period = Period(week_beginning(friday) - weeks * WEEK, friday)
    if period.ends_on < starts_on:
        return Period(starts_on, today)
    return replace(period, starts_on=max(period.starts_on, starts_on))


@dataclass(frozen=True)
class Day:
    """When a pack is drafted by itself: a weekday from 0, or a day of the month."""

    weekday: int | None
    month_day: int | None

    def words(self, kind: Kind) -> str:
        if self.weekday is not None:
            each = "Every other" if kind is Kind.FORTNIGHTLY else "Every"
            return f"{each} {Weekday(str(self.weekday)).label}"
        return f"On day {self.month_day} of the month"


def check_schedule(kind: Kind, day: Day) -> None:
    """Raise Invalid, on the field at fault, unless the day is of the sort that the kind needs."""
    if not kind.can_be_scheduled:
        raise Invalid("kind", "A final report is made once, by hand.")
    if kind.is_by_month_day:
        if day.weekday is not None:
            raise Invalid("weekday", "A monthly pack is drafted on a day of the month.")
        if day.month_day is None or not 1 <= day.month_day <= LAST_MONTH_DAY:
            raise Invalid("month_day", f"Write a day from 1 to {LAST_MONTH_DAY}.")
    else:
        if day.month_day is not None:
            raise Invalid("month_day", "This pack is drafted on a day of the week.")
        if day.weekday is None:
            raise Invalid("weekday", "Choose the day of the week.")


def is_due(kind: Kind, day: Day, last: date | None, today: date) -> bool:
    """Whether a draft is to be made today or was missed; `last` is when the last one was made.

    A fortnightly pack leaves out every other week, so that no two tell of the same days.
    """
    if day.weekday is not None:
        due = today - timedelta(days=(today.weekday() - day.weekday) % 7)
        if kind is Kind.FORTNIGHTLY:
            due -= WEEK
    else:
        due = today.replace(day=day.month_day or 1)
        if due > today:
            due = (due.replace(day=1) - timedelta(days=1)).replace(day=day.month_day or 1)
    return last is None or last < due


def check_issue(kind: Kind, faults: Sequence[str], early: str, *, sees_all: bool) -> None:
    """Raise Refused for a pack of some lots only, too early, or of a ledger out of balance.

    `early` are the words of `too_early`.
    """
    if not sees_all and not kind.of_a_lot:
        raise Refused("This is for somebody who sees every lot of the contract.")
    if early:
        raise Refused(early)
    if faults:
        raise Refused(f"The ledger does not balance, so no pack is issued. {' '.join(faults)}")


def too_early(*, open_cases: int, unlisted: Sequence[str], ends_on: date, today: date) -> str:
    """Why a contract's final report is not issued yet; empty where it may be.

    It waits for the last day, or until every lot is emptied; of the open lots in `unlisted` no list
    has come.
    """
    if today >= ends_on:
        return ""
    are = "case is" if open_cases == 1 else "cases are"
    still = [f"{open_cases:,} {are} open"] if open_cases else []
    still += [f"no list of {lot} has come" for lot in unlisted]
    last = f"from {show_date(ends_on)}, the contract’s last day"
    how = f"A final report is issued {last}, or once every case has left the agency"
    return f"{how}: until now {' and '.join(still)}." if still else ""


def tells_again(kind: Kind, asked: Period, told: Period) -> bool:
    """Whether a pack would tell again of days that an issued one of its kind tells of.

    What was told of a contract's first days is told again once their week or month is over.
    """
    shares_a_day = asked.starts_on <= told.ends_on and told.starts_on <= asked.ends_on
    first_days = told.starts_on == asked.starts_on and told.ends_on < asked.ends_on
    return shares_a_day and (kind is Kind.FINAL or not first_days)


def issued_words(number: int, told: Period, asked: Period) -> str:
    """Why what pack `number` tells of is not told by another, and what to do instead."""
    already = f"Pack {number} tells of {told.words} already."
    if told.starts_on < asked.starts_on:
        end = show_date(told.ends_on + 2 * WEEK)
        return f"{already} The two weeks after it end on {end}: draft this pack after it."
    return f"{already} To correct it, open pack {number} and issue it again."
