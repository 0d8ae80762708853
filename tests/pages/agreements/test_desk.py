"""The District Manager's desk: decide by key, on conditions, take back, and on to the next."""

from datetime import timedelta
from typing import Any

import pytest

from app.agreements.closures import service as closures
from app.agreements.closures.models import Closure
from app.agreements.conditions.models import Condition
from app.agreements.handovers.models import Handover
from app.agreements.proposals import queries as desk
from app.agreements.proposals.head import list_first_out
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import Decision
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.kernel.errors import Refused
from app.plans.rules import Outcome
from app.work.models import OutboxMessage, TrailEntry
from tests.browse import readable
from tests.makers_agreements import a_flag, a_plan, a_proposal, agree
from tests.questions import questions
from tests.world import TODAY, World


def shown(world: World, proposal_id: int, **more: Any) -> dict[str, Any]:
    return {"text_hash": world.row(Proposal, proposal_id).text_hash} | more


def state_of(world: World, proposal_id: int) -> CaseState:
    return CaseState(world.row(Case, world.row(Proposal, proposal_id).case_id).state)


def conditions(world: World, proposal_id: int, **other: Any) -> dict[str, Any]:
    asked = {
        "conditions": "Ring the school\nVisit once more",
        "due_on": (TODAY + timedelta(days=7)).isoformat(),
        "owner_id": world.user("priya"),
    }
    return shown(world, proposal_id) | asked | other


def test_after_a_decision_the_next_proposal_opens_by_itself(world: World, browse) -> None:
    first, second, third = (a_proposal(world) for _ in range(3))
    dina = browse("dina")
    # Whoever passes one over comes to it again at the end.
    answer = dina.post(f"/agreements/{second}/agree", **shown(world, second))
    assert answer.headers["location"] == f"/agreements/{third}"
    answer = dina.post(f"/agreements/{third}/return", **shown(world, third, points="A date"))
    assert answer.headers["location"] == f"/agreements/{first}"
    page = dina.get(f"/agreements/{first}")
    for key in "arxcu":
        assert f'data-shortcut="{key}"' in page
    assert dina.post(f"/agreements/{first}/agree", **shown(world, first)).headers["location"] == (
        "/agreements"
    )
    assert "Working day" not in dina.get(f"/agreements/{first}")


def test_a_decision_is_taken_back_within_a_minute_and_the_proposal_is_out_again(
    world: World, browse
) -> None:
    handed, closed, back = (
        a_proposal(world, outcome=outcome)
        for outcome in (Outcome.CIN_PLAN, Outcome.CLOSE_NFA, Outcome.CIN_PLAN)
    )
    dina = browse("dina")
    for proposal_id, answer in ((handed, "condition"), (closed, "agree"), (back, "refuse")):
        said = {"points": "No"} if answer == "refuse" else {}
        sent = conditions(world, proposal_id) if answer == "condition" else {}
        dina.post(f"/agreements/{proposal_id}/{answer}", **shown(world, proposal_id) | said | sent)
        assert "Take it back" in dina.get("/agreements")
        dina.post(f"/agreements/{proposal_id}/undo")
        assert state_of(world, proposal_id) is CaseState.PROPOSED
        row = world.row(Proposal, proposal_id)
        assert (row.decision, row.decided_by, row.decided_at, row.conditions) == (None,) * 3 + (0,)
    assert world.rows(Handover) == world.rows(Condition) == []
    assert world.rows(Closure)[0].proposal_id is None
    assert "Take it back" not in dina.get("/agreements")
    assert len({one.seq for one in world.rows(TrailEntry, act="proposal.undo")}) > 3
    assert "A decision was taken back" in {one.subject for one in world.rows(OutboxMessage)}
    # They can be decided anew.
    for proposal_id in (handed, closed, back):
        agree(world, proposal_id)
        assert state_of(world, proposal_id) is CaseState.AGREED


def test_a_decision_stands_once_a_minute_is_over_or_something_followed_or_for_others(
    world: World, browse
) -> None:
    proposal_id = a_proposal(world)
    case_id = agree(world, proposal_id)
    for who, status in (("tess", 403), ("hana", 403), ("omar", 404)):
        browse(who).post(f"/agreements/{proposal_id}/undo", status)
    world.clock.move(seconds=61)
    assert "within a minute" in readable(
        browse("dina").post(f"/agreements/{proposal_id}/undo", 409).text
    )

    a_plan(world, case_id, conditions="After a visit")
    world.clock.move(minutes=-1)
    assert "Something followed" in readable(
        browse("dina").post(f"/agreements/{proposal_id}/undo", 409).text
    )
    handed_back = a_proposal(world, outcome=Outcome.HAND_BACK)
    agree(world, handed_back)
    browse("dina").post(f"/agreements/{handed_back}/undo", 409)
    assert state_of(world, handed_back) is CaseState.HANDED_BACK


