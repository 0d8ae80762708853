"""What practitioners carry beside what they can: for their managers, and for themselves."""

import re
from datetime import date

from app.cases.allocation import service as allocation
from app.cases.register.rules import ChangeReason
from app.cases.workload.queries import loads
from app.people.models import Practitioner
from app.people.rules import Post
from tests.browse import readable
from tests.makers import a_case, an_allocated_case, an_assessing_case
from tests.world import World


def help_with(world: World, case_id: int, key: str = "priya") -> None:
    with world.acting("tess") as uow:
        allocation.reallocate(
            uow,
            case_id,
            world.practitioner("pete"),
            ChangeReason.OTHER,
            world.practitioner(key),
        )


def test_each_practitioner_stands_beside_what_they_carry_and_can(world: World, browse) -> None:
    an_assessing_case(world, "priya", family_key="F1")
    an_allocated_case(world, "priya", family_key="F1")
    an_allocated_case(world, "priya")
    tess = browse("tess")
    page = tess.get("/people")
    # Nobody lives in the lot: 5 × 130 % and twice 5 × 60 % × 130 %, each to the nearest point.
    assert "Priya Nair North 3 cases of Priya Nair 2 18 0 2 15 75 – Can hold cases" in readable(
        page
    )
    assert "Sam Quill" not in page
    [link] = re.findall(rf'href="(/cases\?practitioner={world.practitioner("priya")})"', page)
    assert "3 cases" in readable(tess.get(link))


def test_the_range_the_median_and_the_heaviest_are_told(world: World, browse) -> None:
    for _ in range(3):
        an_allocated_case(world, "priya")
    page = readable(browse("tess").get("/people"))
    assert "2 practitioners who can hold cases or hold some" in page
    assert "Cases held 0 1.5 1.5 3 3 0.50 15" in page
    assert "Share of the points they can carry 0% 8% 8.0% 16% 16% 0.50 100%" in page


def test_helping_counts_its_share(world: World, browse) -> None:
    help_with(world, an_allocated_case(world, "priya"))
    page = readable(browse("tess").get("/people"))
    assert "Pete Holm North 1 case of Pete Holm 1 18 0 1 4 75" in page
    assert "Priya Nair North 0 cases of Priya Nair 0 18 1 0 1 75" in page


def test_a_leaver_who_still_holds_cases_stands_out(world: World, browse) -> None:
    an_allocated_case(world, "pete")
    with world.setting_up() as uow:
        uow.get(Practitioner, world.practitioner("pete")).ends_on = date(2026, 11, 13)
    assert "Left on 13 Nov 2026. Still holds cases." in readable(browse("tess").get("/people"))


def test_more_than_a_limit_is_said(world: World, browse) -> None:
    an_allocated_case(world, "pete")
    an_allocated_case(world, "priya")
    with world.setting_up() as uow:
        uow.get(Practitioner, world.practitioner("pete")).case_limit = 0
        uow.get(Practitioner, world.practitioner("priya")).weekly_minutes = 60
    page = readable(browse("tess").get("/people"))
    assert "Over the limit of cases" in page
    assert "Over their points" in page


def test_one_lot_can_be_chosen(world: World, browse) -> None:
    page = readable(browse("paula").get(f"/people?lot={world.lot('South')}"))
    assert "Sam Quill" in page
    assert "Priya Nair" not in page
    assert "Nobody works in this lot yet" in browse("paula").get(f"/people?lot={world.lot('Mid')}")
    assert "3 practitioners, by name" in readable(browse("paula").get("/people?lot=nonsense"))


def test_where_nobody_can_hold_a_case_there_is_no_spread(world: World, browse) -> None:
    with world.setting_up() as uow:
        for key in ("priya", "pete"):
            uow.get(Practitioner, world.practitioner(key)).qualified = False
    page = readable(browse("tess").get("/people"))
    assert "Cases held – – – – – – 15" in page


def test_the_council_and_practitioners_do_not_see_everybodys_workload(world: World, browse) -> None:
    for key in ("priya", "dina", "hana", "carl", "alan", "ada"):
        browse(key).get("/people", 403)


def test_a_practitioner_sees_their_own_workload_and_why(world: World, browse) -> None:
    case_id = an_assessing_case(world, "priya")
    help_with(world, an_allocated_case(world, "pete"))
    other = an_allocated_case(world, "pete")
    page = browse("priya").get("/people/mine")
    text = readable(page)
    assert "Hold it Standard Assessment under way Lives outside the area 7" in text
    assert "Help Standard Not started Lives outside the area 1" in text
    assert "All my cases 8" in text
    assert "of 75 I can carry" in text
    assert f'href="/cases/{case_id}"' in page
    assert f'href="/cases/{other}"' not in page
    with world.acting("paula") as uow:
        carried = loads(uow, world.contract())[world.practitioner("priya")]
    assert carried.points == 8


def test_a_practitioner_without_cases_is_told_so(world: World, browse) -> None:
    a_case(world)
    assert "You hold no case yet" in browse("sam").get("/people/mine")


def test_only_practitioners_have_a_workload_of_their_own(world: World, browse) -> None:
    for key in ("paula", "tess", "dina", "hana", "carl"):
        browse(key).get("/people/mine", 403)
    with world.setting_up() as uow:
        uow.get(Practitioner, world.practitioner("sam")).post = Post.TEAM_MANAGER
    browse("sam").get("/people/mine", 404)
