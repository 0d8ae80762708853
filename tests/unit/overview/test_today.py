"""Whose turn each of a practitioner's cases is, and which children to see first."""

from datetime import date, timedelta
from typing import Any

import pytest

from app.cases.holds.rules import HoldReason, Running
from app.cases.states import CaseState
from app.overview.today.rules import Task, Turn, sorted_out, turn_of, visits_due

TODAY = date(2026, 11, 20)
SOON = date(2026, 11, 27)
HELD = Running(HoldReason.FAMILY_AWAY, date(2026, 12, 1), SOON)


def a_task(**facts: Any) -> Task:
    usual: dict[str, Any] = {
        "case_id": 1,
        "reference": "240001",
        "state": CaseState.ASSESSING,
        "open_flags": 0,
        "due_on": date(2027, 1, 7),
        "seen_on": None,
        "see_by": SOON,
        "is_primary": True,
        "held": None,
    }
    return Task(**usual | facts)


@pytest.mark.parametrize(
    ("facts", "turn"),
    [
        ({}, Turn.MINE),
        ({"due_on": TODAY - timedelta(days=1)}, Turn.OVERDUE),
        ({"due_on": TODAY}, Turn.DUE),
        ({"due_on": SOON}, Turn.DUE),
        ({"due_on": SOON + timedelta(days=1)}, Turn.MINE),
        ({"due_on": None}, Turn.MINE),
        ({"state": CaseState.AUTHORISED, "due_on": TODAY - timedelta(days=9)}, Turn.MINE),
        ({"state": CaseState.SUBMITTED, "due_on": TODAY - timedelta(days=9)}, Turn.OTHERS),
        ({"state": CaseState.PROPOSED}, Turn.OTHERS),
        ({"held": HELD, "due_on": TODAY - timedelta(days=9)}, Turn.OTHERS),
        ({"state": CaseState.SUBMITTED, "in_enquiry": True}, Turn.MINE),
        ({"held": HELD, "due_on": TODAY - timedelta(days=9), "in_enquiry": True}, Turn.OVERDUE),
    ],
)
def test_a_case_stands_under_whose_turn_it_is(facts: dict[str, Any], turn: Turn) -> None:
    assert turn_of(a_task(**facts), TODAY, SOON) is turn


def test_a_case_says_whom_it_waits_for() -> None:
    assert a_task().waits_for == ""
    assert a_task(held=HELD).waits_for == "Family: The family is away, back on its day"
    assert "District Manager" in a_task(state=CaseState.PROPOSED).waits_for


def test_the_list_has_only_the_parts_that_hold_something() -> None:
    tasks = [a_task(case_id=1), a_task(case_id=2, due_on=TODAY), a_task(case_id=3)]
    found = sorted_out(tasks, TODAY, SOON)
    assert {turn: [one.case_id for one in rows] for turn, rows in found.items()} == {
        Turn.DUE: [2],
        Turn.MINE: [1, 3],
    }


def test_the_visit_that_is_longest_due_comes_first() -> None:
    late = a_task(case_id=1, see_by=TODAY - timedelta(days=3))
    later = a_task(case_id=2, see_by=SOON + timedelta(days=1))
    assert [one.case_id for one in visits_due([a_task(case_id=3), later, late], SOON)] == [1, 3]
