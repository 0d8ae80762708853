"""Everything held on one reference, as a file for whoever it is about."""

import io
import json
import zipfile

from app.agreements.handovers.models import Handover
from app.cases.register.models import Case
from app.exit.pack import MANIFEST, README
from app.work.models import TrailDetail, TrailEntry, View
from tests.browse import readable
from tests.makers_agreements import a_flag, a_handed_over_case, an_agreed_case
from tests.world import World

ADDRESS = "/exit/subject"
REQUEST = "Request 2026/114 of the mother"


def taken(world: World, browse, reference: str) -> zipfile.ZipFile:
    answer = browse("hana").post(ADDRESS, 200, reference=reference, request=REQUEST)
    assert answer.headers["content-disposition"].startswith('attachment; filename="subject-')
    return zipfile.ZipFile(io.BytesIO(answer.content))


def rows_in(file: zipfile.ZipFile, name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read(f"tables/{name}.jsonl").splitlines()]


def test_all_that_is_held_on_a_reference_leaves_in_one_file_and_nothing_of_others(
    world: World, browse
) -> None:
    case_id = a_handed_over_case(world)
    an_agreed_case(world)
    reference = world.row(Case, case_id).reference
    a_flag(world, reference, note="Seen by the neighbour, Ann Field")
    browse("dina").get(f"/cases/{case_id}")
    world.database.views.write(world.database)
    file = taken(world, browse, reference)
    manifest = json.loads(file.read(MANIFEST))
    found = {part["name"]: part["rows"] for part in manifest["tables"]}
    assert {"cases", "case_moves", "proposals", "handovers", "outcome_plans"} <= found.keys()
    assert {"views", "trail", "trail_details", "users", "safeguarding_flags"} <= found.keys()
    for name in found.keys() - {"cases", "users", "practitioners", "trail_details"}:
        assert {row["case_id"] for row in rows_in(file, name)} == {case_id}, name
    assert [row["id"] for row in rows_in(file, "cases")] == [case_id]
    assert found["handovers"] == len(world.rows(Handover, case_id=case_id)) == 1
    assert found["trail"] == len(world.rows(TrailEntry, case_id=case_id)) - 1
    people = {row["name"]: row for row in rows_in(file, "users")}
    assert {"Dina Ferris", "Priya Nair"} <= people.keys()
    assert set(people["Dina Ferris"]) == {"id", "name", "role", "organisation"}
    told = file.read(README).decode()
    assert f"under the reference {reference}" in told
    assert "  safeguarding_flags: note" in told
    assert "rationale" in told


def test_taking_it_is_kept_as_a_look_and_in_the_trail(world: World, browse) -> None:
    case_id = an_agreed_case(world)
    taken(world, browse, world.row(Case, case_id).reference)
    world.database.views.write(world.database)
    assert "everything held" in world.rows(View, case_id=case_id)[-1].what
    [entry] = [one for one in world.rows(TrailEntry) if one.act == "data.subject"]
    assert (entry.case_id, entry.actor_id) == (case_id, world.user("hana"))
    [detail] = world.rows(TrailDetail, seq=entry.seq)
    assert REQUEST in detail.changes


def test_the_form_is_shown_again_and_only_the_council_may_ask(world: World, browse) -> None:
    reference = world.row(Case, an_agreed_case(world)).reference
    hana = browse("hana")
    assert "Subject access" in hana.get("/exit/data")
    for sent, field in (
        ({"reference": "999999", "request": REQUEST}, "reference"),
        ({"reference": "", "request": REQUEST}, "reference"),
        ({"reference": reference, "request": "mother"}, "request"),
    ):
        again = hana.post(ADDRESS, 422, **sent)
        assert f'href="#{field}"' in again.text
    assert not [one for one in world.rows(TrailEntry) if one.act == "data.subject"]
    sent = {"reference": reference, "request": REQUEST}
    for who in ("paula", "tess", "dina", "priya", "carl", "alan", "ada"):
        browse(who).post(ADDRESS, 403, **sent)
        browse(who).get(ADDRESS, 403)
    world.clock.move(minutes=11)
    assert "Show that it is you" in readable(hana.post(ADDRESS, 200, **sent).text)