def test_an_agreement_stands_once_one_of_its_conditions_is_met(world: World, browse) -> None:
    proposal_id = a_proposal(world)
    dina = browse("dina")
    dina.post(f"/agreements/{proposal_id}/condition", **conditions(world, proposal_id))
    first, _ = world.rows(Condition)
    browse("priya").post(f"/conditions/{first.id}/met", note="Rang the school")
    assert "is met already" in dina.post(f"/agreements/{proposal_id}/undo", 409).text
    assert len(world.rows(Condition)) == 2
    assert state_of(world, proposal_id) is CaseState.AGREED


def test_a_decision_on_words_that_were_written_anew_is_not_taken_back(world: World, browse) -> None:
    proposal_id = a_proposal(world)
    case_id = world.row(Proposal, proposal_id).case_id
    dina = browse("dina")
    dina.post(f"/agreements/{proposal_id}/return", **shown(world, proposal_id, points="A date"))
    a_plan(world, case_id, rationale="The grandmother moves in after all")
    assert "so it stands" in dina.post(f"/agreements/{proposal_id}/undo", 409).text
    assert world.row(Proposal, proposal_id).decision is Decision.RETURNED
    assert state_of(world, proposal_id) is CaseState.AUTHORISED


def test_a_decision_stands_once_its_file_was_audited_or_weeks_were_worked_out_with_it(
    world: World, browse
) -> None:
    dina, tess = browse("dina"), browse("tess")
    grades = dict.fromkeys(("record", "voice", "risk", "plan"), "good")
    for began in ("audit", "weeks"):
        proposal_id = a_proposal(world)
        case_id = world.row(Proposal, proposal_id).case_id
        dina.post(f"/agreements/{proposal_id}/agree", **shown(world, proposal_id))
        if began == "audit":
            tess.post(f"/cases/{case_id}/handover/audit", **grades)
        else:
            tess.post("/handovers/smoothing", lot_id=world.lot())
        stands = dina.post(f"/agreements/{proposal_id}/undo", 409).text
        assert "prepared already" in readable(stands)
        assert state_of(world, proposal_id) is CaseState.AGREED


def test_conditions_block_the_end_until_they_are_met(world: World, browse) -> None:
    proposal_id = a_proposal(world, outcome=Outcome.CLOSE_NFA)
    case_id = world.row(Proposal, proposal_id).case_id
    dina, priya = browse("dina"), browse("priya")
    dina.post(f"/agreements/{proposal_id}/condition", **conditions(world, proposal_id))
    assert state_of(world, proposal_id) is CaseState.AGREED
    assert world.row(Proposal, proposal_id).conditions == 2
    with world.acting("tess") as uow, pytest.raises(Refused, match="Ring the school"):
        closures.close(uow, case_id)
    assert "Agreed on conditions" in readable(priya.get(f"/agreements/{proposal_id}"))

    ring, visit = (one.id for one in world.rows(Condition))
    assert "Enter how it was met" in readable(priya.post(f"/conditions/{ring}/met", 422).text)
    priya.post(f"/conditions/{ring}/met", note="Rang the head of year")
    assert "met already" in readable(
        browse("tess").post(f"/conditions/{ring}/met", 409, note="Again").text
    )
    browse("paula").post(f"/conditions/{visit}/met", 409, note="Not hers")
    browse("omar").get(f"/conditions/{visit}/met", 404)
    with world.acting("tess") as uow, pytest.raises(Refused, match="Visit once more"):
        closures.close(uow, case_id)
    browse("tess").post(f"/conditions/{visit}/met", note="Seen at home")
    with world.acting("tess") as uow:
        closures.close(uow, case_id)
    assert state_of(world, proposal_id) is CaseState.CLOSED


def test_faulty_conditions_are_shown_again_and_only_the_council_sets_them(
    world: World, browse
) -> None:
    proposal_id = a_proposal(world)
    dina, address = browse("dina"), f"/agreements/{proposal_id}/condition"
    for other, words in (
        ({"conditions": " "}, "Enter the conditions"),
        ({"due_on": "31/02/2027"}, "February 2027 has 28 days"),
        ({"owner_id": world.user("omar")}, "Choose somebody who works in the case"),
        ({"due_on": (TODAY - timedelta(days=1)).isoformat()}, "is in the past"),
    ):
        sent = conditions(world, proposal_id, **other)
        assert words in readable(dina.post(address, 422, **sent).text)
    for who in ("tess", "priya", "paula", "hana"):
        browse(who).post(address, 403, **conditions(world, proposal_id))
    stale = conditions(world, proposal_id, text_hash="0" * 64)
    dina.post(address, 409, **stale)
    assert world.rows(Condition) == []
    assert state_of(world, proposal_id) is CaseState.PROPOSED


