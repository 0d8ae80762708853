"""Rules of outcome plans, and their exact words."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.states import CaseState, Standing
from app.kernel.errors import Invalid, Refused
from app.plans.rules import (
    Draft,
    HandBackAdvice,
    HandBackReason,
    Outcome,
    Route,
    check_draft,
    check_standing,
    entries,
    hash_of,
    possible,
    read_wording,
    voids,
    wording,
)

TODAY = date(2026, 11, 20)
names = st.text("abcdefgh ", min_size=1, max_size=12).map(str.strip).filter(bool)
words = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.just("\n"), min_size=1)


def draft(outcome: Outcome = Outcome.CIN_PLAN, **others: object) -> Draft:
    values = {"outcome": outcome, "target_on": TODAY, "rationale": "Because."}
    if outcome.needs_team:
        values["receiving_team_id"] = 1
    if outcome is Outcome.HAND_BACK:
        values["hand_back_reason"] = HandBackReason.AT_COURT
        values["hand_back_advice"] = HandBackAdvice.HOLDER_TOLD
    return Draft(**values | others)


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_has_a_plan_without_fault(outcome: Outcome) -> None:
    check_draft(draft(outcome), today=TODAY, lot_team_ids={1})


@pytest.mark.parametrize(
    ("faulty", "field"),
    [
        (draft(receiving_team_id=None), "receiving_team_id"),
        (draft(receiving_team_id=2), "receiving_team_id"),
        (draft(Outcome.OTHER_AUTHORITY, receiving_team_id=1), "receiving_team_id"),
        (draft(target_on=date(2026, 11, 19)), "target_on"),
        (draft(Outcome.HAND_BACK, hand_back_reason=None), "hand_back_reason"),
        (draft(hand_back_reason=HandBackReason.AT_COURT), "hand_back_reason"),
        (draft(Outcome.HAND_BACK, hand_back_advice=None), "hand_back_advice"),
        (draft(hand_back_advice=HandBackAdvice.NOT_NEEDED), "hand_back_advice"),
        (draft(advice_note="Told"), "hand_back_advice"),
    ],
)
def test_a_fault_names_its_field(faulty: Draft, field: str) -> None:
    with pytest.raises(Invalid) as fault:
        check_draft(faulty, today=TODAY, lot_team_ids={1})
    assert fault.value.field == field


def test_routes_follow_from_outcomes() -> None:
    assert {one for one in Outcome if one.route is Route.CLOSURE} == {
        Outcome.CLOSE_NFA,
        Outcome.CLOSE_EARLY_HELP,
    }
    assert not Outcome.OTHER_AUTHORITY.needs_team
    assert Route.HAND_BACK.label == "Hand-back"


@pytest.mark.parametrize(
    ("standing", "only_hand_back"),
    [
        (Standing(CaseState.UNALLOCATED), True),
        (Standing(CaseState.SUBMITTED), True),
        (Standing(CaseState.PROPOSED, CaseState.ALLOCATED), True),
        (Standing(CaseState.AUTHORISED), False),
        (Standing(CaseState.PROPOSED, CaseState.AUTHORISED), False),
        (Standing(CaseState.AGREED, CaseState.AUTHORISED), False),
    ],
)
def test_what_can_be_planned_depends_on_where_the_case_came_from(
    standing: Standing, only_hand_back: bool
) -> None:
    assert (possible(standing) == (Outcome.HAND_BACK,)) is only_hand_back
    check_standing(standing, Outcome.HAND_BACK)


def test_early_help_accepts_what_is_stepped_down_and_nothing_is_closed_to_it() -> None:
    standing = Standing(CaseState.AUTHORISED)
    assert Outcome.STEP_DOWN in possible(standing)
    assert Outcome.STEP_DOWN.needs_team
    with pytest.raises(Refused, match="step it down"):
        check_standing(standing, Outcome.CLOSE_EARLY_HELP)


def test_an_ended_case_has_no_possible_outcome() -> None:
    with pytest.raises(Refused, match="Reopen it"):
        possible(Standing(CaseState.CLOSED))


def test_a_handover_cannot_be_planned_before_authorisation() -> None:
    with pytest.raises(Refused, match="only a hand-back"):
        check_standing(Standing(CaseState.ASSESSING), Outcome.CIN_PLAN)


def test_only_words_that_are_out_or_agreed_can_be_overtaken() -> None:
    assert {state for state in CaseState if voids(state)} == {CaseState.PROPOSED, CaseState.AGREED}


def test_a_target_more_than_a_year_off_is_far() -> None:
    assert not draft(target_on=date(2027, 11, 21)).is_far(TODAY)
    assert draft(target_on=date(2027, 11, 22)).is_far(TODAY)


def test_a_plan_says_what_it_holds_and_leaves_out_what_is_empty() -> None:
    said = entries(draft(conditions="A visit"), "North locality")
    assert list(said) == ["Outcome", "Receiving team", "Target date", "Rationale", "Conditions"]
    said = entries(draft(Outcome.HAND_BACK), None)
    assert said["Reason for handing back"] == "In court proceedings"


@given(st.dictionaries(names, words, min_size=1))
def test_exact_words_can_be_read_back(said: dict[str, str]) -> None:
    assert read_wording(wording(said)) == said


def test_words_cannot_pose_as_an_entry_of_their_own() -> None:
    posing = {"Rationale": "Fine.\nConditions: none"}
    assert read_wording(wording(posing)) == posing
    assert wording(posing) != wording({"Rationale": "Fine.", "Conditions": "none"})


def test_a_changed_letter_changes_the_hash() -> None:
    assert hash_of("Agreed") != hash_of("agreed")
    assert len(hash_of("")) == 64
