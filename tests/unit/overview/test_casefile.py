"""What comes next for a case and which buttons its reader may press."""

from datetime import UTC, datetime

import pytest

from app.access.grants import GRANTS
from app.access.roles import Role
from app.cases.states import CaseState
from app.kernel.acts import Act
from app.overview.casefile.rules import (
    NEXT,
    Standpoint,
    actions,
    moving_on,
    next_step,
    stages,
    who_leads,
)
from app.plans.rules import Outcome

S = CaseState


def buttons(
    role: Role, state: CaseState, outcome: Outcome | None = None, holds: bool = True
) -> set[Act]:
    return {one.act for one in actions(Standpoint(state, outcome, holds), GRANTS[role])}


def test_every_state_says_what_comes_next_and_who_leads() -> None:
    for state in CaseState:
        assert NEXT[state].what
        assert who_leads(state)


@pytest.mark.parametrize(
    ("state", "outcome", "words"),
    [
        (S.AUTHORISED, None, "Write and propose the outcome plan"),
        (S.AUTHORISED, Outcome.CIN_PLAN, "Propose the outcome plan"),
        (S.AGREED, Outcome.CLOSE_NFA, "Check the gate and close"),
        (S.AGREED, Outcome.CIN_PLAN, "Complete the checklist and request the handover"),
        (S.SUBMITTED, None, "Authorise the assessment or return it"),
        (S.PROPOSED, Outcome.CIN_PLAN, "Decide on the outcome plan"),
        (S.PROPOSED, Outcome.HAND_BACK, "Decide on the hand-back"),
    ],
)
def test_the_next_step_follows_the_plan(state: S, outcome: Outcome | None, words: str) -> None:
    assert next_step(state, outcome).what == words


def test_a_handover_is_the_receiving_teams_move_once_it_was_asked() -> None:
    asked = datetime(2026, 11, 20, tzinfo=UTC)
    assert next_step(S.AGREED, Outcome.CIN_PLAN).who == "Practitioner or team manager"
    assert next_step(S.AGREED, Outcome.CIN_PLAN, asked).who == "Receiving team"


def test_responsibility_is_the_agencys_until_the_council_accepts() -> None:
    asked = datetime(2026, 11, 20, tzinfo=UTC)
    assert who_leads(S.ASSESSING, asked) == who_leads(S.AGREED) == "The agency leads"
    assert who_leads(S.AGREED, asked) == "The agency leads, the receiving team supports"
    assert who_leads(S.HANDED_OVER, asked) == "The receiving team leads"
    assert who_leads(S.HANDED_BACK) == "The council leads"
    assert who_leads(S.CLOSED) == "Nobody leads"


def test_a_practitioner_sees_the_buttons_of_a_case_they_hold() -> None:
    assert buttons(Role.PRACTITIONER, S.ALLOCATED) == {
        Act.ASSESSMENT_START,
        Act.ASSESSMENT_SEEN,
        Act.PLAN_WRITE,
    }
    assert Act.ASSESSMENT_START not in buttons(Role.PRACTITIONER, S.ALLOCATED, holds=False)


def test_a_plan_is_proposed_when_authorised_or_when_it_hands_back() -> None:
    assert Act.PROPOSAL_PROPOSE not in buttons(Role.PRACTITIONER, S.AUTHORISED)
    assert Act.PROPOSAL_PROPOSE in buttons(Role.PRACTITIONER, S.AUTHORISED, Outcome.CIN_PLAN)
    assert Act.PROPOSAL_PROPOSE not in buttons(Role.TEAM_MANAGER, S.ALLOCATED, Outcome.CIN_PLAN)
    assert Act.PROPOSAL_PROPOSE in buttons(Role.TEAM_MANAGER, S.ALLOCATED, Outcome.HAND_BACK)


def test_a_plan_that_closes_waits_for_its_closure() -> None:
    closing = Standpoint(S.AUTHORISED, Outcome.CLOSE_NFA, holds=True, closure_written=False)
    offered = actions(closing, GRANTS[Role.TEAM_MANAGER])
    first = moving_on(offered, S.AUTHORISED)
    assert Act.PROPOSAL_PROPOSE not in {one.act for one in offered}
    assert first is not None
    assert first.act is Act.CLOSURE_WRITE
    step = next_step(S.AUTHORISED, Outcome.CLOSE_NFA, closure_written=False)
    assert step.what == "Write the closure"
    step = next_step(S.AUTHORISED, Outcome.CIN_PLAN, closure_written=False)
    assert step.what == "Propose the outcome plan"
    assert moving_on([one for one in offered if one.act is Act.CLOSURE_WRITE], S.AGREED) is None


def test_only_the_way_the_plan_chose_can_be_gone() -> None:
    closing, handing = Outcome.CLOSE_NFA, Outcome.CIN_PLAN
    assert Act.CLOSURE_CLOSE in buttons(Role.TEAM_MANAGER, S.AGREED, closing)
    assert Act.CLOSURE_CLOSE not in buttons(Role.TEAM_MANAGER, S.AGREED, handing)
    assert Act.HANDOVER_ACCEPT in buttons(Role.DISTRICT_MANAGER, S.AGREED, handing)
    assert Act.HANDOVER_ACCEPT not in buttons(Role.DISTRICT_MANAGER, S.AGREED, closing)
    assert Act.CLOSURE_WRITE in buttons(Role.PRACTITIONER, S.AUTHORISED, closing)
    assert Act.CLOSURE_WRITE not in buttons(Role.PRACTITIONER, S.AUTHORISED, handing)
    assert Act.HANDOVER_PREPARE in buttons(Role.PRACTITIONER, S.AGREED, handing)


def test_an_ended_case_can_only_be_reopened() -> None:
    for state in (S.CLOSED, S.HANDED_OVER):
        assert buttons(Role.TEAM_MANAGER, state, Outcome.CLOSE_NFA) == {Act.CASE_REOPEN}
    assert buttons(Role.TEAM_MANAGER, S.HANDED_BACK) == set()


def test_the_tracker_marks_what_is_done_now_and_next() -> None:
    assert stages(S.ASSESSING)[1:4] == [
        ("Allocated", "done"),
        ("Assessing", "now"),
        ("Submitted", "next"),
    ]
    assert stages(S.CLOSED)[-1] == ("Closed", "now")
    assert stages(S.HANDED_BACK) == [("Handed back", "now")]
    assert stages(S.PROPOSED, S.AUTHORISED) == stages(S.PROPOSED)


def test_a_hand_back_shows_no_stage_that_never_was():
    assert stages(S.PROPOSED, S.ALLOCATED) == [
        ("Unallocated", "done"),
        ("Allocated", "done"),
        ("Proposed", "now"),
        ("Agreed", "next"),
        ("Handed back", "next"),
    ]


def test_only_a_button_that_moves_the_case_on_stands_out() -> None:
    def stands_out(state: CaseState, *acts: Act) -> Act | None:
        found = moving_on(actions(Standpoint(state, None, holds=True), frozenset(acts)), state)
        return found.act if found else None

    assert stands_out(S.UNALLOCATED, Act.CASE_ALLOCATE, Act.CASE_TRANSFER) is Act.CASE_ALLOCATE
    assert stands_out(S.UNALLOCATED, Act.CASE_TRANSFER) is None
    assert stands_out(S.UNALLOCATED) is None
    assert stands_out(S.ASSESSING, Act.PLAN_WRITE) is None
    assert stands_out(S.AUTHORISED, Act.PLAN_WRITE) is Act.PLAN_WRITE
