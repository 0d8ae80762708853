"""A contract's clocks: what may be agreed, what changed, and when a clock starts anew."""

from dataclasses import replace
from datetime import date

import pytest

from app.cases.due_days.rules import (
    Clocks,
    check_clocks,
    differences,
    moved,
    started_on,
)
from app.kernel.clock import AssessmentType, StartEvent
from app.kernel.errors import Invalid

SINGLE = AssessmentType.CHILD_AND_FAMILY
CLOCKS = Clocks(45, StartEvent.REFERRAL, 10, StartEvent.REFERRAL, None, None, 15, 20, 5, 3)


def test_a_kind_without_a_clock_may_get_one_and_one_with_a_clock_keeps_it() -> None:
    known = {SINGLE, AssessmentType.INITIAL}
    check_clocks(CLOCKS, known)
    check_clocks(replace(CLOCKS, core_days=35, core_start=StartEvent.ALLOCATION), known)
    with pytest.raises(Invalid, match="keeps its clock") as fault:
        check_clocks(replace(CLOCKS, initial_days=None, initial_start=None), known)
    assert fault.value.field == "initial_days"
    assert [rule.assessment_type for rule in CLOCKS.rules] == [SINGLE, AssessmentType.INITIAL]


@pytest.mark.parametrize(
    ("faulty", "field"),
    [
        ({"single_days": 4}, "single_days"),
        ({"conference_days": 41}, "conference_days"),
        ({"chase_most": 11}, "chase_most"),
        ({"core_days": 35}, "core_start"),
        ({"core_start": StartEvent.REFERRAL}, "core_days"),
        ({"single_start": StartEvent.STRATEGY_DISCUSSION}, "single_start"),
    ],
)
def test_clocks_that_nobody_can_mean_name_the_field(faulty: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as fault:
        check_clocks(replace(CLOCKS, **faulty), {SINGLE})
    assert fault.value.field == field


def test_what_changed_is_told_in_words_and_only_another_start_moves_a_clock() -> None:
    after = replace(CLOCKS, decide_days=4, initial_start=StartEvent.RECEIVED, core_days=35)
    after = replace(after, core_start=StartEvent.ALLOCATION)
    assert differences(CLOCKS, after) == [
        ("Initial assessment starts with", "Referral", "Received"),
        ("Core assessment, working days", "Not used", "35"),
        ("Core assessment starts with", "Not used", "Allocation"),
        ("The council’s decision, working days", "5", "4"),
    ]
    assert moved(CLOCKS, after) == {AssessmentType.INITIAL}
    assert moved(CLOCKS, CLOCKS) == set()


def test_a_clock_starts_with_its_event_or_with_the_reopening() -> None:
    day, again = date(2026, 11, 2), date(2026, 11, 20)
    happened = {StartEvent.REFERRAL: day, StartEvent.ASSESSMENT_START: None}
    assert started_on(StartEvent.REFERRAL, happened, None) == day
    assert started_on(StartEvent.REFERRAL, happened, again) == again
    assert started_on(StartEvent.ASSESSMENT_START, happened, None) is None
