"""Agreement meetings: an agenda decided in turn, what others heard confirmed, minutes issued."""

import re
from datetime import timedelta
from typing import Any

import pytest

from app.agreements.meetings import queries as meetings
from app.agreements.meetings.models import AgendaItem, AgreementMeeting
from app.agreements.proposals.models import Proposal
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.plans.rules import Outcome
from app.work.models import TrailEntry
from tests.browse import readable
from tests.makers_agreements import a_plan, a_proposal, agree
from tests.world import TODAY, World


def a_meeting(world: World, browse: Any, *proposals: int, who: str = "dina") -> str:
    """The address of a meeting on these proposals."""
    answer = browse(who).post(
        "/agreement-meetings/new",
        lot_id=world.lot(),
        title="Thursday desk",
        held_on=TODAY.isoformat(),
        present="District Manager, team manager",
        proposals=list(proposals),
    )
    return str(answer.headers["location"])


def words(world: World, proposal_id: int, decision: str = "agreed", **more: Any) -> dict[str, Any]:
    text_hash = world.row(Proposal, proposal_id).text_hash
    return {"text_hash": text_hash, "decision": decision} | more


def as_shown(person: Any, page: str) -> dict[str, str]:
    """The version that a page of a meeting was made from, as its buttons send it."""
    return {"_version": re.findall(r'name="_version" value="([0-9]+)"', person.get(page))[0]}


def state_of(world: World, proposal_id: int) -> CaseState:
    return CaseState(world.row(Case, world.row(Proposal, proposal_id).case_id).state)


def test_an_agenda_is_decided_in_turn_and_its_minutes_are_built_from_the_decisions(
    world: World, browse
) -> None:
    first, second, third, fourth, fifth = (a_proposal(world) for _ in range(5))
    dina = browse("dina")
    assert "4 of" not in dina.get("/agreement-meetings/new")
    meeting = a_meeting(world, browse, first, second, third, fourth, fifth)
    assert "Go through the agenda" in dina.get(meeting)
    answer = dina.post(
        f"{meeting}/items/1/decide", **words(world, first, note="Aunt comes on Fridays")
    )
    assert answer.headers["location"] == f"{meeting}/items/2"
    dina.post(
        f"{meeting}/items/2/decide", **words(world, second, "returned", points="Say who visits")
    )
    asked = {
        "conditions": "Ring the school",
        "due_on": (TODAY + timedelta(days=7)).isoformat(),
        "owner_id": world.user("priya"),
    }
    dina.post(f"{meeting}/items/3/decide", **words(world, third, **asked))
    assert [state_of(world, one) for one in (first, second, third, fourth)] == [
        CaseState.AGREED,
        CaseState.AUTHORISED,
        CaseState.AGREED,
        CaseState.PROPOSED,
    ]
    # The decision, the state and the minutes are one entry each time.
    told = world.rows(TrailEntry, act="proposal.agree")
    assert {"agenda_items", "proposals", "cases"} <= {one.subject for one in told}

    assert (
        "issue the minutes in a minute"
        in readable(dina.post(f"{meeting}/issue", 409, **as_shown(dina, meeting)).text).lower()
    )
    world.clock.move(seconds=61)
    seen = as_shown(dina, meeting)
    browse("tess").post(f"{meeting}/items/5/hear", **words(world, fifth, note="Never said"))
    dina.post(f"{meeting}/issue", 409, **seen)
    dina.post(f"{meeting}/issue", **as_shown(dina, meeting))
    page = readable(dina.get(meeting))
    for said in ("Aunt comes on Fridays", "Say who visits", "Agreed on conditions", "Not decided"):
        assert said in page
    row = world.rows(AgreementMeeting)[0]
    assert row.issued_by == world.user("dina")
    assert row.minutes_hash[:16] in dina.get(meeting)
    said = minuted(world, row)
    assert "Ring the school by 27 Nov 2026, Priya Nair" in " ".join(said.values())
    pdf = dina.client.get(f"{meeting}/minutes.pdf")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.content.startswith(b"%PDF-")
    sent = words(world, fourth)
    assert "are issued" in readable(dina.post(f"{meeting}/items/4/decide", 409, **sent).text)
    # Decided later on the desk, it is no part of what was issued.
    agree(world, fourth)
    agree(world, fifth)
    assert "Not decided here" in readable(dina.get(meeting))
    assert minuted(world, row) == said


def minuted(world: World, row: AgreementMeeting) -> dict[str, str]:
    """What the issued minutes say now; by their fingerprint it is what was issued."""
    with world.acting("dina") as uow:
        kept, items = (meetings.find_meeting(uow, row.id), meetings.items_of(uow, row.id))
        said = dict(meetings.minutes_of(uow, kept, items))
    assert meetings.fingerprint(list(said.items())) == row.minutes_hash
    return said


