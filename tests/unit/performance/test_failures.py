"""Failures of service levels: which months are judged, what they cost, how they are put right."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.errors import Invalid, Refused
from app.performance.failures.rules import (
    Course,
    CreditGiven,
    PlanDecision,
    PlanTerms,
    Result,
    check_close,
    check_decision,
    check_plan,
    check_waiver,
    credit,
    months_to_judge,
    repeat,
    result,
    say_due,
    why_no_plan,
)
from app.performance.service_levels.rules import Terms

TERMS = Terms("2.1", date(2026, 11, 2), date(2027, 4, 30), 7_000, 9_000, 500)
TODAY = date(2026, 12, 4)
ACCEPTED, REJECTED = PlanDecision


def months(starts: str, ends: str, signed: str, until: str) -> list[str]:
    terms = replace(TERMS, starts_on=date.fromisoformat(starts), ends_on=date.fromisoformat(ends))
    found = months_to_judge(terms, date.fromisoformat(signed), date.fromisoformat(until))
    assert all(first.day == 1 for first, _ in found)
    return [last.isoformat() for _, last in found]


def test_whole_months_inside_the_period_are_judged_once_they_are_over() -> None:
    both = ["2026-12-31", "2027-01-31"]
    assert months("2026-11-02", "2027-04-30", "2026-11-02", "2027-02-28") == both
    assert months("2026-12-01", "2027-04-30", "2026-11-02", "2027-02-01") == both
    assert months("2026-12-01", "2027-01-30", "2026-11-02", "2027-09-01") == both[:1]
    assert months("2026-12-01", "2027-04-30", "2027-01-31", "2027-02-01") == both[1:]
    assert months("2026-12-01", "2027-04-30", "2027-02-01", "2027-02-20") == []
    assert months("2026-12-01", "2027-04-30", "2026-11-02", "2027-01-31") == both[:1]


def test_a_month_is_met_within_failed_or_has_nothing_to_judge() -> None:
    last = TERMS.ends_on
    said = [result(TERMS, "higher", value, 5, last) for value in (9_000, 8_600, 8_000, None)]
    assert result(TERMS, "higher", 8_000, 4, last) is Result.NOT_JUDGED
    assert result(TERMS, "lower", 9_900, None, last) is Result.FAILED
    assert said == [Result.MET, Result.WITHIN, Result.FAILED, Result.NOT_JUDGED]
    assert [one.tone for one in said] == ["good", "warn", "bad", "plain"]


def test_a_credit_is_an_amount_or_a_share_under_a_cap_of_twelve_months() -> None:
    fixed = replace(TERMS, credit_pence=50_000, cap_pence=120_000)
    month = date(2027, 1, 31)
    assert credit(fixed, [], month) == (50_000, 50_000)
    before = [CreditGiven(date(2026, 11, 30), 50_000), CreditGiven(date(2026, 12, 31), 50_000)]
    assert credit(fixed, before, month) == (50_000, 20_000)
    assert credit(fixed, [*before, CreditGiven(date(2026, 10, 31), 40_000)], month) == (50_000, 0)
    assert credit(fixed, [CreditGiven(date(2026, 1, 31), 120_000)], month) == (50_000, 50_000)
    leap = [CreditGiven(date(2027, 2, 28), 120_000), CreditGiven(date(2027, 3, 31), 50_000)]
    assert credit(fixed, leap, date(2028, 2, 29)) == (50_000, 50_000)
    share = replace(TERMS, credit_per_mille=25, charge_pence=4_000_010, cap_pence=10**9)
    assert credit(share, [], month) == (100_000, 100_000)
    assert credit(TERMS, [], month) == (0, 0)


@given(st.sets(st.integers(0, 47)), st.integers(1, 50_000))
def test_no_twelve_months_cost_more_than_the_cap(failed: set[int], pence: int) -> None:
    terms = replace(TERMS, credit_pence=pence, cap_pence=120_000)
    given_so_far: list[CreditGiven] = []
    for place in sorted(failed):
        month = date(2027 + place // 12, place % 12 + 1, 28)
        whole, due = credit(terms, given_so_far, month)
        given_so_far.append(CreditGiven(month, due))
        since = month.replace(year=month.year - 1)
        year = sum(one.pence for one in given_so_far if one.ends_on > since)
        assert year <= 120_000
        assert due in {whole, 120_000 - (year - due)}


def test_failures_are_counted_over_twelve_months() -> None:
    before = [CreditGiven(date(2026, 1, 31), 0), CreditGiven(date(2026, 12, 31), 0)]
    assert repeat([], date(2027, 1, 31)) == 1
    assert repeat(before, date(2027, 1, 31)) == 2


def test_a_credit_is_worded_for_an_invoice() -> None:
    whole = say_due("Seen soon", date(2027, 1, 31), 50_000, 50_000)
    assert whole == "Seen soon: service level failed in the month to 31 Jan 2027"
    assert say_due("S", date(2027, 1, 31), 50_000, 20_000).endswith("£500.00, limited by the cap")


def test_a_plan_lies_ahead_and_is_no_longer_than_three_months() -> None:
    plan = PlanTerms("Sickness", "Cover", "Paula", TODAY)
    check_plan(plan, TODAY)
    for day in (TODAY - timedelta(1), TODAY + timedelta(93)):
        with pytest.raises(Invalid):
            check_plan(replace(plan, due_on=day), TODAY)


def test_plans_follow_a_rejection_and_a_failure_closes_after_an_accepted_one() -> None:
    assert not why_no_plan(None, waiting=False, late=False, closed=False)
    assert not why_no_plan(REJECTED, waiting=False, late=False, closed=False)
    assert not why_no_plan(ACCEPTED, waiting=False, late=True, closed=False)
    for last, waiting, closed in (
        (None, True, False),
        (ACCEPTED, False, False),
        (None, False, True),
    ):
        assert why_no_plan(last, waiting=waiting, late=False, closed=closed)
    check_decision(waiting=True, reason="", decision=ACCEPTED)
    with pytest.raises(Refused):
        check_decision(waiting=False, reason="", decision=ACCEPTED)
    with pytest.raises(Invalid):
        check_decision(waiting=True, reason="", decision=REJECTED)
    check_close(ACCEPTED, closed=False)
    for last, closed in ((ACCEPTED, True), (None, False), (REJECTED, False)):
        with pytest.raises(Refused):
            check_close(last, closed=closed)
    check_waiver(waived=False, pence=1)
    for waived, pence in ((True, 1), (False, 0)):
        with pytest.raises(Refused):
            check_waiver(waived=waived, pence=pence)


@pytest.mark.parametrize(
    ("planned", "decision", "due_in", "closed", "words", "tone"),
    [
        (False, None, None, False, "Plan due 14 Dec 2026", "warn"),
        (True, REJECTED, 20, False, "New plan due 14 Dec 2026", "warn"),
        (True, None, 20, False, "Plan with the council", "note"),
        (True, ACCEPTED, 20, False, "Plan accepted", "note"),
        (True, ACCEPTED, -1, False, "To be put right by 3 Dec 2026, late", "bad"),
        (True, ACCEPTED, -1, True, "Closed", "good"),
    ],
)
def test_the_standing_of_a_failure_says_whose_turn_it_is(
    planned, decision, due_in, closed, words, tone
) -> None:
    due = None if due_in is None else TODAY + timedelta(due_in)
    course = Course(TODAY, planned=planned, decision=decision, due_on=due, closed=closed)
    assert course.standing(TODAY) == (words, tone)
    if words.startswith("Plan due"):
        assert course.standing(TODAY + timedelta(11)) == ("Plan late, due 14 Dec 2026", "bad")
