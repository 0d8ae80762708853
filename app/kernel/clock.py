"""Working-day clocks of an assessment: what is used, what is left, whose time it was."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from app.kernel.calendar import WorkingCalendar
from app.kernel.days import show_date
from app.kernel.errors import Refused


class AssessmentType(StrEnum):
    """Initial and core assessments belong to older contracts."""

    INITIAL = "initial_assessment"
    CORE = "core_assessment"
    CHILD_AND_FAMILY = "child_and_family_assessment"


class StartEvent(StrEnum):
    """The event a contract counts from: guidance counts from referral, statistics from start."""

    REFERRAL = "referral"
    RECEIVED = "received"
    ASSESSMENT_START = "assessment_start"
    ALLOCATION = "allocation"
    # Of the one clock that no assessment has: that of the child protection conference.
    STRATEGY_DISCUSSION = "strategy_discussion"

    @property
    def words(self) -> str:
        return self.value.replace("_", " ")


class StopEvent(StrEnum):
    """The event that a clock counts to."""

    AUTHORISATION = "authorisation"
    CONFERENCE = "conference"

    @property
    def words(self) -> str:
        return self.value


# The two clocks that the sector reads every assessment by, whichever of them a contract names.
GUIDANCE, STATISTICS = StartEvent.REFERRAL, StartEvent.ASSESSMENT_START


class Holder(StrEnum):
    """Who is holding the clock; at any moment exactly one of them is."""

    AGENCY = "agency"
    COUNCIL = "council"
    PARTNER = "partner"
    FAMILY = "family"
    COURT = "court"

    @property
    def label(self) -> str:
        return self.value.capitalize()


class AgeingBand(StrEnum):
    """The sector's bands of working days used by an assessment; bounds are inclusive."""

    label: str
    shortest: int
    longest: int | None

    def __new__(cls, value: str, label: str, shortest: int, longest: int | None) -> "AgeingBand":
        band = str.__new__(cls, value)
        band._value_ = value
        band.label, band.shortest, band.longest = label, shortest, longest
        return band

    SAME_DAY = "0", "Same day", 0, 0
    TO_10 = "1-10", "1–10", 1, 10
    TO_20 = "11-20", "11–20", 11, 20
    TO_30 = "21-30", "21–30", 21, 30
    TO_40 = "31-40", "31–40", 31, 40
    TO_45 = "41-45", "41–45", 41, 45
    TO_50 = "46-50", "46–50", 46, 50
    TO_60 = "51-60", "51–60", 51, 60
    OVER_60 = "61+", "61 or more", 61, None


def ageing_band(used: int) -> AgeingBand:
    """The band of `used` working days, which are not negative."""
    if used < 0:
        raise ValueError(f"{used} working days have no ageing band.")
    return next(band for band in reversed(AgeingBand) if band.shortest <= used)


@dataclass(frozen=True)
class ClockRule:
    """What a contract says about one type of assessment, or about the conference: no type."""

    assessment_type: AssessmentType | None
    start_event: StartEvent
    limit_working_days: int
    stop_event: StopEvent = StopEvent.AUTHORISATION


def conference_rule(limit_working_days: int) -> ClockRule:
    """From the strategy discussion that began an enquiry to the initial conference."""
    start, stop = StartEvent.STRATEGY_DISCUSSION, StopEvent.CONFERENCE
    return ClockRule(None, start, limit_working_days, stop)


@dataclass(frozen=True)
class ClockReading:
    """A clock as read on one day; `left` is negative once more than the limit is used."""

    used: int
    left: int
    due_on: date
    is_overdue: bool
    why: str


