"""The District Manager's desk: agree, return, refuse."""

import pytest

from app.agreements.handovers.models import Handover
from app.agreements.proposals.models import Proposal
from app.cases.register.models import Case, CaseMove
from app.cases.scope.models import LedgerPosting
from app.cases.states import CaseState
from app.kernel.errors import Refused
from app.plans.rules import Outcome
from app.work.models import OutboxMessage, TrailEntry
from tests.browse import readable
from tests.makers import a_case, an_authorised_case
from tests.makers_agreements import a_closure, a_flag, a_plan, a_proposal, agree
from tests.world import MovingClock, World

ANSWERS = ("agree", "return", "refuse")


def shown(world: World, proposal_id: int) -> dict[str, str]:
    return {"text_hash": world.row(Proposal, proposal_id).text_hash}


def case_of(world: World, proposal_id: int) -> Case:
    return world.row(Case, world.row(Proposal, proposal_id).case_id)


def test_the_district_manager_agrees_the_words_on_her_screen(world: World, browse) -> None:
    proposal_id = a_proposal(world)
    dina = browse("dina")
    page = dina.get(f"/agreements/{proposal_id}")
    assert world.row(Proposal, proposal_id).text_hash in page
    answer = dina.post(f"/agreements/{proposal_id}/agree", **shown(world, proposal_id))
    assert answer.headers["location"] == "/agreements"
    proposal = world.row(Proposal, proposal_id)
    assert (proposal.decision.value, proposal.decided_by) == ("agreed", world.user("dina"))
    assert case_of(world, proposal_id).state is CaseState.AGREED
    handover = world.rows(Handover)[0]
    assert (handover.proposal_id, handover.receiving_team_id) == (proposal_id, world.team())
    assert {e.subject for e in world.rows(TrailEntry, act="proposal.agree")} == {
        "cases",
        "case_moves",
        "handovers",
        "proposals",
    }
    assert world.user("priya") in {m.to_user_id for m in world.rows(OutboxMessage)}
    assert "By Dina Ferris" in dina.get(f"/agreements/{proposal_id}")


@pytest.mark.parametrize(("answer", "decision"), [("return", "returned"), ("refuse", "refused")])
def test_a_proposal_sent_back_says_why_and_the_case_goes_on(
    world: World, browse, answer: str, decision: str
) -> None:
    proposal_id = a_proposal(world)
    sent = shown(world, proposal_id) | {"points": "Say who tells the school"}
    browse("dina").post(f"/agreements/{proposal_id}/{answer}", **sent)
    proposal = world.row(Proposal, proposal_id)
    assert (proposal.decision.value, proposal.points) == (decision, "Say who tells the school")
    assert case_of(world, proposal_id).state is CaseState.AUTHORISED
    assert "Say who tells the school" in browse("priya").get(f"/agreements/{proposal_id}")


@pytest.mark.parametrize("answer", ["return", "refuse"])
def test_a_proposal_sent_back_without_words_is_shown_again(
    world: World, browse, answer: str
) -> None:
    proposal_id = a_proposal(world)
    sent = shown(world, proposal_id) | {"points": "  "}
    page = browse("dina").post(f"/agreements/{proposal_id}/{answer}", 422, **sent).text
    assert "Write " in readable(page)
    assert 'href="#points"' in page
    assert world.row(Proposal, proposal_id).decision is None


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("tess", 403),
        ("priya", 403),
        ("paula", 403),
        ("hana", 403),
        ("carl", 403),
        ("omar", 404),
        ("eve", 403),
    ],
)
def test_nobody_else_can_record_the_councils_decision(
    world: World, browse, answer: str, who: str, status: int
) -> None:
    proposal_id = a_proposal(world)
    sent = shown(world, proposal_id) | {"points": "No"}
    browse(who).post(f"/agreements/{proposal_id}/{answer}", status, **sent)
    assert case_of(world, proposal_id).state is CaseState.PROPOSED


