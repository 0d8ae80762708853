"""The roster and workers' pages: who sees them, who changes them."""

from datetime import date

from app.people.models import Practitioner, PractitionerLot
from app.people.rules import Post
from tests.browse import readable
from tests.world import TODAY, World

NEW = {
    "name": "Noor Vale",
    "post": "social_worker",
    "qualified": "yes",
    "starts_on": "2026-11-30",
    "weekly_minutes": "22.5",
    "weekdays": ["3", "1", "2"],
    "case_limit": "12",
}


def test_a_project_manager_sees_each_workers_weeks_and_what_they_add_up_to(
    world: World, browse
) -> None:
    with world.setting_up() as uow:
        pete = uow.get(Practitioner, world.practitioner("pete"))
        pete.ends_on, pete.weekly_minutes = date(2026, 12, 1), 22 * 60
        uow.get(Practitioner, world.practitioner("sam")).post = Post.TEAM_MANAGER
    page = readable(browse("paula").get("/people/roster"))
    assert "Pete Holm North 0.59 0.59 0.24 leaves – –" in page
    assert "Team managers Sam Quill South 1.00" in page
    assert "Team managers in post 1 1 1" in page
    assert "Practitioners in post 2 2 2 1 1" in page
    assert "Practitioners, full-time equivalent 1.59 1.59 1.24 1.00" in page


def test_whoever_is_not_qualified_can_carry_no_points(world: World, browse) -> None:
    assert "Points they can carry 150 200" in readable(browse("tess").get("/people/roster"))
    with world.setting_up() as uow:
        uow.get(Practitioner, world.practitioner("pete")).qualified = False
    assert "Points they can carry 75 100" in readable(browse("tess").get("/people/roster"))


def test_a_team_manager_sees_the_roster_of_her_own_lot(world: World, browse) -> None:
    page = readable(browse("tess").get("/people/roster"))
    assert "Pete Holm" in page
    assert "Sam Quill" not in page
    assert "Add a worker" not in page
    page = readable(browse("paula").get(f"/people/roster?lot={world.lot('South')}"))
    assert "Roster of South" in page
    assert "Pete Holm" not in page
    assert "Nobody works here" in browse("paula").get(f"/people/roster?lot={world.lot('Mid')}")


def test_a_worker_counts_in_a_lot_only_while_they_are_there(world: World, browse) -> None:
    with world.setting_up() as uow:
        uow.get(PractitionerLot, _place(world, "pete")).ends_on = date(2026, 11, 30)
    page = readable(browse("tess").get("/people/roster"))
    assert "Pete Holm North 1.00 1.00 1.00 –" in page


def test_a_workers_page_tells_their_work_checks_and_points(world: World, browse) -> None:
    page = readable(browse("tess").get(f"/people/{world.practitioner('pete')}"))
    assert "Can hold cases" in page
    assert "37 a week, Mon to Fri" in page
    assert "Can carry 75 now, of 100" in page
    assert "week 3 of 4 of their start" in page
    assert "Approved on 23 Oct 2026." in page


def test_a_workers_page_says_why_they_hold_no_case(world: World, browse) -> None:
    with world.setting_up() as uow:
        uow.get(Practitioner, world.practitioner("pete")).registration_expires_on = TODAY.replace(
            day=1
        )
        uow.get(Practitioner, world.practitioner("priya")).post = Post.TEAM_MANAGER
    tess = browse("tess")
    page = readable(tess.get(f"/people/{world.practitioner('pete')}"))
    assert "Cannot be allocated a case: Registration expired on 1 Nov 2026." in page
    assert "holds no cases" in tess.get(f"/people/{world.practitioner('priya')}")


def test_nobody_sees_workers_of_other_lots_and_few_see_workers_at_all(world: World, browse) -> None:
    browse("tess").get(f"/people/{world.practitioner('sam')}", 404)
    browse("eve").get(f"/people/{world.practitioner('sam')}", 404)
    for key in ("priya", "dina", "hana", "carl", "alan", "ada"):
        browse(key).get(f"/people/{world.practitioner('pete')}", 403)
        browse(key).get("/people/roster", 403)


