"""The steps of an exit strategy, its gates, what is left at the end and what is not ready."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.access.roles import Organisation
from app.cases.scope.rules import Change, Term
from app.exit.readiness.rules import Facts, failing
from app.exit.residual.rules import (
    Receiver,
    Room,
    check_receiver,
    forecast,
    forecasts,
    seen_between,
    weeks_left,
)
from app.exit.steps.rules import (
    StepState,
    StepTerms,
    Workstream,
    check_change,
    check_done,
    check_gate,
    check_step,
    check_undone,
    default_steps,
)
from app.kernel.calendar import Counting, england_and_wales
from app.kernel.errors import Invalid, Refused

STARTS, ENDS, TODAY = date(2026, 11, 2), date(2027, 4, 30), date(2026, 11, 20)
AGENCY, COUNCIL = Organisation.AGENCY, Organisation.COUNCIL


def step(number: int, *, gate: bool = False, done: bool = False) -> StepState:
    done_on = TODAY if done else None
    stream = Workstream.CASES
    return StepState(number, f"Thing {number}", stream, gate, ENDS, "Ann", "Bea", done_on)


def facts(*steps: StepState, **more: object) -> Facts:
    values: dict[str, object] = {
        "contract_id": 1,
        "steps": steps,
        "open_cases": 0,
        "without_plan": 0,
        "without_receiver": 0,
        "rooms": (),
        "open_flags": 0,
        "undecided": 0,
        "returned": True,
        "erasable": True,
        "ends_on": ENDS,
        "today": TODAY,
    }
    return Facts(**values | more)  # type: ignore[arg-type]


def said(*steps: StepState, **more: object) -> list[str]:
    return [one.sentence for one in failing(facts(*steps, **more))]


def test_a_contract_begins_with_numbered_steps_on_weekdays_owned_by_both_sides() -> None:
    steps = default_steps(STARTS, ENDS)
    assert [one.number for one in steps] == list(range(1, len(steps) + 1))
    assert all(one.due_on.weekday() < 5 and one.due_on >= STARTS for one in steps)
    assert all(one.agency_owner and one.council_owner for one in steps)
    assert {one.workstream for one in steps} == set(Workstream)
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
    terms = StepTerms(number, "Thing", Workstream.CASES, False, ENDS, "", "")
    with pytest.raises(Invalid, match=words):
        check_step(terms, [1, 2])
    check_step(replace(terms, number=3), [1, 2])


def test_a_gate_waits_for_each_step_before_it_and_takes_one_signature_of_a_side() -> None:
    steps = [step(1, done=True), step(2), step(3, gate=True), step(4)]
    with pytest.raises(Refused, match="not yet: 2"):
        check_gate(steps[2], steps, (), AGENCY)
    with pytest.raises(Refused, match="Only a gate"):
        check_gate(steps[3], steps, (), AGENCY)
    with pytest.raises(Refused, match="agency has already"):
        check_gate(steps[2], steps[2:], (AGENCY,), AGENCY)
    check_gate(steps[2], steps[2:], (AGENCY,), COUNCIL)
    with pytest.raises(Refused, match="both sides"):
        check_done(steps[2])
    check_done(steps[3])


def test_what_stands_under_two_signatures_is_not_changed() -> None:
    with pytest.raises(Refused, match="Open it again"):
        check_change(step(1, gate=True, done=True))
    check_change(step(1, gate=True))
    check_change(step(1, done=True))


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
    assert said(late, orphan, behind, open_cases=9, without_plan=3, without_receiver=9) == [
        "Gate 4 was due on 19 Nov 2026: Thing 4.",
        "Step 6 was due on 18 Nov 2026: Thing 6.",
        "Not owned by both sides: 5.",
    ]
    assert said() == ["There is no exit strategy yet."]
    assert said(step(1), erasable=False)[0].startswith("The council has not said how long")


def test_what_must_be_named_eight_weeks_before_the_end_is_missing_from_that_day_on() -> None:
    open_still = {"open_cases": 9, "without_plan": 3, "without_receiver": 2, "open_flags": 1}
    assert said(step(1), **open_still, undecided=2, today=date(2027, 3, 4)) == []
    words = said(step(1), **open_still, undecided=2, today=date(2027, 3, 5))
    assert [one.split(".")[0] for one in words] == [
        "3 of 9 open cases have no outcome plan yet, and the contract ends on 30 Apr 2027",
        "2 of 9 open cases have no named receiver; each was to have one by 5 Mar 2027",
        "Open cases with an open safeguarding flag: 1 to 5",
        "2 workers have not said whether they stay",
    ]
    several = said(step(1), open_flags=6, undecided=1, today=ENDS)
    assert several == [
        "Open cases with an open safeguarding flag: 6.",
        "1 worker has not said whether they stay.",
    ]


def test_a_contract_that_ended_leaves_no_case_open_and_no_data_behind() -> None:
    after, done = date(2027, 5, 1), step(1, done=True)
    assert said(done, open_cases=2, today=after) == ["The contract has ended with 2 cases open."]
    assert said(done, today=after) == []
    assert said(done, today=after, returned=False) == [
        "The data has not been returned to the council."
    ]


def test_a_team_is_named_for_no_more_than_it_can_take_until_the_end() -> None:
    weeks = weeks_left(TODAY, date(2026, 12, 4))
    assert (weeks, weeks_left(ENDS, ENDS), weeks_left(ENDS + timedelta(days=1), ENDS)) == (3, 1, 0)
    full = Room("Quay", "North", 4, weekly_intake=5, named=15, weeks=weeks)
    assert (full.capacity, full.over) == (15, 0)
    [one] = failing(facts(step(1), rooms=(full, replace(full, named=17))))
    assert one.sentence == ("Quay is named for 17 cases and can take 15 until the end: 2 too many.")
    assert one.address == "/exit/outlook#lot-4"


def test_a_receiver_is_a_person_of_a_team_of_the_lot() -> None:
    check_receiver(Receiver(3, "Jo Lane"), [3])
    with pytest.raises(Invalid, match="Choose a receiving team"):
        check_receiver(Receiver(4, "Jo Lane"), [3])
    with pytest.raises(Invalid, match="Name a person"):
        check_receiver(Receiver(3, "0141 22"), [3])


@pytest.mark.parametrize("counting", list(Counting))
def test_visits_due_in_a_fortnight_follow_from_when_the_child_was_last_seen(
    counting: Counting,
) -> None:
    calendar = england_and_wales(counting)
    starts_on, ends_on = date(2027, 4, 17), date(2027, 4, 30)
    first, last = seen_between(calendar, 20, starts_on, ends_on)
    day = date(2026, 11, 2)
    while day <= ends_on:
        due = starts_on <= calendar.add(day, 20) <= ends_on
        assert due is (first <= day <= last), day
        day += timedelta(days=1)
    # A visit that is due on a day without work is none.
    assert seen_between(calendar, 1, date(2026, 12, 26), date(2026, 12, 27))[0] > date(2026, 12, 25)


def test_what_is_left_at_the_end_follows_from_the_last_full_weeks() -> None:
    monday = date(2026, 11, 2)
    changes = [Change(1, monday, Term.OPENING, "", 100)]
    for week in range(2):
        changes.append(Change(1, monday + timedelta(weeks=week), Term.CLEARED, "", -10))
        changes.append(Change(1, monday + timedelta(weeks=week), Term.RECEIVED, "", 4))
    ends = date(2026, 12, 4)
    now = forecast(changes, ends, date(2026, 11, 14))
    assert (now.open, now.weeks, now.cleared, now.received, now.left) == (88, 2, 20, 8, 71)
    assert forecast(changes, date(2027, 12, 3), date(2026, 11, 14)).left == 0
    assert forecast(changes, ends, date(2026, 11, 4)).left is None
    made = forecasts(changes, ends, TODAY)
    mondays = [date(2026, 11, 16), date(2026, 11, 9), monday]
    assert [one.made_on for one in made] == [TODAY, *mondays]
    assert made[2].left == 88 - 6 * 25 // 7
    assert forecasts([], ends, TODAY) == []
