"""A commentary is drafted from the figures, edited by a named person, issued, and then stands."""

from datetime import date, timedelta

from app.performance.measures.rules import Measure
from app.reports.commentary import queries, service
from app.reports.commentary.models import Commentary, CommentarySentence
from app.reports.commentary.rules import Topic
from tests.browse import readable
from tests.makers import a_case
from tests.makers_reports import a_lot_that_calls_for_talk, a_reading
from tests.makers_service_levels import a_level, readings
from tests.world import World


def a_draft(world: World, browse) -> int:
    a_lot_that_calls_for_talk(world)
    browse("paula").post(f"/commentary/contracts/{world.contract()}/draft")
    return int(world.rows(Commentary)[-1].id)


def test_a_draft_is_edited_issued_and_read_by_the_commissioner(world: World, browse) -> None:
    draft_id = a_draft(world, browse)
    reference = "LATE-CASE"
    a_case(world, reference=reference)
    paula, hana, carl = browse("paula"), browse("hana"), browse("carl")
    sentences = {one.text: one for one in world.rows(CommentarySentence)}
    waiting = sentences["1 proposal waits for the council’s decision in North."]
    assert "North has 1 open today where its target planned 0." in sentences
    carl.get(f"/commentary/{draft_id}", 404)
    assert (
        "is not among the figures"
        in paula.post(
            f"/commentary/sentences/{waiting.id}", 422, text="All 7 wait in North.", _version=1
        ).text
    )
    named = {"text": f"{reference.lower()} waits in North.", "_version": 1}
    assert "Leave out" in paula.post(f"/commentary/sentences/{waiting.id}", 422, **named).text
    edited = "North has 1 proposal before the council since the half-term break."
    paula.post(f"/commentary/sentences/{waiting.id}", text=edited, _version=1)
    out = sentences["North has 1 open today where its target planned 0."]
    paula.post(f"/commentary/sentences/{out.id}", left_out="yes", _version=1)
    hana.post(f"/commentary/sentences/{waiting.id}", 409, text=edited, _version=1)
    hana.post(f"/commentary/{draft_id}/issue", 409, _version=1)
    with world.acting("hana") as uow:
        version = queries.version_of(queries.sentences_of(uow, draft_id))
    hana.post(f"/commentary/{draft_id}/issue", _version=version)
    hana.post(f"/commentary/{draft_id}/issue", 409, _version=version)
    said = readable(carl.get("/commentary"))
    assert edited in said
    assert "Edited by Paula Marsh" in said
    assert "Issued by Hana Lowe" in said
    assert "where its target planned" not in said
    assert "where its target planned" not in carl.get(f"/commentary/{draft_id}")
    paula.post(f"/commentary/sentences/{waiting.id}", 409, text=edited, _version=2)
    assert edited in said_to(world, "carl")


def said_to(world: World, who: str) -> list[str]:
    with world.acting(who) as uow:
        return [one.text for _, said in queries.in_force(uow) for one in said]


def test_a_new_draft_takes_the_place_of_the_last_and_others_cannot_write(
    world: World, browse
) -> None:
    draft_id = a_draft(world, browse)
    before = len(world.rows(CommentarySentence))
    a_case(world)
    browse("hana").post(f"/commentary/contracts/{world.contract()}/draft")
    assert [one.id for one in world.rows(Commentary)] == [draft_id]
    texts = [one.text for one in world.rows(CommentarySentence)]
    assert len(texts) == before
    assert "North has 2 open today where its target planned 0." in texts
    assert said_to(world, "carl") == []
    for who, status in (("carl", 403), ("dina", 403), ("eve", 404)):
        browse(who).post(f"/commentary/contracts/{world.contract()}/draft", status)
    assert "No commentary is issued yet" in browse("carl").get("/commentary")
    assert "Draft a commentary" in browse("paula").get("/commentary")
    sentence = world.rows(CommentarySentence)[0]
    assert sentence.drafted in readable(browse("paula").get(f"/commentary/sentences/{sentence.id}"))


def test_measures_and_service_levels_are_told_without_small_numbers(world: World) -> None:
    a_level(world)
    readings(world, [(40, 80), (41, 80), (42, 80), (43, 80), (44, 80)])
    for friday, late in ((date(2026, 11, 6), 41), (date(2026, 11, 13), 33)):
        a_reading(world, Measure.OVERDUE, friday - timedelta(days=6), friday, late, 60)
    for first, last, seen, met in (
        (date(2026, 9, 1), date(2026, 9, 30), 70, 3),
        (date(2026, 10, 1), date(2026, 10, 31), 30, 4),
    ):
        a_reading(world, Measure.CHILD_SEEN, first, last, seen, 80)
        a_reading(world, Measure.NEEDS_MET, first, last, met, 80)
    with world.acting("hana") as uow:
        draft_id = service.draft(uow, world.contract())
    said = {one.text: one for one in world.rows(CommentarySentence, commentary_id=draft_id)}
    told = said["Open and overdue fell from 41 to 33 in North in the week to 13 Nov 2026."]
    assert told.link == "/measures/open-overdue"
    seen = said["Seen in the assessment fell from 87.5% to 37.5% in North in October 2026."]
    assert seen.topic is Topic.CHILDREN
    assert any("against a service level of" in text for text in said)
    assert not any("Needs met" in text for text in said)
