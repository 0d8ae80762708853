"""Who would stay with the council: told to it only with consent."""

from datetime import date

from app.people.staying.models import Transition
from tests.browse import readable
from tests.makers import an_allocated_case
from tests.world import World

STAYS = {"intent": "stay", "post": "Social worker", "starts_on": "2027-04-12"}


def address(world: World) -> str:
    return f"/people/{world.practitioner('priya')}/staying"


def test_a_wish_is_recorded_and_shown_with_the_cases_that_would_stay(world: World, browse) -> None:
    an_allocated_case(world, "priya")
    paula = browse("paula")
    assert "Not asked yet" in paula.get("/people/staying")
    page = readable(paula.follow(address(world), **STAYS, _version="0"))
    assert "Priya Nair Would stay Social worker 12 Apr 2027 – 1" in page
    assert "Would stay: 1, with their cases 1" in page
    assert 'value="Social worker"' in paula.get(address(world))


def test_the_council_sees_who_agreed_to_be_named_and_nobody_else(world: World, browse) -> None:
    paula, hana = browse("paula"), browse("hana")
    paula.post(address(world), **STAYS, _version="0")
    page = hana.get("/people/staying")
    assert "Nobody has agreed to be named yet." in page
    assert "Priya" not in page
    paula.post(address(world), **STAYS, consent_on="2026-11-19", _version="1")
    page = hana.get("/people/staying")
    assert "Priya Nair Would stay" in readable(page)
    assert address(world) not in page
    assert "Pete Holm" not in page


def test_a_wish_that_cannot_be_is_shown_again(world: World, browse) -> None:
    paula = browse("paula")
    answer = paula.post(address(world), 422, **STAYS | {"intent": "leave"}, _version="0")
    assert "A post and a day belong to somebody who would stay." in readable(answer.text)
    answer = paula.post(address(world), 422, **STAYS, consent_on="2026-11-21", _version="0")
    assert "This is after today" in readable(answer.text)
    assert world.rows(Transition) == []


def test_a_wish_saved_meanwhile_is_not_saved_over(world: World, browse) -> None:
    paula = browse("paula")
    paula.post(address(world), **STAYS, consent_on="2026-11-19", _version="0")
    answer = paula.post(address(world), 409, intent="undecided", _version="0")
    assert "Someone else changed this" in readable(answer.text)
    assert world.rows(Transition)[0].consent_on == date(2026, 11, 19)


def test_only_the_project_manager_records_and_few_see(world: World, browse) -> None:
    for key in ("tess", "priya", "hana", "dina", "carl"):
        browse(key).get(address(world), 403)
        browse(key).post(address(world), 403, **STAYS)
    for key in ("tess", "priya", "dina", "carl", "alan", "ada"):
        browse(key).get("/people/staying", 403)
    browse("eve").get(address(world), 404)
    browse("eve").post(address(world), 404, **STAYS)