def test_what_the_agency_heard_agreed_binds_nobody_until_the_district_manager_confirms(
    world: World, browse
) -> None:
    first, second, third = (a_proposal(world) for _ in range(3))
    meeting = a_meeting(world, browse, first, second, third, who="tess")
    tess, dina = browse("tess"), browse("dina")
    for place, proposal_id in ((1, first), (2, second)):
        tess.post(f"{meeting}/items/{place}/hear", **words(world, proposal_id))
        assert state_of(world, proposal_id) is CaseState.PROPOSED
        assert world.row(Proposal, proposal_id).decision is None
    for who in ("tess", "paula", "hana"):
        browse(who).post(f"{meeting}/confirm", 403)
        browse(who).post(f"{meeting}/items/1/confirm", 403)
        browse(who).post(f"{meeting}/items/1/decide", 403, **words(world, first))
    assert "2 decisions were recorded in meetings" in readable(dina.get("/"))
    assert "Silence agrees to nothing" in readable(dina.get(meeting))
    # New words meanwhile: what was heard of the old ones is not confirmed.
    a_plan(world, world.row(Proposal, second).case_id, conditions="After a visit")
    page = dina.follow(f"{meeting}/confirm", **as_shown(dina, meeting))
    assert "1 decision confirmed" in readable(page)
    assert state_of(world, first) is CaseState.AGREED
    row = world.row(Proposal, first)
    assert row.decided_by == world.user("dina")
    assert state_of(world, second) is CaseState.AUTHORISED
    assert state_of(world, third) is CaseState.PROPOSED
    assert "silence does not agree" in readable(dina.post(f"{meeting}/items/3/confirm", 409).text)
    assert "0 decisions confirmed" in readable(dina.follow(f"{meeting}/confirm"))


def test_only_what_the_district_manager_was_shown_is_confirmed(world: World, browse) -> None:
    proposal_id = a_proposal(world)
    meeting = a_meeting(world, browse, proposal_id, who="tess")
    tess, dina, item = browse("tess"), browse("dina"), f"{meeting}/items/1"
    tess.post(f"{item}/hear", **words(world, proposal_id, "returned", points="Say who visits"))
    seen, seen_alone = as_shown(dina, meeting), as_shown(dina, item)
    # The agency records another answer while she reads the first.
    tess.post(f"{item}/hear", **words(world, proposal_id, "agreed"))
    for sent, address in ((seen, meeting), (seen_alone, item), ({}, meeting), ({}, item)):
        refused = readable(dina.post(f"{address}/confirm", 409, **sent).text)
        assert "Someone else changed this" in refused
    assert state_of(world, proposal_id) is CaseState.PROPOSED
    dina.post(f"{item}/confirm", **as_shown(dina, item))
    assert state_of(world, proposal_id) is CaseState.AGREED


def test_what_was_decided_on_the_desk_is_not_heard_of_any_more(world: World, browse) -> None:
    proposal_id = a_proposal(world)
    page = a_meeting(world, browse, proposal_id)
    agree(world, proposal_id)
    sent = words(world, proposal_id, "refused", points="Not now")
    answer = browse("tess").post(f"{page}/items/1/hear", 409, **sent)
    assert "does not wait for a decision any more" in answer.text
    assert world.rows(AgendaItem)[0].heard is None


def test_confirming_asks_again_who_is_there(world: World, browse) -> None:
    proposal_id = a_proposal(world)
    meeting, dina = a_meeting(world, browse, proposal_id), browse("dina")
    browse("tess").post(f"{meeting}/items/1/hear", **words(world, proposal_id))
    world.clock.move(minutes=11)
    assert "Show that it is you" in readable(dina.post(f"{meeting}/confirm", 200).text)
    assert state_of(world, proposal_id) is CaseState.PROPOSED


def test_an_agenda_takes_proposals_of_its_lot_that_wait(world: World, browse) -> None:
    proposal_id = a_proposal(world)
    agree(world, proposal_id)
    asked = {"lot_id": world.lot(), "title": "Desk", "held_on": TODAY.isoformat()}
    dina, address = browse("dina"), "/agreement-meetings/new"
    for other, said in (
        ({}, "Tick at least one"),
        ({"proposals": [proposal_id]}, "Tick proposals of this lot"),
        ({"proposals": ["x"]}, "Choose one of the list."),
        ({"held_on": "20/11/2025", "proposals": [proposal_id]}, "is in the past"),
        ({"held_on": "20/11/2027", "proposals": [proposal_id]}, "three months ahead"),
    ):
        assert said in readable(dina.post(address, 422, **asked | other).text)
    browse("omar").post(address, 404, **asked | {"proposals": [proposal_id]})
    browse("priya").get(address, 403)
    assert world.rows(AgreementMeeting) == world.rows(AgendaItem) == []


def test_faulty_decisions_of_an_item_are_shown_again(world: World, browse) -> None:
    proposal_id, back = a_proposal(world), a_proposal(world, outcome=Outcome.HAND_BACK)
    meeting = a_meeting(world, browse, proposal_id, back)
    dina, tess = browse("dina"), browse("tess")
    for other, said in (
        ({"decision": "returned"}, "Write the points to fix"),
        ({"decision": "returned", "conditions": "Ring", "points": "x"}, "Only an agreement"),
        ({"conditions": "Ring"}, "Enter the day"),
        ({"conditions": "Ring", "due_on": TODAY.isoformat()}, "Choose who sees to it"),
        ({"decision": "maybe"}, "from the list"),
    ):
        sent = words(world, proposal_id) | other
        page = dina.post(f"{meeting}/items/1/decide", 422, **sent).text
        assert said in readable(page)
    sent = words(world, proposal_id, "refused")
    assert "why it is refused" in readable(tess.post(f"{meeting}/items/1/hear", 422, **sent).text)
    heard = tess.post(f"{meeting}/items/2/hear", 409, **words(world, back)).text
    assert "not in her name" in readable(heard)
    tess.get(f"{meeting}/items/9", 404)
    assert state_of(world, proposal_id) is CaseState.PROPOSED


@pytest.mark.parametrize(("who", "status"), [("omar", 404), ("tara", 404), ("carl", 403)])
def test_a_meeting_is_its_lots_own(world: World, browse, who: str, status: int) -> None:
    meeting = a_meeting(world, browse, a_proposal(world))
    for address in (meeting, f"{meeting}/items/1", f"{meeting}/minutes.pdf"):
        browse(who).get(address, status)
    assert "Thursday desk" in browse("priya").get(meeting)
