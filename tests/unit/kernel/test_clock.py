"""Assessment clocks, their bands and who held them."""

from datetime import date
from itertools import pairwise

import pytest

from app.kernel.calendar import CalendarEnds, Counting, england_and_wales
from app.kernel.clock import (
    AgeingBand,
    AssessmentType,
    Clock,
    ClockRule,
    Held,
    Holder,
    StartEvent,
    ageing_band,
    tile,
    time_by_holder,
)
from app.kernel.errors import Refused

CALENDAR = england_and_wales()
RULE = ClockRule(AssessmentType.CHILD_AND_FAMILY, StartEvent.REFERRAL, 45)
REFERRED = date(2026, 11, 2)
DUE = date(2027, 1, 7)


def a_clock(stopped_on: date | None = None, limit: int = 45) -> Clock:
    rule = ClockRule(AssessmentType.CHILD_AND_FAMILY, StartEvent.REFERRAL, limit)
    return Clock(rule, REFERRED, CALENDAR, stopped_on)


@pytest.mark.parametrize(
    ("today", "used", "left", "overdue"),
    [
        (date(2026, 10, 30), 0, 45, False),
        (REFERRED, 0, 45, False),
        (date(2026, 12, 24), 38, 7, False),
        (DUE, 45, 0, False),
        (date(2027, 1, 8), 46, -1, True),
    ],
)
def test_a_running_clock_counts_to_today(today: date, used: int, left: int, overdue: bool) -> None:
    clock = a_clock()
    assert (clock.used(today), clock.left(today), clock.is_overdue(today)) == (used, left, overdue)
    assert clock.due_on == DUE


def test_a_clock_due_on_friday_is_overdue_on_saturday_with_nothing_over() -> None:
    clock = a_clock(limit=14)
    saturday = date(2026, 11, 21)
    assert clock.due_on == date(2026, 11, 20)
    assert (clock.is_overdue(saturday), clock.left(saturday)) == (True, 0)


def test_a_stopped_clock_stands_still_and_is_no_longer_overdue() -> None:
    clock = a_clock(stopped_on=date(2027, 1, 12))
    later = date(2027, 3, 1)
    assert clock.used(later) == 48
    assert clock.ran_over(later)
    assert not clock.is_overdue(later)


def test_a_clock_stopped_on_the_weekend_after_its_due_friday_did_not_run_over() -> None:
    clock = a_clock(stopped_on=date(2026, 11, 21), limit=14)
    assert not clock.ran_over(date(2026, 11, 30))


def test_a_stop_after_the_day_of_reading_is_not_known_yet() -> None:
    clock = a_clock(stopped_on=date(2027, 2, 1))
    assert not clock.is_stopped(date(2027, 1, 8))
    assert clock.is_overdue(date(2027, 1, 8))
    assert not clock.ran_over(date(2027, 1, 8))


@pytest.mark.parametrize(
    ("stopped_on", "limit", "today", "why"),
    [
        (
            None,
            45,
            date(2026, 12, 24),
            "Day 38 of 45 working days since referral on 2 Nov 2026; due 7 Jan 2027",
        ),
        (
            None,
            45,
            date(2027, 1, 8),
            "Day 46 of 45 working days since referral on 2 Nov 2026;"
            " was due 7 Jan 2027, 1 working day ago",
        ),
        (
            None,
            14,
            date(2026, 11, 21),
            "Day 14 of 14 working days since referral on 2 Nov 2026; was due 20 Nov 2026",
        ),
        (None, 1, REFERRED, "Day 0 of 1 working day since referral on 2 Nov 2026; due 3 Nov 2026"),
        (
            None,
            45,
            date(2026, 10, 30),
            "Starts with the referral on 2 Nov 2026; due 7 Jan 2027",
        ),
        (
            DUE,
            45,
            date(2027, 2, 1),
            "Stopped on 7 Jan 2027 after 45 of 45 working days since referral on 2 Nov 2026;"
            " in time",
        ),
        (
            date(2027, 1, 11),
            45,
            date(2027, 2, 1),
            "Stopped on 11 Jan 2027 after 47 of 45 working days since referral on 2 Nov 2026;"
            " 2 working days over",
        ),
    ],
)
def test_a_reading_says_why(stopped_on: date | None, limit: int, today: date, why: str) -> None:
    assert a_clock(stopped_on, limit).reading(today).why == why