def test_a_project_manager_adds_a_worker_who_holds_no_case_yet(world: World, browse) -> None:
    paula = browse("paula")
    assert "Outside the area" in paula.get("/people/new")
    page = readable(paula.follow("/people/new", **NEW, lots=[str(world.lot())]))
    assert "The worker is added." in page
    assert "Starts on 30 Nov 2026. Registration: number not recorded." in page
    worker = world.rows(Practitioner, name="Noor Vale")[0]
    assert (worker.weekdays, worker.weekly_minutes, worker.contract_id) == (
        "123",
        1350,
        world.contract(),
    )
    assert [row.lot_id for row in world.rows(PractitionerLot, practitioner_id=worker.id)] == [
        world.lot()
    ]


def test_a_new_worker_comes_to_lots_of_one_contract(world: World, browse) -> None:
    paula = browse("paula")
    for lots in ([], [str(world.lot("Moor"))], [str(world.lot()), str(world.lot("Moor"))]):
        answer = paula.post("/people/new", 422, **NEW, lots=lots)
        assert "Choose lots of one contract." in readable(answer.text)
        assert 'value="Noor Vale"' in answer.text
    assert world.rows(Practitioner, name="Noor Vale") == []


def test_wrong_terms_are_shown_again_with_what_was_typed(world: World, browse) -> None:
    sent = NEW | {"weekly_minutes": "a lot", "ends_on": "2026-11-01"}
    answer = browse("paula").post("/people/new", 422, **sent, lots=[str(world.lot())])
    assert "Write hours as a number" in readable(answer.text)
    assert 'value="a lot"' in answer.text


def test_only_a_project_manager_adds_and_changes_workers(world: World, browse) -> None:
    address = f"/people/{world.practitioner('pete')}"
    for key in ("tess", "priya", "hana", "carl"):
        person = browse(key)
        person.get("/people/new", 403)
        person.post("/people/new", 403, **NEW)
        person.get(f"{address}/edit", 403)
        person.post(f"{address}/edit", 403, **NEW)
        person.post(f"{address}/lots", 403, lot_id=str(world.lot("South")))
    browse("eve").get(f"{address}/edit", 404)
    browse("eve").post(f"{address}/edit", 404, **NEW)


def test_a_project_manager_changes_a_workers_terms(world: World, browse) -> None:
    paula, address = browse("paula"), f"/people/{world.practitioner('pete')}"
    assert 'value="37"' in paula.get(f"{address}/edit")
    home = {"home_lot_id": str(world.lot("Mid")), "asye": "yes", "_version": "1"}
    page = readable(paula.follow(f"{address}/edit", **NEW | home))
    assert "Lives in Mid" in page
    assert "in their assessed and supported first year" in page
    pete = world.row(Practitioner, world.practitioner("pete"))
    assert (pete.name, pete.asye, pete.home_lot_id) == ("Noor Vale", True, world.lot("Mid"))


def test_a_home_is_a_lot_that_the_project_manager_sees(world: World, browse) -> None:
    sent = NEW | {"home_lot_id": str(world.lot("Moor")), "_version": "1"}
    browse("paula").post(f"/people/{world.practitioner('pete')}/edit", 404, **sent)


def test_terms_that_somebody_else_changed_meanwhile_are_not_saved_over(
    world: World, browse
) -> None:
    address = f"/people/{world.practitioner('pete')}/edit"
    browse("paula").post(address, **NEW, _version="1")
    answer = browse("paula").post(address, 409, **NEW | {"name": "Nora"}, _version="1")
    assert "Someone else changed this" in readable(answer.text)


def test_a_worker_moves_to_another_lot_on_a_day(world: World, browse) -> None:
    paula, address = browse("paula"), f"/people/{world.practitioner('pete')}/lots"
    assert "For a move" in paula.get(address)
    paula.post(address, lot_id=str(world.lot()), ends_on="2026-11-27")
    page = readable(paula.follow(address, lot_id=str(world.lot("South")), starts_on="2026-11-28"))
    assert "North until 27 Nov 2026; South from 28 Nov 2026" in page
    assert len(world.rows(PractitionerLot, practitioner_id=world.practitioner("pete"))) == 2


def test_a_place_that_cannot_be_meant_is_shown_again(world: World, browse) -> None:
    paula, address = browse("paula"), f"/people/{world.practitioner('pete')}/lots"
    days = {"starts_on": "2026-11-28", "ends_on": "2026-11-27"}
    answer = paula.post(address, 422, lot_id=str(world.lot()), **days)
    assert "before the first day, 28 Nov 2026" in readable(answer.text)
    paula.post(address, 404, lot_id=str(world.lot("Moor")))


def _place(world: World, key: str) -> int:
    found = world.rows(PractitionerLot, practitioner_id=world.practitioner(key))
    return int(found[0].id)
