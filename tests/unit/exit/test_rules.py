"""The steps of an exit strategy, its gates and what is not ready."""

from dataclasses import replace
from datetime import date

import pytest

from app.exit.rules import (
    StepState,
    StepTerms,
    check_done,
    check_step,
    check_undone,
    default_steps,
    not_ready,
)
from app.kernel.errors import Invalid, Refused

STARTS, ENDS, TODAY = date(2026, 11, 2), date(2027, 4, 30), date(2026, 11, 20)


def step(number: int, *, gate: bool = False, done: bool = False) -> StepState:
    done_on = TODAY if done else None
    return StepState(number, f"Thing {number}", gate, ENDS, "Ann", "Bea", done_on)


def test_a_contract_begins_with_numbered_steps_on_weekdays_owned_by_both_sides() -> None:
    steps = default_steps(STARTS, ENDS)
    assert [one.number for one in steps] == list(range(1, len(steps) + 1))
    assert all(one.due_on.weekday() < 5 and one.due_on >= STARTS for one in steps)
    assert all(one.agency_owner and one.council_owner for one in steps)
    last = next(one for one in steps if "Last case" in one.title)
    assert (last.gate, last.due_on) == (True, ENDS)


def test_a_short_contract_has_no_step_of_its_term_outside_it() -> None:
    steps = default_steps(date(2027, 4, 12), ENDS)
    early = [one for one in steps if one.number < 10]
    assert all(date(2027, 4, 9) <= one.due_on <= ENDS for one in early)


def test_a_step_due_on_a_weekend_is_due_the_friday_before() -> None:
    steps = default_steps(STARTS, date(2027, 5, 2))
    assert next(one for one in steps if "Last case" in one.title).due_on == ENDS


@pytest.mark.parametrize(
    ("number", "words"), [(0, "from 1 to 100"), (101, "from 1 to 100"), (2, "already a step 2")]
)
def test_a_step_needs_a_number_of_its_own(number: int, words: str) -> None:
    terms = StepTerms(number, "Thing", False, ENDS, "", "")
    with pytest.raises(Invalid, match=words):
        check_step(terms, [1, 2])
    check_step(replace(terms, number=3), [1, 2])


def test_a_gate_waits_for_each_step_before_it() -> None:
    steps = [step(1, done=True), step(2), step(3, gate=True), step(4)]
    with pytest.raises(Refused, match="not yet: 2"):
        check_done(steps[2], steps)
    check_done(steps[3], steps)
    check_done(steps[2], [step(1, done=True), step(2, done=True), steps[2], steps[3]])


def test_a_step_under_a_passed_gate_stays_done() -> None:
    steps = [step(1, done=True), step(2, gate=True, done=True), step(3, done=True)]
    with pytest.raises(Refused, match="Gate 2"):
        check_undone(steps[0], steps)
    check_undone(steps[1], steps)
    check_undone(steps[2], steps)


def test_what_is_not_ready_is_said_in_words() -> None:
    late = replace(step(4, gate=True), due_on=date(2026, 11, 19))
    orphan = replace(step(5), council_owner="")
    behind = replace(step(6), due_on=date(2026, 11, 18))
    words = not_ready(
        [late, orphan, behind], open_cases=9, without_plan=3, ends_on=ENDS, today=TODAY
    )
    assert words == [
        "Gate 4 was due on 19 Nov 2026: Thing 4.",
        "Step 6 was due on 18 Nov 2026: Thing 6.",
        "Not owned by both sides: 5.",
    ]


def test_cases_without_a_plan_matter_in_the_last_eight_weeks() -> None:
    near, after = date(2027, 3, 5), date(2027, 5, 1)
    [words] = not_ready([step(1)], open_cases=9, without_plan=3, ends_on=ENDS, today=near)
    assert words.startswith("3 of 9 open cases have no outcome plan yet")
    done = [step(1, done=True)]
    [ended] = not_ready(done, open_cases=2, without_plan=0, ends_on=ENDS, today=after)
    assert ended == "The contract has ended with 2 cases open."
    assert not_ready(done, open_cases=0, without_plan=0, ends_on=ENDS, today=after) == []


def test_a_contract_without_steps_has_no_strategy() -> None:
    assert not_ready([], open_cases=0, without_plan=0, ends_on=ENDS, today=TODAY) == [
        "There is no exit strategy yet."
    ]
