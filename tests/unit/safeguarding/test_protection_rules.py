"""Rules of issues, enquiries, pre-proceedings and thresholds."""

from datetime import date

import pytest

from app.kernel.calendar import england_and_wales
from app.kernel.clock import conference_rule
from app.kernel.errors import Invalid, Refused
from app.safeguarding.enquiries.rules import (
    ConferenceResult,
    Course,
    EnquiryOutcome,
    Timeliness,
    check_conclude,
    check_conference,
    check_strategy,
    conference_clock,
    timeliness,
)
from app.safeguarding.issues.rules import check_covered, check_open, is_covered
from app.safeguarding.proceedings.rules import check_open as check_gateway
from app.safeguarding.proceedings.rules import check_review, check_step, runs_long
from app.safeguarding.thresholds.rules import Rationale, check_day, check_rationale

TODAY = date(2026, 11, 20)
RULE, CALENDAR = conference_rule(15), england_and_wales()
ICPC, PLAN = EnquiryOutcome.CONFERENCE, ConferenceResult.PLAN


@pytest.mark.parametrize(
    ("strategy_on", "due_on"),
    [
        (date(2010, 11, 1), date(2010, 11, 22)),
        (date(2010, 12, 20), date(2011, 1, 13)),
        (date(2011, 4, 1), date(2011, 4, 26)),
        (date(2022, 5, 20), date(2022, 6, 14)),
        (date(2026, 11, 2), date(2026, 11, 23)),
        (date(2026, 11, 21), date(2026, 12, 11)),
        (date(2026, 12, 24), date(2027, 1, 19)),
    ],
)
def test_a_conference_is_due_fifteen_working_days_after_the_strategy_discussion(
    strategy_on: date, due_on: date
) -> None:
    assert conference_clock(Course(strategy_on), RULE, CALENDAR).due_on == due_on


def test_a_booked_conference_does_not_stop_the_clock_and_a_held_one_does() -> None:
    booked = Course(date(2026, 10, 1), ICPC, TODAY, date(2026, 10, 9))
    assert conference_clock(booked, RULE, CALENDAR).is_overdue(TODAY)
    held = Course(date(2026, 10, 1), ICPC, TODAY, date(2026, 10, 9), PLAN)
    assert not conference_clock(held, RULE, CALENDAR).is_overdue(TODAY)


def test_the_share_in_time_counts_only_conferences_that_were_held() -> None:
    courses = [
        Course(date(2026, 10, 1), ICPC, None, date(2026, 10, 22), PLAN),
        Course(date(2026, 10, 1), ICPC, None, date(2026, 10, 23), PLAN),
        Course(date(2026, 10, 1), ICPC, None, date(2026, 10, 23)),
    ]
    clocks = [conference_clock(one, RULE, CALENDAR) for one in courses]
    assert timeliness(clocks, TODAY) == Timeliness(held=2, in_time=1)
    assert (timeliness(clocks, TODAY).share, Timeliness().share) == (50, None)


def test_an_enquiry_runs_until_its_outcome_or_its_conferences_result() -> None:
    assert Course(TODAY).runs
    assert Course(TODAY, ICPC).runs
    assert not Course(TODAY, ICPC, TODAY, TODAY, PLAN).runs
    ended = Course(TODAY, EnquiryOutcome.SERVICES, TODAY)
    assert not ended.runs
    assert ended.next_step is None


def test_an_enquiry_is_concluded_once() -> None:
    with pytest.raises(Refused, match="outcome already"):
        check_conclude(Course(TODAY, ICPC), TODAY, today=TODAY)


def test_a_conference_is_not_booked_far_ahead() -> None:
    with pytest.raises(Invalid, match="60 days"):
        check_conference(Course(TODAY, ICPC), date(2027, 1, 20), None, today=TODAY)
    check_conference(Course(TODAY, ICPC), TODAY, None, today=TODAY)


def test_an_issue_needs_cover_and_is_resolved_once() -> None:
    check_covered("Night desk", "Seen")
    check_open(None)
    for cover, action in (("", "Seen"), ("Night desk", "")):
        with pytest.raises(Invalid):
            check_covered(cover, action)
    with pytest.raises(Refused):
        check_open(TODAY)
    assert is_covered(TODAY, TODAY)
    assert not is_covered(date(2026, 11, 19), TODAY)


