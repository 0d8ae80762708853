"""When child protection plans are reviewed, and what may be recorded of it."""

from datetime import date, timedelta

import pytest

from app.kernel.errors import Invalid, Refused
from app.safeguarding.reviews.rules import (
    Listed,
    Reviewed,
    check_end,
    check_review,
    check_start,
    first_due,
    same,
)

TODAY = date(2026, 11, 20)
START = date(2026, 3, 2)
FIRST, SECOND = START + timedelta(days=91), START + timedelta(days=91 + 183)


def plan(*held: date, ended_on: date | None = None) -> Reviewed:
    return Reviewed(START, FIRST, ended_on, held)


def test_the_first_review_is_due_within_91_days_and_each_further_one_within_183():
    assert (plan().next_due_on, plan().late) == (FIRST, ())
    assert (plan(FIRST).next_due_on, plan(FIRST).late) == (SECOND, ())
    late = FIRST + timedelta(days=1)
    assert plan(late, late + timedelta(days=183)).late == (late,)
    assert plan(FIRST, SECOND + timedelta(days=1)).late == (SECOND + timedelta(days=1),)
    assert plan().is_overdue(FIRST + timedelta(days=1))
    assert not plan().is_overdue(FIRST)
    ended = plan(FIRST, ended_on=FIRST)
    assert (ended.next_due_on, ended.is_overdue(TODAY)) == (None, False)


def test_of_a_listed_plan_only_the_latest_review_is_known_and_judged():
    assert first_due(Listed(START, None, None)) == FIRST
    assert first_due(Listed(START, None, START + timedelta(days=40))) == FIRST
    assert first_due(Listed(START, None, SECOND)) == SECOND


def test_what_runs_by_a_list_and_what_runs_here_is_one_plan():
    running, other = plan(), Reviewed(date(2025, 1, 6), FIRST, date(2025, 9, 1), ())
    plans = [other, running]
    for listed, found in (
        (Listed(START, None, None), running),
        (Listed(START + timedelta(days=1), None, None), running),
        (Listed(other.starts_on, None, None), other),
        (Listed(START - timedelta(days=9), START, None), None),
    ):
        assert same(listed, plans, lambda one: one) is found
    assert same(Listed(START, None, None), [], lambda one: one) is None


def test_a_plan_or_review_that_cannot_be_is_refused():
    check_start(START, [], runs=False, today=TODAY)
    check_review(FIRST, plan(), TODAY)
    check_end(FIRST, plan(FIRST), enquiry_runs=False)
    for day, known, words in (
        (TODAY + timedelta(days=1), [], "not come yet"),
        (date(2026, 11, 15), [], "at a weekend"),
        (START, [START], "recorded already"),
    ):
        with pytest.raises(Invalid, match=words):
            check_start(day, known, runs=False, today=TODAY)
    with pytest.raises(Refused, match="runs already"):
        check_start(START, [], runs=True, today=TODAY)
    for day, words in (
        (START, "not after the conference"),
        (FIRST, "recorded already"),
        (TODAY + timedelta(days=3), "not come yet"),
    ):
        with pytest.raises(Invalid, match=words):
            check_review(day, plan(FIRST), TODAY)
    with pytest.raises(Refused, match="has ended"):
        check_review(FIRST, plan(ended_on=FIRST), TODAY)
    with pytest.raises(Invalid, match="A later review"):
        check_end(FIRST - timedelta(days=1), plan(FIRST), enquiry_runs=False)
    with pytest.raises(Refused, match="enquiry runs"):
        check_end(FIRST, plan(), enquiry_runs=True)