@pytest.mark.parametrize("answer", ANSWERS)
@pytest.mark.parametrize("edit", ["plan", "closure"])
def test_a_decision_on_words_that_were_changed_is_refused_and_shows_the_new_words(
    world: World, browse, answer: str, edit: str
) -> None:
    proposal_id = a_proposal(world, outcome=Outcome.CLOSE_NFA)
    sent = shown(world, proposal_id) | {"points": "Typed meanwhile"}
    case_id = world.row(Proposal, proposal_id).case_id
    if edit == "plan":
        a_plan(world, case_id, Outcome.CLOSE_NFA, rationale="Quite other words")
    else:
        a_closure(world, case_id, version=1, advice="Quite other words")
    page = readable(browse("dina").post(f"/agreements/{proposal_id}/{answer}", 409, **sent).text)
    assert "Quite other words" in page
    assert "Typed meanwhile" in page
    assert sent["text_hash"] not in page
    assert world.row(Proposal, proposal_id).decision is None
    assert world.row(Case, case_id).state is CaseState.AUTHORISED


def test_words_other_than_those_proposed_cannot_be_agreed(world: World, browse) -> None:
    proposal_id = a_proposal(world)
    answer = browse("dina").post(f"/agreements/{proposal_id}/agree", 409, text_hash="0" * 64)
    assert f'href="/agreements/{proposal_id}">Open the page again' in answer.text
    browse("dina").post(f"/agreements/{proposal_id}/agree", 422)
    assert case_of(world, proposal_id).state is CaseState.PROPOSED


def test_the_same_words_proposed_again_need_an_answer_of_their_own(world: World, browse) -> None:
    first = a_proposal(world)
    sent = shown(world, first)
    case_id = world.row(Proposal, first).case_id
    browse("dina").post(f"/agreements/{first}/return", points="Once more", **sent)
    browse("priya").post(f"/cases/{case_id}/propose")
    answer = browse("dina").post(f"/agreements/{first}/agree", 409, **sent)
    assert "already returned" in answer.text
    assert world.row(Case, case_id).state is CaseState.PROPOSED


def test_a_decision_is_made_once(world: World, browse) -> None:
    proposal_id = a_proposal(world)
    sent = shown(world, proposal_id)
    dina = browse("dina")
    for _ in range(2):
        dina.post(f"/agreements/{proposal_id}/agree", _key="double-press", **sent)
    assert len(world.rows(Handover)) == 1
    answer = dina.post(f"/agreements/{proposal_id}/refuse", 409, points="No", **sent)
    assert "already agreed" in answer.text


def test_agreeing_a_hand_back_ends_the_case_at_once(world: World, browse) -> None:
    case_id = a_case(world)
    a_plan(world, case_id, Outcome.HAND_BACK, by="tess")
    browse("tess").post(f"/cases/{case_id}/propose")
    proposal_id = world.rows(Proposal)[0].id
    sent = shown(world, proposal_id)
    answer = browse("dina").post(f"/agreements/{proposal_id}/agree", 422, **sent)
    assert "Choose what you reply to the agency." in readable(answer.text)
    sent |= {"reply": "sent_in_error", "points": "Struck from next week's list"}
    browse("dina").post(f"/agreements/{proposal_id}/agree", **sent)
    case = world.row(Case, case_id)
    assert (case.state, case.outcome) == (CaseState.HANDED_BACK, "hand_back")
    page = readable(browse("tess").get(f"/agreements/{proposal_id}"))
    assert "Sent in error: the list is put right. Struck from next week" in page
    assert [p.term.value for p in world.rows(LedgerPosting)] == ["opening", "handed_back"]
    assert [m.act for m in world.rows(CaseMove)][-2:] == ["proposal.agree", "case.hand_back"]


@pytest.mark.parametrize("answer", ["return", "refuse"])
def test_a_hand_back_sent_back_leaves_the_case_where_it_was(
    world: World, browse, answer: str
) -> None:
    case_id = a_case(world)
    a_plan(world, case_id, Outcome.HAND_BACK, by="tess")
    browse("tess").post(f"/cases/{case_id}/propose")
    proposal_id = world.rows(Proposal)[0].id
    sent = shown(world, proposal_id) | {"points": "It is ours"}
    browse("dina").post(f"/agreements/{proposal_id}/{answer}", **sent)
    assert world.row(Case, case_id).state is CaseState.UNALLOCATED


def test_only_a_hand_back_is_agreed_with_a_reply(world: World, browse) -> None:
    proposal_id = a_proposal(world)
    sent = shown(world, proposal_id) | {"reply": "taken_back"}
    answer = browse("dina").post(f"/agreements/{proposal_id}/agree", 422, **sent)
    assert "Only a hand-back is agreed with a reply." in readable(answer.text)
    assert case_of(world, proposal_id).state is CaseState.PROPOSED