@pytest.mark.parametrize(
    ("rationale", "met", "fits"),
    [
        (Rationale.HARM, True, True),
        (Rationale.HARM, False, False),
        (Rationale.PROTECTED, False, True),
        (Rationale.PROTECTED, True, False),
        (Rationale.PARTNER_VIEW, True, True),
        (Rationale.PARTNER_VIEW, False, True),
    ],
)
def test_a_rationale_fits_its_decision(rationale: Rationale, met: bool, fits: bool) -> None:
    if fits:
        check_rationale("rationale", rationale, met=met)
    else:
        with pytest.raises(Invalid):
            check_rationale("rationale", rationale, met=met)


def test_what_is_recorded_has_happened() -> None:
    check_day("on", TODAY, today=TODAY, since=TODAY)
    with pytest.raises(Invalid, match="not come"):
        check_day("on", date(2026, 11, 21), today=TODAY)
    with pytest.raises(Invalid, match="before the step"):
        check_day("on", date(2026, 11, 19), today=TODAY, since=TODAY)


def test_pre_proceedings_run_long_after_sixteen_weeks() -> None:
    assert not runs_long(date(2026, 7, 31), TODAY)
    assert runs_long(date(2026, 7, 30), TODAY)


@pytest.mark.parametrize(
    ("day", "result", "words"),
    [
        (date(2026, 11, 9), PLAN, "before the strategy"),
        (date(2026, 11, 21), None, "weekend"),
        (date(2026, 11, 23), PLAN, "still to come"),
        (date(2026, 11, 19), None, "Say what the conference decided"),
    ],
)
def test_a_conference_is_booked_ahead_or_recorded_once_held(
    day: date, result: ConferenceResult | None, words: str
) -> None:
    with pytest.raises(Invalid, match=words):
        check_conference(Course(date(2026, 11, 10), ICPC), day, result, today=TODAY)


def test_only_an_enquiry_that_led_to_a_conference_waits_for_one() -> None:
    with pytest.raises(Refused, match="waits for no conference"):
        check_conference(Course(TODAY), TODAY, PLAN, today=TODAY)


@pytest.mark.parametrize(("day", "words"), [(21, "not happened yet"), (1, "before the referral")])
def test_a_strategy_discussion_has_happened_after_the_referral(day: int, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        check_strategy(date(2026, 11, day), referred_on=date(2026, 11, 2), today=TODAY)
    check_strategy(TODAY, referred_on=date(2026, 11, 2), today=TODAY)


@pytest.mark.parametrize(("day", "words"), [(21, "not come yet"), (9, "cannot end before")])
def test_an_enquiry_ends_after_its_strategy_discussion(day: int, words: str) -> None:
    with pytest.raises(Invalid, match=words):
        check_conclude(Course(date(2026, 11, 10)), date(2026, 11, day), today=TODAY)
    check_conclude(Course(date(2026, 11, 10)), TODAY, today=TODAY)


def test_pre_proceedings_begin_with_a_gateway_that_was_held() -> None:
    check_gateway(TODAY, referred_on=TODAY, today=TODAY)
    for day, words in ((21, "not happened yet"), (1, "before the referral")):
        with pytest.raises(Invalid, match=words):
            check_gateway(date(2026, 11, day), referred_on=date(2026, 11, 2), today=TODAY)


def test_a_review_is_a_weekday_to_come_within_eight_weeks() -> None:
    check_review(date(2026, 12, 4), today=TODAY)
    for day, words in (
        (TODAY, "later day"),
        (date(2026, 12, 5), "weekend"),
        (date(2027, 1, 18), "within eight weeks"),
    ):
        with pytest.raises(Invalid, match=words):
            check_review(day, today=TODAY)


def test_a_step_is_taken_after_the_gateway_and_before_the_decision() -> None:
    check_step(TODAY, gateway_on=TODAY, decided_on=None, today=TODAY)
    for day, words in ((21, "not come yet"), (9, "before the gateway")):
        with pytest.raises(Invalid, match=words):
            check_step(
                date(2026, 11, day), gateway_on=date(2026, 11, 10), decided_on=None, today=TODAY
            )
    with pytest.raises(Refused, match="decided already"):
        check_step(TODAY, gateway_on=TODAY, decided_on=TODAY, today=TODAY)
