"""Meetings of a contract: agendas from figures, decisions, actions until done, frozen minutes."""

from datetime import timedelta

import pytest

from app.cases.actions.models import CaseAction
from app.cases.actions.rules import Ending, Source
from app.reports.meetings import queries
from app.reports.meetings.models import ContractMeeting, MeetingAction, MeetingItem
from app.work.models import OutboxMessage
from tests.browse import readable
from tests.makers import a_case
from tests.makers_reports import a_lot_that_calls_for_talk
from tests.world import TODAY, World

NEXT_WEEK = TODAY + timedelta(days=7)


def a_meeting(world: World, browse, who: str = "paula", **answers: object) -> ContractMeeting:
    """A meeting whose agenda has a proposal that waits and a lot behind its target."""
    a_lot_that_calls_for_talk(world)
    plan = {"contract_id": world.contract(), "kind": "contract", "held_on": TODAY} | answers
    browse(who).post("/meetings/new", **plan)
    return world.rows(ContractMeeting)[-1]


def version(world: World, meeting_id: int) -> int:
    with world.acting("hana") as uow:
        meeting = queries.find_meeting(uow, meeting_id)
        items, actions = queries.items_of(uow, meeting_id), queries.actions_of(uow, meeting_id)
        return queries.version_of(meeting, items, actions)


def item_about(world: World, words: str) -> MeetingItem:
    return next(one for one in world.rows(MeetingItem) if words in one.text)


def test_an_agenda_is_made_from_figures_and_ends_in_frozen_minutes(world: World, browse) -> None:
    meeting = a_meeting(world, browse, present="Both project managers")
    a_case(world, lot="South", reference="S-4711")
    waits = item_about(world, "1 proposal waits")
    paula, hana, carl = browse("paula"), browse("hana"), browse("carl")
    said = readable(carl.get(f"/meetings/{meeting.id}"))
    assert "North has 1 open today where its target planned 0." in said
    assert "Decisions requested" in said
    hana.post(f"/meetings/{meeting.id}/issue", 409, _version=version(world, meeting.id))
    wrong = paula.post(f"/meetings/items/{waits.id}", 422, outcome="decided", _version=1)
    assert "Write what was decided." in wrong.text
    for field in ("note", "what"):
        named = {"outcome": "decided", "note": "Go on.", "_version": 1, field: "Close s-4711."}
        assert "Leave out" in paula.post(f"/meetings/items/{waits.id}", 422, **named).text
    assert "Leave out" in paula.post(f"/meetings/{meeting.id}/items", 422, text="On S-4711.").text
    carls = {"what": "Settle the threshold", "owner_id": world.user("carl"), "due_on": NEXT_WEEK}
    decided = {"outcome": "decided", "note": "Answered by Friday."} | carls
    for who, status in (("carl", 403), ("tess", 404), ("eve", 404)):
        browse(who).post(f"/meetings/items/{waits.id}", status, **decided, _version=1)
    paula.post(f"/meetings/items/{waits.id}", **decided, _version=1)
    paula.post(f"/meetings/items/{waits.id}", 409, **decided, _version=1)
    assert world.rows(OutboxMessage)[-1].to_user_id == world.user("carl")
    paula.post(f"/meetings/{meeting.id}/items", text="The office move")
    stale = version(world, meeting.id)
    a_case(world)
    paula.post(f"/meetings/{meeting.id}/agenda", _version=stale)
    kept = [(one.position, one.text) for one in world.rows(MeetingItem)]
    assert waits.text in {text for _, text in kept}
    assert "The office move" in {text for _, text in kept}
    assert any("North has 2 open today" in text for _, text in kept)
    assert not any("North has 1 open today" in text for _, text in kept)
    assert len({place for place, _ in kept}) == len(kept)
    hana.post(f"/meetings/{meeting.id}/issue", 409, _version=stale)
    paula.post(f"/meetings/{meeting.id}/issue", 403, _version=version(world, meeting.id))
    hana.post(f"/meetings/{meeting.id}/issue", _version=version(world, meeting.id))
    issued = world.row(ContractMeeting, meeting.id)
    for path in ("agenda", "items", "issue"):
        hana.post(f"/meetings/{meeting.id}/{path}", 409, text="More", _version=1)
    [action] = world.rows(MeetingAction)
    carl.post(f"/meetings/actions/{action.id}", 422, words="As in S-4711.")
    carl.post(f"/meetings/actions/{action.id}", words="Settled with both managers.")
    after = world.row(ContractMeeting, meeting.id)
    assert after.minutes == issued.minutes
    assert "Settle the threshold: Carl Dean, by 27 Nov 2026" in after.minutes
    assert len(after.minutes_hash) == 64
    answer = carl.client.get(f"/meetings/{meeting.id}/minutes.pdf")
    assert answer.content.startswith(b"%PDF")


