"""Clocks at bank holidays and where the hour changes, and the two clocks of one assessment."""

from datetime import UTC, date, datetime

import pytest

from app.kernel.calendar import england_and_wales
from app.kernel.clock import (
    AssessmentType,
    Clock,
    ClockRule,
    StartEvent,
    StopEvent,
    conference_rule,
    side_by_side,
)
from app.kernel.days import london_date

CALENDAR = england_and_wales()
SINGLE = ClockRule(AssessmentType.CHILD_AND_FAMILY, StartEvent.REFERRAL, 45)
# A start and a limit, the last day in time, and the days used on the day after it.
BOUNDARIES = (
    ("the Friday before summer time begins", "2026-03-27", 1, "2026-03-30", 2),
    ("the Sunday on which the clocks go forward", "2026-03-29", 10, "2026-04-14", 11),
    ("the Friday before winter time begins", "2026-10-23", 1, "2026-10-26", 2),
    ("the Sunday on which the clocks go back", "2026-10-25", 10, "2026-11-06", 10),
    ("over Good Friday and Easter Monday", "2026-04-02", 1, "2026-04-07", 2),
    ("over the early May holiday", "2026-05-01", 1, "2026-05-05", 2),
    ("over the late May holiday into half-term", "2026-05-22", 10, "2026-06-08", 11),
    ("over the summer holiday", "2026-08-28", 1, "2026-09-01", 2),
    ("from Christmas Eve over a moved Boxing Day", "2026-12-24", 1, "2026-12-29", 2),
    ("from New Year's Eve", "2026-12-31", 1, "2027-01-04", 2),
    ("over an Easter on which the clocks go forward", "2027-03-25", 2, "2027-03-31", 3),
    ("over a Christmas weekend with two days in lieu", "2027-12-24", 1, "2027-12-29", 2),
)


@pytest.mark.parametrize(
    ("boundary", "started_on", "limit", "due_on", "day_after_used"), BOUNDARIES
)
def test_a_clock_is_due_and_then_overdue_at_a_boundary(
    boundary: str, started_on: str, limit: int, due_on: str, day_after_used: int
) -> None:
    rule = ClockRule(AssessmentType.INITIAL, StartEvent.REFERRAL, limit)
    clock = Clock(rule, date.fromisoformat(started_on), CALENDAR)
    due = date.fromisoformat(due_on)
    onward = date.fromordinal(due.toordinal() + 1)
    assert clock.due_on == due, boundary
    assert (clock.used(due), clock.is_overdue(due)) == (limit, False)
    assert (clock.used(onward), clock.is_overdue(onward)) == (day_after_used, True)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 3, 28, 23, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 23, 30, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_an_act_near_midnight_falls_on_its_london_day(instant: datetime, day: date) -> None:
    assert london_date(instant) == day


def test_both_clocks_are_read_beside_the_one_that_counts() -> None:
    happened = {
        StartEvent.REFERRAL: date(2026, 11, 2),
        StartEvent.ASSESSMENT_START: date(2026, 11, 16),
        StartEvent.RECEIVED: date(2026, 11, 9),
    }
    stopped_on = date(2027, 1, 12)
    found = side_by_side(SINGLE, happened, CALENDAR, stopped_on)
    assert [(clock.rule.start_event, clock.used(stopped_on)) for clock in found] == [
        (StartEvent.REFERRAL, 48),
        (StartEvent.ASSESSMENT_START, 38),
    ]
    received = ClockRule(AssessmentType.CHILD_AND_FAMILY, StartEvent.RECEIVED, 45)
    assert [clock.used(stopped_on) for clock in side_by_side(received, happened, CALENDAR)] == [
        43,
        48,
        38,
    ]


def test_a_clock_whose_event_has_not_happened_is_not_read() -> None:
    found = side_by_side(SINGLE, {StartEvent.REFERRAL: date(2026, 11, 2)}, CALENDAR)
    assert [clock.rule.start_event for clock in found] == [StartEvent.REFERRAL]


def test_a_conference_is_due_fifteen_working_days_after_the_strategy_discussion() -> None:
    rule = conference_rule(15)
    clock = Clock(rule, date(2026, 12, 24), CALENDAR)
    assert (rule.assessment_type, rule.stop_event) == (None, StopEvent.CONFERENCE)
    assert clock.due_on == date(2027, 1, 19)
    assert "since strategy discussion on 24 Dec 2026" in clock.reading(date(2027, 1, 20)).why
