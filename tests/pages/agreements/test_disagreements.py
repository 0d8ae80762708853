"""Disagreements: both positions stand as they were said, and a third person settles them."""

from app.agreements.disagreements.models import Disagreement, DisagreementEntry
from app.agreements.proposals import service as proposals
from app.agreements.proposals.models import Proposal
from app.cases.register.models import Case
from app.work.models import OutboxMessage
from tests.browse import readable
from tests.makers_agreements import a_proposal, agree
from tests.world import World

OURS = "The aunt looks after her every week, so a plan at home is safe."
THEIRS = "Two visits are too few to know how the weekends go."
THIRD = "Both have a point: one more visit, then the same plan."


def a_refused(world: World, *, seconds_ago: int = 61) -> int:
    proposal_id = a_proposal(world)
    with world.acting("dina") as uow:
        text_hash = world.row(Proposal, proposal_id).text_hash
        proposals.refuse(uow, proposal_id, text_hash, "Too soon")
    world.clock.move(seconds=seconds_ago)
    return proposal_id


def test_both_positions_go_to_the_head_of_service_who_settles(world: World, browse) -> None:
    proposal_id = a_refused(world)
    tess, dina, hana = browse("tess"), browse("dina"), browse("hana")
    assert "Disagree with this decision" in tess.get(f"/agreements/{proposal_id}")
    assert "Disagree with this decision" not in dina.get(f"/agreements/{proposal_id}")
    assert "No disagreement" in dina.get("/disagreements")
    short = tess.post(f"/agreements/{proposal_id}/disagree", 422, said="No")
    assert "at least 20 characters" in readable(short.text)
    answer = tess.post(f"/agreements/{proposal_id}/disagree", said=OURS)
    address = answer.headers["location"]
    assert "already" in readable(
        tess.post(f"/agreements/{proposal_id}/disagree", 409, said=OURS).text
    )

    assert "has not said its position" in readable(tess.post(f"{address}/escalate", 409).text)
    hana.post(f"{address}/settle", 409, outcome="stands", said=THIRD)
    dina.post(f"{address}/answer", said=THEIRS)
    tess.post(f"{address}/escalate")
    assert "already" in readable(dina.post(f"{address}/escalate", 409).text)
    assert "With the head of service" in hana.get("/disagreements")
    assert "1 disagreement waits for your view" in readable(hana.get("/"))
    for who in ("tess", "paula", "dina", "priya"):
        browse(who).post(f"{address}/settle", 403, outcome="stands", said=THIRD)
    assert "Choose" in readable(hana.post(f"{address}/settle", 422, said=THIRD).text)
    hana.post(f"{address}/settle", outcome="propose_again", said=THIRD)

    page = readable(tess.get(address))
    for said in (OURS, THEIRS, THIRD, "proposed again and decided anew", "Settled"):
        assert said in page
    kinds = [(one.kind.value, one.organisation.value) for one in world.rows(DisagreementEntry)]
    assert kinds == [
        ("agency", "agency"),
        ("council", "council"),
        ("escalated", "agency"),
        ("view", "council"),
    ]
    assert "nothing is added" in readable(tess.post(f"{address}/answer", 409, said=OURS).text)
    # The decision stands until both sides act: the case did not move.
    assert world.row(Proposal, proposal_id).decision.value == "refused"
    case_id = world.row(Proposal, proposal_id).case_id
    assert world.row(Case, case_id).state.value == "authorised"
    told = {one.to_user_id for one in world.rows(OutboxMessage) if "isagree" in one.subject}
    assert told == {world.user("dina"), world.user("hana"), world.user("tess")}


def test_a_decision_that_can_be_taken_back_is_not_disagreed_with_yet(world: World, browse) -> None:
    proposal_id = a_refused(world, seconds_ago=60)
    tess, address = browse("tess"), f"/agreements/{proposal_id}/disagree"
    early = tess.post(address, 422, said=OURS).text
    assert "taken back for a minute" in readable(early)
    assert OURS in early
    browse("dina").post(f"/agreements/{proposal_id}/undo")
    tess.post(address, 409, said=OURS)
    assert world.rows(Disagreement) == []


def test_only_the_latest_return_or_refusal_is_disagreed_with(world: World, browse) -> None:
    agreed = a_proposal(world)
    agree(world, agreed)
    tess = browse("tess")
    assert "returned or refused" in readable(
        tess.post(f"/agreements/{agreed}/disagree", 409, said=OURS).text
    )
    refused = a_refused(world)
    browse("priya").post(f"/cases/{world.row(Proposal, refused).case_id}/propose")
    assert "newer proposal" in readable(
        tess.post(f"/agreements/{refused}/disagree", 409, said=OURS).text
    )
    for who, status in (("priya", 403), ("dina", 403), ("tara", 404)):
        browse(who).post(f"/agreements/{refused}/disagree", status, said=OURS)
    assert world.rows(Disagreement) == []
