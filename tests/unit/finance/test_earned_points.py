"""What cases weigh, what their milestones earn and lose, and what their weeks come to."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.states import CaseState
from app.finance.earned_points.rules import (
    NOTHING,
    POINT,
    STANDARD,
    Amounts,
    Cells,
    Move,
    Step,
    Terms,
    Weighed,
    check_terms,
    difference,
    replay,
    shown,
    terms_on,
    weigh,
)
from app.kernel.clock import AssessmentType
from app.kernel.errors import Invalid

S = CaseState
FRIDAY = date(2026, 11, 6)
CASE = Weighed(POINT, 30)
ALWAYS = terms_on([])


def _moves(*states: CaseState) -> list[Move]:
    """One move a week."""
    return [Move(FRIDAY + timedelta(weeks=week), state) for week, state in enumerate(states)]


def _sums(cells: Cells) -> dict[Step, Amounts]:
    sums = dict.fromkeys(Step, NOTHING)
    for (_, step, _), amounts in cells.items():
        sums[step] += amounts
    return sums


def _earned(*states: CaseState) -> int:
    return sum(amounts.earned for amounts in replay(CASE, _moves(*states), ALWAYS).values())


@pytest.mark.parametrize(
    ("states", "earned"),
    [
        ((S.UNALLOCATED, S.ALLOCATED, S.ASSESSING, S.SUBMITTED), 0),
        ((S.UNALLOCATED, S.AUTHORISED), 4_000),
        ((S.UNALLOCATED, S.AUTHORISED, S.PROPOSED), 4_000),
        ((S.UNALLOCATED, S.AUTHORISED, S.PROPOSED, S.AGREED), 7_000),
        ((S.UNALLOCATED, S.AUTHORISED, S.PROPOSED, S.AGREED, S.CLOSED), 10_000),
        ((S.UNALLOCATED, S.AUTHORISED, S.PROPOSED, S.AGREED, S.HANDED_OVER), 10_000),
        ((S.UNALLOCATED, S.AUTHORISED, S.AGREED, S.AUTHORISED), 4_000),
        ((S.UNALLOCATED, S.AUTHORISED, S.AGREED, S.PROPOSED), 4_000),
        ((S.UNALLOCATED, S.AUTHORISED, S.AGREED, S.CLOSED, S.UNALLOCATED), 0),
        ((S.UNALLOCATED, S.PROPOSED, S.AGREED), 0),
        ((S.UNALLOCATED, S.PROPOSED, S.AGREED, S.HANDED_BACK), 2_000),
        ((S.UNALLOCATED, S.PROPOSED, S.AGREED, S.HANDED_BACK, S.UNALLOCATED), 2_000),
        ((S.UNALLOCATED, S.WITHDRAWN), 0),
    ],
)
def test_a_milestone_earns_at_its_state_and_gives_back_with_it(
    states: tuple[CaseState, ...], earned: int
) -> None:
    assert _earned(*states) == earned


def test_a_case_handed_back_takes_out_what_the_contract_does_not_pay() -> None:
    sums = _sums(replay(CASE, _moves(S.UNALLOCATED, S.HANDED_BACK), ALWAYS))
    assert sums[Step.SCREENED] == Amounts(2_000)
    assert sums[Step.REMOVED] == Amounts(0, 8_000, 1, 30)
    again = _sums(replay(CASE, _moves(S.UNALLOCATED, S.HANDED_BACK, S.UNALLOCATED), ALWAYS))
    assert again[Step.ENTERED] == Amounts(0, 2 * POINT, 2, 60)


def test_a_case_sent_again_after_it_was_handed_back_is_told_from_its_first_stay() -> None:
    first = _moves(S.UNALLOCATED, S.HANDED_BACK)
    whole = _moves(S.UNALLOCATED, S.HANDED_BACK, S.UNALLOCATED, S.AUTHORISED, S.HANDED_BACK)
    cells = replay(CASE, whole, ALWAYS)
    own = {place: amounts for place, amounts in cells.items() if not place[2]}
    assert own == replay(CASE, first, ALWAYS)
    sent_again = {step: amounts for (_, step, again), amounts in cells.items() if again}
    assert sent_again[Step.ENTERED] == Amounts(0, POINT, 1, 30)
    assert sent_again[Step.ASSESSED] == Amounts(4_000)


def test_a_case_brought_back_by_a_new_list_came_in_once() -> None:
    sums = _sums(replay(CASE, _moves(S.UNALLOCATED, S.WITHDRAWN, S.UNALLOCATED), ALWAYS))
    assert sums[Step.ENTERED] == Amounts(0, POINT, 1, 30)
    assert sums[Step.REMOVED] == NOTHING


def test_a_reopened_case_is_no_longer_done_and_tells_that_it_lost() -> None:
    sums = _sums(replay(CASE, _moves(S.UNALLOCATED, S.AUTHORISED, S.CLOSED, S.UNALLOCATED), ALWAYS))
    assert sums[Step.REVERSED] == Amounts(-POINT, 0, 1)
    assert sums[Step.CLEARED] == Amounts(6_000)
    assert sums[Step.REMOVED] == NOTHING


def test_a_change_of_worker_changes_nothing_earned() -> None:
    moves = _moves(S.UNALLOCATED, S.AUTHORISED, S.AGREED)
    moves.append(replace(moves[-1], stays=True))
    assert _sums(replay(CASE, moves, ALWAYS))[Step.AGREED] == Amounts(3_000)


def test_each_milestone_earns_by_what_was_agreed_on_its_day() -> None:
    later = Terms(assessed=50, agreed=80, number=2)
    terms = terms_on([(FRIDAY + timedelta(weeks=2), later)])
    assert terms(FRIDAY) == STANDARD
    cells = replay(CASE, _moves(S.UNALLOCATED, S.AUTHORISED, S.AGREED), terms)
    assert _sums(cells)[Step.ASSESSED] == Amounts(4_000)
    assert _sums(cells)[Step.AGREED] == Amounts(4_000)


@pytest.mark.parametrize(
    ("kind", "protection", "parts"),
    [
        (AssessmentType.CHILD_AND_FAMILY, False, 10_000),
        (AssessmentType.CHILD_AND_FAMILY, True, 15_000),
        (AssessmentType.INITIAL, False, 6_000),
        (AssessmentType.CORE, False, 10_000),
    ],
)
def test_a_case_weighs_by_its_assessment_and_child_protection(
    kind: AssessmentType, protection: bool, parts: int
) -> None:
    assert weigh(kind, STANDARD, protection=protection) == parts


@pytest.mark.parametrize(
    ("terms", "field"),
    [
        (Terms(child_and_family=0), "child_and_family"),
        (Terms(assessed=101), "assessed"),
        (Terms(screened=-1), "screened"),
        (Terms(assessed=60, agreed=50), "agreed"),
        (Terms(protection=501), "protection"),
        (Terms(assessed_weeks=27), "assessed_weeks"),
        (Terms(assessed_weeks=1, agreed_weeks=2), "agreed_weeks"),
    ],
)
def test_terms_that_cannot_be_meant_are_refused(terms: Terms, field: str) -> None:
    with pytest.raises(Invalid) as caught:
        check_terms(terms)
    assert caught.value.field == field
    check_terms(STANDARD)
    assert shown(STANDARD)["Plan agreed, %"] == "70"


states = st.sampled_from([state for state in CaseState if state is not S.SUBMITTED])
steps = st.tuples(states, st.integers(0, 9), st.booleans())


@given(st.lists(steps, max_size=12), st.integers(0, 12))
def test_counting_as_it_comes_equals_counting_at_the_end(
    told: list[tuple[CaseState, int, bool]], cut: int
) -> None:
    day, moves = FRIDAY, [Move(FRIDAY, S.UNALLOCATED)]
    for after, days, stays in told:
        day += timedelta(days=days)
        moves.append(Move(day, moves[-1].after if stays else after, stays))
    whole = replay(CASE, moves, ALWAYS)
    first = replay(CASE, moves[:cut], ALWAYS)
    added = difference(first, whole)
    for place in first.keys() | added.keys():
        assert first.get(place, NOTHING) + added.get(place, NOTHING) == whole.get(place, NOTHING)
    sums = _sums(whole)
    inside = sums[Step.ENTERED].weight - sums[Step.REMOVED].weight
    assert 0 <= sum(one.earned for one in sums.values()) <= inside
    assert 0 <= sums[Step.CLEARED].cases <= 1 + sums[Step.REMOVED].cases
