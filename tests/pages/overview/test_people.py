"""The list of practitioners and what they hold."""

import re
from datetime import date

from app.people.models import Practitioner
from tests.browse import readable
from tests.makers import a_case
from tests.world import World


def test_each_practitioner_stands_beside_what_they_hold(world: World, browse) -> None:
    a_case(world, practitioner_id=world.practitioner("priya"))
    a_case(world, co_worker_id=world.practitioner("priya"))
    tess = browse("tess")
    page = tess.get("/people")
    assert "2 practitioners" in readable(page)
    assert "Priya Nair North 1 cases of Priya Nair 18 1 Yes" in readable(page)
    assert "Sam Quill" not in page
    [link] = re.findall(rf'href="(/cases\?practitioner={world.practitioner("priya")})"', page)
    assert "1 case" in readable(tess.get(link))


def test_a_leaver_who_still_holds_cases_stands_out(world: World, browse) -> None:
    a_case(world, practitioner_id=world.practitioner("pete"))
    with world.setting_up() as uow:
        uow.get(Practitioner, world.practitioner("pete")).ends_on = date(2026, 11, 13)
    assert "Left on 13 Nov 2026. Still holds cases." in readable(browse("tess").get("/people"))


def test_more_than_the_limit_is_said(world: World, browse) -> None:
    with world.setting_up() as uow:
        uow.get(Practitioner, world.practitioner("pete")).case_limit = 0
    a_case(world, practitioner_id=world.practitioner("pete"))
    assert "Over the limit" in readable(browse("tess").get("/people"))


def test_one_lot_can_be_chosen(world: World, browse) -> None:
    page = readable(browse("paula").get(f"/people?lot={world.lot('South')}"))
    assert "Sam Quill" in page
    assert "Priya Nair" not in page
    assert "Nobody works in this lot yet" in browse("paula").get(f"/people?lot={world.lot('Mid')}")
    assert "3 practitioners" in readable(browse("paula").get("/people?lot=nonsense"))


def test_the_council_and_practitioners_do_not_see_the_list(world: World, browse) -> None:
    for key in ("priya", "dina", "hana", "carl", "alan", "ada"):
        browse(key).get("/people", 403)