def test_an_edit_reopens_the_agreement_and_its_conditions_no_longer_count(
    world: World, browse
) -> None:
    proposal_id = a_proposal(world)
    case_id = world.row(Proposal, proposal_id).case_id
    browse("dina").post(f"/agreements/{proposal_id}/condition", **conditions(world, proposal_id))
    a_plan(world, case_id, conditions="After a visit")
    assert state_of(world, proposal_id) is CaseState.AUTHORISED
    met = world.rows(Condition)[0].id
    assert "does not stand" in readable(
        browse("tess").post(f"/conditions/{met}/met", 409, note="Done").text
    )


def test_the_brief_says_what_happened_since_the_reader_looked(world: World, browse) -> None:
    first = a_proposal(world)
    case_id = world.row(Proposal, first).case_id
    dina = browse("dina")
    assert "Since you looked" not in dina.get(f"/agreements/{first}")
    world.database.views.write(world.database)
    world.clock.move(minutes=20)
    a_plan(world, case_id, rationale="The grandmother moves in, so the plan can end sooner.")
    browse("priya").post(f"/cases/{case_id}/propose")
    newest = max(row.id for row in world.rows(Proposal))
    page = readable(dina.get(f"/agreements/{newest}"))
    assert "Changed since the words you last saw" in page
    assert "Put in: The grandmother moves in" in page
    assert "Since you looked on 20 Nov 2026, 10:00" in page
    assert "Authorised, 20 Nov 2026, 10:20" in page


def test_both_sides_see_the_councils_clock(world: World, browse) -> None:
    proposal_id = a_proposal(world)
    world.clock.move(days=10)
    for who in ("dina", "priya", "tess", "paula"):
        page = readable(browse(who).get(f"/agreements/{proposal_id}"))
        assert "Working day 6 of 5 Late by 1" in page
    case_id = world.row(Proposal, proposal_id).case_id
    assert "working day 6 of 5" in readable(browse("priya").get(f"/cases/{case_id}"))


def test_the_desk_is_gone_through_flagged_first_part_by_part_and_from_any_place(
    world: World,
) -> None:
    made = [a_proposal(world) for _ in range(5)]
    for one in (made[1], made[3]):
        a_flag(world, world.row(Case, world.row(Proposal, one).case_id).reference)
    order = [made[1], made[3], made[0], made[2], made[4]]
    with world.acting("dina") as uow:
        assert [one.id for one in list_first_out(uow, 3)] == order[:3]
        assert [one.id for one in desk.list_out_of(uow, world.lot())] == order
        assert desk.list_out_of(uow, world.lot("Mid")) == []
        assert [desk.next_out(uow, one) for one in order] == [*order[1:], order[0]]
        for size, offset in ((3, 0), (3, 3), (2, 1), (1, 4), (9, 5)):
            part = [one.id for one in desk._waiting(uow, size, offset)]
            assert part == order[offset : offset + size]
        assert [one.id for one in desk.list_out(uow).rows] == order
        assert desk.list_out(uow).total == desk.count_out(uow) == 5
    with world.acting("pete") as uow:
        assert (desk.count_out(uow), list_first_out(uow, 9)) == (0, [])


def test_the_desk_asks_as_much_for_many_proposals_as_for_one(world: World, browse) -> None:
    dina, hana = browse("dina"), browse("hana")
    numbers = []
    for _ in range(2):
        proposal_id = a_proposal(world)
        asked_of_each = []
        for reader, page in (
            (dina, "/agreements"),
            (dina, f"/agreements/{proposal_id}"),
            (dina, "/agreement-meetings/new"),
            (dina, "/agreement-meetings"),
            (hana, "/disagreements"),
            (hana, "/digests"),
            (dina, "/"),
        ):
            with questions(world) as asked:
                reader.get(page)
            asked_of_each.append(len(asked))
        numbers.append(asked_of_each)
    assert numbers[0] == numbers[1]
    desk_page, brief, plan, meetings, disagreements, digests, home = numbers[0]
    assert max(desk_page, plan, meetings, disagreements, digests) <= 7, numbers
    assert brief <= 20, numbers
    assert home <= 30, numbers