def test_a_reading_holds_what_the_clock_says_that_day() -> None:
    reading = a_clock().reading(date(2027, 1, 8))
    assert (reading.used, reading.left, reading.due_on, reading.is_overdue) == (46, -1, DUE, True)


def test_the_start_event_reads_as_words() -> None:
    rule = ClockRule(AssessmentType.CORE, StartEvent.ASSESSMENT_START, 35)
    why = Clock(rule, REFERRED, CALENDAR).reading(REFERRED).why
    assert why == "Day 0 of 35 working days since assessment start on 2 Nov 2026; due 21 Dec 2026"


def test_a_due_day_beyond_the_calendar_is_refused() -> None:
    with pytest.raises(CalendarEnds):
        _ = Clock(RULE, date(2028, 12, 1), CALENDAR).due_on


@pytest.mark.parametrize(
    ("used", "label"),
    [
        (0, "Same day"),
        (1, "1–10"),
        (10, "1–10"),
        (11, "11–20"),
        (30, "21–30"),
        (40, "31–40"),
        (41, "41–45"),
        (45, "41–45"),
        (46, "46–50"),
        (51, "51–60"),
        (60, "51–60"),
        (61, "61 or more"),
        (400, "61 or more"),
    ],
)
def test_an_age_falls_in_the_sectors_band(used: int, label: str) -> None:
    assert ageing_band(used).label == label


def test_the_bands_follow_each_other_without_a_gap() -> None:
    bands = list(AgeingBand)
    for band, onward in pairwise(bands):
        assert band.longest is not None
        assert band.longest + 1 == onward.shortest
    assert bands[-1].longest is None


def test_a_negative_age_has_no_band() -> None:
    with pytest.raises(ValueError, match="no ageing band"):
        ageing_band(-1)


AGENCY = Held(Holder.AGENCY, REFERRED, date(2026, 11, 16))
COUNCIL = Held(Holder.COUNCIL, date(2026, 11, 16), date(2026, 11, 20))


def test_intervals_that_tile_come_back_in_order() -> None:
    assert tile([COUNCIL, AGENCY], REFERRED, date(2026, 11, 20)) == (AGENCY, COUNCIL)


def test_no_time_needs_no_holder() -> None:
    assert tile([], REFERRED, REFERRED) == ()


@pytest.mark.parametrize(
    ("intervals", "sentence"),
    [
        ([AGENCY], "Nobody holds the clock from 16 Nov 2026 to 20 Nov 2026."),
        ([COUNCIL], "Nobody holds the clock from 2 Nov 2026 to 16 Nov 2026."),
        (
            [AGENCY, Held(Holder.COURT, date(2026, 11, 13), date(2026, 11, 20))],
            "The court cannot hold the clock from 13 Nov 2026:",
        ),
        (
            [Held(Holder.PARTNER, date(2026, 10, 30), date(2026, 11, 20))],
            "The partner cannot hold the clock from 30 Oct 2026:",
        ),
        (
            [AGENCY, Held(Holder.FAMILY, date(2026, 11, 16), date(2026, 11, 23))],
            "The clock ends on 20 Nov 2026, before 23 Nov 2026.",
        ),
        (
            [Held(Holder.AGENCY, REFERRED, REFERRED)],
            "The agency’s time from 2 Nov 2026 to 2 Nov 2026 does not end after it begins.",
        ),
    ],
)
def test_a_gap_or_an_overlap_is_refused_where_it_lies(intervals: list[Held], sentence: str) -> None:
    with pytest.raises(Refused) as refusal:
        tile(intervals, REFERRED, date(2026, 11, 20))
    assert refusal.value.sentence.startswith(sentence)


@pytest.mark.parametrize(
    ("counting", "agency"), [(Counting.DAY_ZERO, 10), (Counting.INCLUSIVE, 11)]
)
def test_time_is_shared_out_by_holder_and_sums_to_the_clock(
    counting: Counting, agency: int
) -> None:
    calendar = england_and_wales(counting)
    time = time_by_holder([AGENCY, COUNCIL], calendar)
    assert time == {
        Holder.AGENCY: agency,
        Holder.COUNCIL: 4,
        Holder.PARTNER: 0,
        Holder.FAMILY: 0,
        Holder.COURT: 0,
    }
    assert sum(time.values()) == calendar.days_between(REFERRED, date(2026, 11, 20))


def test_no_intervals_are_no_time() -> None:
    assert set(time_by_holder([], CALENDAR).values()) == {0}