@dataclass(frozen=True)
class Clock:
    """One assessment's clock. It never pauses; a stop later than the day of reading is not known.

    Every method that counts raises CalendarEnds where the calendar ends.
    """

    rule: ClockRule
    started_on: date
    calendar: WorkingCalendar
    stopped_on: date | None = None

    @property
    def due_on(self) -> date:
        """The last day in time."""
        return self.calendar.add(self.started_on, self.rule.limit_working_days)

    def is_stopped(self, today: date) -> bool:
        return self.stopped_on is not None and self.stopped_on <= today

    def used(self, today: date) -> int:
        """Working days used up to the stop, or to `today`; 0 before the start."""
        end = min(self.stopped_on or today, today)
        if end < self.started_on:
            return 0
        return self.calendar.days_between(self.started_on, end)

    def left(self, today: date) -> int:
        return self.rule.limit_working_days - self.used(today)

    def is_overdue(self, today: date) -> bool:
        """Still running after its due day, on a weekend too, so that lists compare dates alone."""
        return not self.is_stopped(today) and today > self.due_on

    def ran_over(self, today: date) -> bool:
        """Stopped with more working days used than the limit."""
        return self.is_stopped(today) and self.left(today) < 0

    def reading(self, today: date) -> ClockReading:
        return ClockReading(
            used=self.used(today),
            left=self.left(today),
            due_on=self.due_on,
            is_overdue=self.is_overdue(today),
            why=self._why(today),
        )

    def _why(self, today: date) -> str:
        started = f"{self.rule.start_event.words} on {show_date(self.started_on)}"
        if today < self.started_on:
            return f"Starts with the {started}; due {show_date(self.due_on)}"
        used = self.used(today)
        count = f"{used} of {_working_days(self.rule.limit_working_days)} since {started}"
        over = used - self.rule.limit_working_days
        if self.stopped_on and self.is_stopped(today):
            end = f"{_working_days(over)} over" if over > 0 else "in time"
            return f"Stopped on {show_date(self.stopped_on)} after {count}; {end}"
        if not self.is_overdue(today):
            return f"Day {count}; due {show_date(self.due_on)}"
        late = f", {_working_days(over)} ago" if over > 0 else ""
        return f"Day {count}; was due {show_date(self.due_on)}{late}"


def side_by_side(
    rule: ClockRule,
    happened: Mapping[StartEvent, date | None],
    calendar: WorkingCalendar,
    stopped_on: date | None = None,
) -> tuple[Clock, ...]:
    """The clock that counts, then those of guidance and statistics where they are others.

    One whose start event has not happened is left out.
    """
    events = dict.fromkeys((rule.start_event, GUIDANCE, STATISTICS))
    return tuple(
        Clock(replace(rule, start_event=event), on, calendar, stopped_on)
        for event in events
        if (on := happened.get(event)) is not None
    )


@dataclass(frozen=True)
class Held:
    """`holder` held the clock from `since` up to, but not on, `until`."""

    holder: Holder
    since: date
    until: date


def tile(intervals: Sequence[Held], start: date, end: date) -> tuple[Held, ...]:
    """The intervals in order, once they fill `start` to `end` with no gap and no overlap.

    Refused otherwise, saying where.
    """
    ordered = tuple(sorted(intervals, key=lambda held: (held.since, held.until)))
    reached = start
    for held in ordered:
        if held.until <= held.since:
            raise Refused(f"The {held.holder}’s time {_span(held)} does not end after it begins.")
        if held.since > reached:
            raise Refused(_nobody(reached, held.since))
        if held.since < reached:
            raise Refused(
                f"The {held.holder} cannot hold the clock from {show_date(held.since)}: that time"
                " is before the clock starts or another holder’s."
            )
        reached = held.until
    if reached < end:
        raise Refused(_nobody(reached, end))
    if reached > end:
        raise Refused(f"The clock ends on {show_date(end)}, before {show_date(reached)}.")
    return ordered


def time_by_holder(intervals: Sequence[Held], calendar: WorkingCalendar) -> dict[Holder, int]:
    """Working days per holder of intervals that `tile` returned.

    They sum to the working days from the first start to the last end, by the same count.
    """
    time = dict.fromkeys(Holder, 0)
    counted = 0
    for held in intervals:
        total = calendar.days_between(intervals[0].since, held.until)
        time[held.holder] += total - counted
        counted = total
    return time


def _working_days(number: int) -> str:
    return f"{number} working day" if number == 1 else f"{number} working days"


def _span(held: Held) -> str:
    return f"from {show_date(held.since)} to {show_date(held.until)}"


def _nobody(since: date, until: date) -> str:
    return f"Nobody holds the clock from {show_date(since)} to {show_date(until)}."
