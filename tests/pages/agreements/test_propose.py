"""Proposing a plan to the District Manager."""

import pytest

from app.agreements.proposals.models import Proposal
from app.cases.register.models import Case
from app.plans.rules import Outcome, hash_of
from app.work.models import OutboxMessage, TrailEntry
from tests.browse import readable
from tests.makers import a_case, an_allocated_case, an_authorised_case
from tests.makers_agreements import a_closed_case, a_closure, a_plan, a_proposal
from tests.world import World


def test_the_practitioner_proposes_exactly_the_words_shown(world: World, browse) -> None:
    case_id = an_authorised_case(world)
    a_plan(world, case_id, rationale="These very words")
    priya = browse("priya")
    assert "These very words" in priya.get(f"/cases/{case_id}/propose")
    answer = priya.post(f"/cases/{case_id}/propose")
    assert answer.headers["location"] == f"/cases/{case_id}"
    proposal = world.rows(Proposal)[0]
    assert "Rationale: These very words" in proposal.text
    assert proposal.text_hash == hash_of(proposal.text)
    assert (proposal.plan_number, proposal.proposed_by) == (1, world.user("priya"))
    assert world.row(Case, case_id).state.value == "proposed"
    # The District Manager reads one digest a day instead of a message for each.
    assert world.rows(OutboxMessage) == []
    assert {e.subject for e in world.rows(TrailEntry, act="proposal.propose")} == {
        "cases",
        "case_moves",
        "proposals",
    }
    assert "already proposed" in priya.get(f"/cases/{case_id}/propose")


def test_a_closure_is_proposed_together_with_its_plan(world: World, browse) -> None:
    case_id = an_authorised_case(world)
    a_plan(world, case_id, Outcome.CLOSE_NFA)
    refused = browse("priya").get(f"/cases/{case_id}/propose", 409)
    assert "Write the closure first" in refused
    assert f'<a class="govuk-link" href="/cases/{case_id}">Go back to the case</a>' in refused
    case_page = readable(browse("priya").get(f"/cases/{case_id}"))
    assert "Next: Write the closure" in case_page
    assert "Propose the outcome plan" not in case_page
    assert "Write the closure first" in browse("priya").post(f"/cases/{case_id}/propose", 409).text
    a_closure(world, case_id, ongoing_support="A mentor at school")
    browse("tess").post(f"/cases/{case_id}/propose")
    assert "Ongoing support: A mentor at school" in world.rows(Proposal)[0].text


@pytest.mark.parametrize(
    ("who", "status"), [("dina", 403), ("hana", 403), ("paula", 403), ("tara", 404), ("pete", 404)]
)
def test_others_cannot_propose(world: World, browse, who: str, status: int) -> None:
    case_id = an_authorised_case(world)
    a_plan(world, case_id)
    browse(who).get(f"/cases/{case_id}/propose", status)
    browse(who).post(f"/cases/{case_id}/propose", status)
    assert world.rows(Proposal) == []


def test_without_a_plan_there_is_nothing_to_propose(world: World, browse) -> None:
    case_id = an_authorised_case(world)
    assert (
        "Write an outcome plan first" in browse("priya").post(f"/cases/{case_id}/propose", 409).text
    )


def test_a_plan_is_not_proposed_twice(world: World, browse) -> None:
    proposal_id = a_proposal(world)
    case_id = world.row(Proposal, proposal_id).case_id
    page = readable(browse("priya").post(f"/cases/{case_id}/propose", 409).text)
    assert "it is proposed now" in page
    assert len(world.rows(Proposal)) == 1


@pytest.mark.parametrize("make", [a_case, an_allocated_case])
def test_a_hand_back_is_proposed_from_any_open_state(world: World, browse, make) -> None:
    case_id = make(world)
    a_plan(world, case_id, Outcome.HAND_BACK, by="tess")
    browse("tess").post(f"/cases/{case_id}/propose")
    case = world.row(Case, case_id)
    assert case.state.value == "proposed"
    assert case.proposed_from is not None


def test_the_plan_of_an_ended_stretch_of_work_cannot_be_proposed_again(
    world: World, browse
) -> None:
    case_id = a_closed_case(world)
    browse("tess").post(f"/cases/{case_id}/reopen", reason="re_referral")
    assert (
        "Write an outcome plan first" in browse("tess").post(f"/cases/{case_id}/propose", 409).text
    )