def test_a_flagged_case_cannot_be_handed_back(world: World, browse) -> None:
    case_id = a_case(world)
    a_plan(world, case_id, Outcome.HAND_BACK, by="tess")
    browse("tess").post(f"/cases/{case_id}/propose")
    a_flag(world, world.row(Case, case_id).reference)
    proposal_id = world.rows(Proposal)[0].id
    dina = browse("dina")
    assert "Open safeguarding flag" in dina.get(f"/agreements/{proposal_id}")
    sent = shown(world, proposal_id) | {"reply": "taken_back"}
    answer = dina.post(f"/agreements/{proposal_id}/agree", 409, **sent)
    assert "A safeguarding flag is open on this case." in answer.text
    assert world.row(Case, case_id).state is CaseState.PROPOSED


def test_the_desk_takes_flagged_cases_first_and_then_the_oldest(
    world: World, browse, clock: MovingClock
) -> None:
    assert "Nothing waits for a decision" in browse("dina").get("/agreements")
    made = []
    for _ in range(3):
        made.append(a_proposal(world))
        clock.move(days=3)
    a_flag(world, case_of(world, made[1]).reference)
    page = browse("dina").get("/agreements")
    order = sorted(made, key=lambda one: page.index(f'href="/agreements/{one}"'))
    assert order == [made[1], made[0], made[2]]
    assert "5 of 5" in readable(page)
    assert "3 proposals wait for a decision" in page
    brief = browse("dina").get(f"/agreements/{made[1]}")
    assert f'href="/agreements/{made[0]}" data-shortcut="n"' in brief
    assert "Nothing waits" in browse("omar").get("/agreements")


def test_the_brief_says_what_changed_since_the_last_decision(world: World, browse) -> None:
    first = a_proposal(world)
    case_id = world.row(Proposal, first).case_id
    dina = browse("dina")
    assert "Changed since the last decision" not in dina.get(f"/agreements/{first}")
    sent = shown(world, first) | {"points": "Name a date"}
    dina.post(f"/agreements/{first}/return", **sent)
    browse("priya").post(f"/cases/{case_id}/propose")
    same = max(row.id for row in world.rows(Proposal))
    assert "these are the words decided before" in dina.get(f"/agreements/{same}")
    a_plan(world, case_id, conditions="After a visit")
    browse("priya").post(f"/cases/{case_id}/propose")
    newest = max(row.id for row in world.rows(Proposal))
    page = dina.get(f"/agreements/{newest}")
    assert "Conditions Put in: After a visit" in readable(page)


@pytest.mark.parametrize("who", ["tess", "priya", "paula", "hana"])
def test_those_who_may_see_a_proposal_get_no_buttons(world: World, browse, who: str) -> None:
    proposal_id = a_proposal(world)
    page = browse(who).get(f"/agreements/{proposal_id}")
    assert "The District Manager decides for the council" in page
    for act in ("agree", "condition", "return", "refuse", "undo"):
        assert f"/agreements/{proposal_id}/{act}" not in page


def test_another_lots_proposal_is_not_there(world: World, browse) -> None:
    proposal_id = a_proposal(world)
    for who in ("omar", "pete", "eve"):
        browse(who).get(f"/agreements/{proposal_id}", 404)
    browse("dina").get("/agreements/999999", 404)
    browse("carl").get("/agreements", 403)


def test_a_proposer_of_the_council_could_not_decide_for_it(world: World) -> None:
    proposal_id = a_proposal(world)
    with world.setting_up() as uow:
        uow.get(Proposal, proposal_id).proposed_by = world.user("dina")
    with pytest.raises(Refused, match="cannot also decide"):
        agree(world, proposal_id)


def test_a_proposal_overtaken_by_new_words_says_so(world: World, browse) -> None:
    proposal_id = a_proposal(world)
    a_plan(world, world.row(Proposal, proposal_id).case_id, rationale="Other words")
    page = browse("dina").get(f"/agreements/{proposal_id}")
    assert "can no longer be decided" in page
    assert "Return with points" not in page


def test_a_case_without_proposal_has_none_on_the_desk(world: World, browse) -> None:
    an_authorised_case(world)
    assert "Nothing waits for a decision" in browse("dina").get("/agreements")
