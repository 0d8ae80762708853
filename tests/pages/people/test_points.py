"""The points table: drafted by the agency, agreed by the council, every version kept."""

from app.people import queries as people
from app.people.points.models import PointsVersion
from app.people.points.rules import STANDARD, figures
from app.work.models import OutboxMessage
from tests.browse import readable
from tests.world import World


def draft(**changes: object) -> dict[str, str]:
    answers = figures(STANDARD) | {"full_time_minutes": "37", "reason": "Agreed in March"}
    return {name: str(value) for name, value in (answers | changes).items()}


def address(world: World, contract: str = "Northshire") -> str:
    return f"/people/points/{world.contract(contract)}"


def in_force(world: World) -> int:
    with world.acting("tess") as uow:
        return people.points_table(uow, world.contract()).complex


def test_the_standard_table_holds_until_one_is_agreed(world: World, browse) -> None:
    page = readable(browse("tess").get("/people/points"))
    assert "No table is agreed yet: the standard one holds." in page
    assert "No version has been agreed yet." in page
    assert in_force(world) == STANDARD.complex


def test_a_draft_holds_once_the_council_agrees_it(world: World, browse) -> None:
    paula, hana = browse("paula"), browse("hana")
    page = readable(paula.follow(f"{address(world)}/draft", **draft(complex=8), _version="0"))
    assert "Complex case, points: 7 becomes 8" in page
    assert "Agree version 1" not in page
    assert [(one.to_user_id, one.path) for one in world.rows(OutboxMessage)] == [
        (world.user("hana"), "/people/points")
    ]
    assert in_force(world) == 7
    page = readable(hana.get("/people/points"))
    assert "Drafted by Paula Marsh" in page
    assert "Agree version 1" in page
    page = readable(hana.follow(f"{address(world)}/agree", _version="1"))
    assert "Version 1 is in force" in page
    assert "by Hana Lowe" in page
    assert in_force(world) == 8


def test_versions_before_are_kept_with_what_changed(world: World, browse) -> None:
    paula, hana = browse("paula"), browse("hana")
    for value, version in ((8, 1), (9, 1)):
        paula.post(f"{address(world)}/draft", **draft(complex=value), _version="0")
        hana.post(f"{address(world)}/agree", _version=str(version))
    page = readable(browse("priya").get("/people/points"))
    assert page.index("Version 2 In force") < page.index("Version 1 :")
    assert "Complex case, points: 8 became 9" in page
    assert [(one.number, one.complex) for one in world.rows(PointsVersion)] == [(1, 8), (2, 9)]


def test_a_draft_is_changed_and_agreed_only_as_it_was_read(world: World, browse) -> None:
    paula = browse("paula")
    paula.post(f"{address(world)}/draft", **draft(complex=8), _version="0")
    assert 'value="8"' in paula.get(f"{address(world)}/draft")
    paula.post(f"{address(world)}/draft", **draft(complex=9), _version="1")
    browse("hana").post(f"{address(world)}/agree", 409, _version="1")
    paula.post(f"{address(world)}/draft", 409, **draft(complex=10), _version="1")
    assert [one.complex for one in world.rows(PointsVersion)] == [9]


def test_a_draft_that_cannot_be_meant_is_shown_again(world: World, browse) -> None:
    paula = browse("paula")
    answer = paula.post(f"{address(world)}/draft", 422, **draft(), _version="0")
    assert "This is the table in force" in readable(answer.text)
    answer = paula.post(f"{address(world)}/draft", 422, **draft(complex=101), _version="0")
    assert "between 1 and 100" in readable(answer.text)
    assert 'value="101"' in answer.text
    answer = paula.post(f"{address(world)}/draft", 422, **draft(reason=""), _version="0")
    assert "Enter why it changes." in readable(answer.text)


def test_without_a_draft_there_is_nothing_to_agree(world: World, browse) -> None:
    answer = browse("hana").post(f"{address(world)}/agree", 409, _version="1")
    assert "There is no draft to agree." in readable(answer.text)


def test_the_agency_drafts_and_the_council_agrees_and_neither_does_both(
    world: World, browse
) -> None:
    browse("paula").post(f"{address(world)}/draft", **draft(complex=8), _version="0")
    for key in ("paula", "tess", "priya", "dina", "carl"):
        browse(key).post(f"{address(world)}/agree", 403, _version="1")
    for key in ("tess", "hana", "priya", "carl"):
        browse(key).get(f"{address(world)}/draft", 403)
        browse(key).post(f"{address(world)}/draft", 403, **draft(complex=9))
    browse("eve").post(f"{address(world)}/draft", 404, **draft(complex=9))
    browse("hana").post(f"{address(world, 'Eastmoor')}/agree", 404)
    for key in ("dina", "carl", "alan", "ada"):
        browse(key).get("/people/points", 403)
