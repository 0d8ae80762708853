"""A commentary is drafted from the figures, edited by a named person, issued, and then stands."""

from app.reports.commentary import queries
from app.reports.commentary.models import Commentary, CommentarySentence
from tests.browse import readable
from tests.makers import a_case
from tests.makers_reports import a_lot_that_calls_for_talk
from tests.world import World


def a_draft(world: World, browse) -> int:
    a_lot_that_calls_for_talk(world)
    browse("paula").post(f"/commentary/contracts/{world.contract()}/draft")
    return int(world.rows(Commentary)[-1].id)


def test_a_draft_is_edited_issued_and_read_by_the_commissioner(world: World, browse) -> None:
    draft_id = a_draft(world, browse)
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
