"""When a waiting child's review, visit and escalation fall due."""

from datetime import date, timedelta

import pytest

from app.access.roles import Role
from app.cases.ladder.rules import Answer, Rung, check_answerer, check_until, rung_of
from app.cases.waiting.rules import Wait, check_review, due, standing
from app.contract.rules import Waiting
from app.kernel.calendar import england_and_wales
from app.kernel.errors import Invalid, Refused

CALENDAR = england_and_wales()
TERMS = Waiting(review_days=7, seen_days=28, escalate_weeks=4, answer_days=5)
SINCE = date(2026, 11, 2)
TODAY = date(2026, 11, 20)


def a_wait(**facts: date | None) -> Wait:
    return Wait(**{"unallocated_on": SINCE, "seen_on": None, "risk_review_on": None} | facts)


def test_the_days_of_a_wait_are_counted_both_ways() -> None:
    found = due(a_wait(), TERMS, CALENDAR, TODAY)
    assert (found.days, found.working_days) == (18, 14)


@pytest.mark.parametrize(
    ("facts", "review_by", "overdue"),
    [
        ({}, date(2026, 11, 9), True),
        ({"unallocated_on": date(2026, 11, 13)}, date(2026, 11, 20), False),
        ({"risk_review_on": date(2026, 11, 20)}, date(2026, 11, 20), False),
        ({"risk_review_on": date(2026, 11, 19)}, date(2026, 11, 19), True),
    ],
)
def test_a_review_is_due_a_week_after_the_wait_began_then_when_the_last_one_said(
    facts: dict[str, date], review_by: date, overdue: bool
) -> None:
    found = due(a_wait(**facts), TERMS, CALENDAR, TODAY)
    assert (found.review_by, found.review_overdue) == (review_by, overdue)


@pytest.mark.parametrize(
    ("facts", "see_by", "unseen"),
    [
        ({}, date(2026, 11, 30), False),
        ({"unallocated_on": date(2026, 10, 23)}, date(2026, 11, 20), False),
        ({"unallocated_on": date(2026, 10, 22)}, date(2026, 11, 19), True),
        ({"seen_on": date(2026, 10, 1)}, date(2026, 10, 29), True),
        ({"seen_on": date(2026, 11, 5)}, date(2026, 12, 3), False),
    ],
)
def test_a_child_is_due_to_be_seen_so_many_days_after_the_last_visit_or_the_beginning(
    facts: dict[str, date], see_by: date, unseen: bool
) -> None:
    found = due(a_wait(**facts), TERMS, CALENDAR, TODAY)
    assert (found.see_by, found.unseen) == (see_by, unseen)


# Four weeks after 2 November is the 30th; five working days end on 7 and 15 December.
@pytest.mark.parametrize(
    ("today", "rung", "reached", "answer_by", "late"),
    [
        (date(2026, 11, 30), Rung.TEAM_MANAGER, date(2026, 11, 30), date(2026, 12, 7), False),
        (date(2026, 12, 7), Rung.TEAM_MANAGER, date(2026, 11, 30), date(2026, 12, 7), False),
        (date(2026, 12, 8), Rung.DISTRICT_MANAGER, date(2026, 12, 8), date(2026, 12, 15), False),
        (date(2026, 12, 16), Rung.HEAD_OF_SERVICE, date(2026, 12, 16), date(2026, 12, 23), False),
        (date(2026, 12, 24), Rung.HEAD_OF_SERVICE, date(2026, 12, 16), date(2026, 12, 23), True),
    ],
)
def test_a_wait_climbs_a_step_whenever_one_is_not_answered_in_time(
    today: date, rung: Rung, reached: date, answer_by: date, late: bool
) -> None:
    found = standing(a_wait(), TERMS, CALENDAR, today, None)
    assert found
    assert (found.rung, found.reached_on, found.answer_by) == (rung, reached, answer_by)
    assert found.is_late is late


def test_no_wait_is_escalated_before_its_time() -> None:
    assert standing(a_wait(), TERMS, CALENDAR, date(2026, 11, 29), None) is None


def test_a_decision_holds_until_its_day_and_then_the_ladder_goes_on_above_it() -> None:
    until = date(2026, 12, 11)
    last = Answer(Rung.TEAM_MANAGER, until)
    assert standing(a_wait(), TERMS, CALENDAR, until, last) is None
    after = standing(a_wait(), TERMS, CALENDAR, until + timedelta(days=1), last)
    assert after
    assert (after.rung, after.reached_on) == (Rung.DISTRICT_MANAGER, date(2026, 12, 12))
    top = standing(
        a_wait(), TERMS, CALENDAR, date(2026, 12, 14), Answer(Rung.HEAD_OF_SERVICE, until)
    )
    assert top
    assert top.rung is Rung.HEAD_OF_SERVICE


def test_the_next_review_lies_ahead_and_within_the_interval() -> None:
    check_review(date(2026, 11, 27), TERMS, TODAY)
    for day in (TODAY, date(2026, 11, 28)):
        with pytest.raises(Invalid) as fault:
            check_review(day, TERMS, TODAY)
        assert fault.value.field == "next_review_on"


def test_a_decision_holds_for_four_weeks_at_most() -> None:
    check_until(TODAY, TODAY)
    check_until(date(2026, 12, 18), TODAY)
    for day in (date(2026, 11, 19), date(2026, 12, 19)):
        with pytest.raises(Invalid):
            check_until(day, TODAY)


@pytest.mark.parametrize("rung", list(Rung))
@pytest.mark.parametrize("role", [*Role, None])
def test_whoever_the_step_names_answers_or_somebody_further_up(
    rung: Rung, role: Role | None
) -> None:
    rungs = list(Rung)
    if role in {one.role for one in rungs[rungs.index(rung) :]}:
        check_answerer(role, rung)
        return
    with pytest.raises(Refused, match=f"This escalation is with the {rung.words}."):
        check_answerer(role, rung)


def test_only_those_who_stand_on_the_ladder_have_a_step() -> None:
    assert rung_of(Role.COUNCIL_PROJECT_MANAGER) is Rung.HEAD_OF_SERVICE
    assert rung_of(Role.PRACTITIONER) is None
    assert rung_of(None) is None