def test_an_action_is_listed_until_its_own_side_says_how_it_went(world: World, browse) -> None:
    a_meeting(world, browse)
    waits = item_about(world, "1 proposal waits")
    hanas = {"what": "Ring the schools", "owner_id": world.user("hana"), "due_on": TODAY}
    browse("paula").post(
        f"/meetings/items/{waits.id}", outcome="noted", note="", **hanas, _version=1
    )
    [action] = world.rows(MeetingAction)
    world.clock.move(days=1)
    said = readable(browse("hana").get("/meetings"))
    assert "1 open, 1 past their day" in said
    assert "Hana Lowe, council 20 Nov 2026 Overdue" in said
    soon = {"contract_id": world.contract(), "held_on": NEXT_WEEK}
    browse("paula").post("/meetings/new", kind="project", **soon)
    project = world.rows(ContractMeeting)[-1].id
    texts = [one.text for one in world.rows(MeetingItem, meeting_id=project)]
    assert "1 action from a meeting is past its day." in texts
    browse("paula").post("/meetings/new", kind="weekly", lot_id=world.lot(), **soon)
    weekly = world.rows(ContractMeeting)[-1].id
    texts = [one.text for one in world.rows(MeetingItem, meeting_id=weekly)]
    assert texts
    assert not any("from a meeting" in one for one in texts)
    browse("carl").get(f"/meetings/{project}", 404)
    assert "Say in a few words" in browse("hana").post(f"/meetings/actions/{action.id}", 422).text
    assert "Ring the schools" in browse("carl").get(f"/meetings/actions/{action.id}")
    browse("hana").post(f"/meetings/actions/{action.id}", words="All four were rung.")
    browse("hana").post(f"/meetings/actions/{action.id}", 409, words="Again.")
    assert "No action is open" in browse("hana").get("/meetings")


def test_a_weekly_meeting_is_of_one_lot_and_puts_actions_on_cases(world: World, browse) -> None:
    reference = "N-4711"
    case_id = a_case(world, reference=reference)
    meeting = a_meeting(world, browse, "tess", kind="weekly", lot_id=world.lot())
    texts = [one.text for one in world.rows(MeetingItem)]
    assert any("North" in text for text in texts)
    assert not any("£" in text or "South" in text for text in texts)
    item = item_about(world, "1 proposal waits")
    asked = {
        "outcome": "decided",
        "note": "To be seen this week.",
        "what": "See the child with the health visitor",
        "owner_id": world.user("tess"),
        "due_on": NEXT_WEEK,
        "_version": 1,
    }
    wrong = browse("dina").post(f"/meetings/items/{item.id}", 422, **asked | {"reference": "X"})
    assert "No open case of this lot has this reference." in wrong.text
    assert world.rows(MeetingAction) == []
    browse("dina").post(f"/meetings/items/{item.id}", **asked | {"reference": reference})
    [on_case] = world.rows(CaseAction)
    assert (on_case.case_id, on_case.source) == (case_id, Source.WEEKLY_MEETING)
    [action] = world.rows(MeetingAction)
    assert action.case_action_id == on_case.id
    assert (
        "mark it done there"
        in browse("tess").post(f"/meetings/actions/{action.id}", 409, words="Done.").text
    )
    browse("tess").post(f"/actions/{on_case.id}/done")
    assert world.row(CaseAction, on_case.id).ending is Ending.DONE
    assert "No action is open" in browse("dina").get("/meetings")
    for who, status in (("omar", 404), ("carl", 404), ("eve", 404), ("priya", 403)):
        browse(who).get(f"/meetings/{meeting.id}", status)
    with world.setting_up() as uow:
        uow.get(ContractMeeting, meeting.id).issued_at = None
    browse("dina").post(f"/meetings/{meeting.id}/issue", _version=version(world, meeting.id))
    assert reference not in world.row(ContractMeeting, meeting.id).minutes


@pytest.mark.parametrize(
    ("who", "answers", "words"),
    [
        ("tess", {"kind": "weekly"}, "Choose the lot"),
        ("paula", {"kind": "board", "lot_id": "North"}, "Only a weekly meeting is of one lot"),
        ("paula", {"held_on": TODAY - timedelta(days=1)}, "is in the past"),
        ("paula", {"held_on": TODAY + timedelta(days=93)}, "at most three months ahead"),
        ("paula", {"kind": "picnic"}, "from the list"),
    ],
)
def test_a_meeting_that_cannot_be_meant_is_shown_again(
    world: World, browse, who: str, answers: dict[str, object], words: str
) -> None:
    plan = {"contract_id": world.contract(), "kind": "contract", "held_on": TODAY} | answers
    if plan.get("lot_id"):
        plan["lot_id"] = world.lot()
    assert words in browse(who).post("/meetings/new", 422, **plan).text
    assert world.rows(ContractMeeting) == []


def test_nobody_plans_a_meeting_that_is_not_their_own(world: World, browse) -> None:
    plan = {"contract_id": world.contract(), "kind": "board", "held_on": TODAY}
    for who, status in (("tess", 409), ("dina", 409), ("carl", 403), ("priya", 403), ("eve", 404)):
        browse(who).post("/meetings/new", status, **plan)
