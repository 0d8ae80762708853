"""Leave and reductions: they lower what a worker can carry, and leave keeps new cases away."""

from app.people import queries as people
from app.people.capacity.models import Reduction
from tests.browse import readable
from tests.world import TODAY, World

LEAVE = {"reason": "leave", "starts_on": "2026-11-20", "ends_on": "2026-12-04"}


def address(world: World) -> str:
    return f"/people/{world.practitioner('pete')}/time-off"


def candidate(world: World) -> people.Candidate:
    with world.acting("tess") as uow:
        found = people.candidates(uow, world.lot(), TODAY)
    return next(one for one in found if one.practitioner_id == world.practitioner("pete"))


def test_somebody_on_leave_takes_no_new_case_and_carries_less(world: World, browse) -> None:
    before = candidate(world).points
    page = readable(browse("paula").follow(address(world), **LEAVE))
    assert "Annual leave: 20 Nov 2026 to 4 Dec 2026" in page
    assert "Cannot be allocated a case: Away until 4 Dec 2026." in page
    after = candidate(world)
    assert after.excluded == "Away until 4 Dec 2026."
    assert 0 < after.points < before


def test_a_reduction_in_hours_leaves_somebody_at_work(world: World, browse) -> None:
    sent = LEAVE | {"reason": "duty", "minutes_a_week": "7:30"}
    page = readable(browse("paula").follow(address(world), **sent))
    assert "Duty rota, 7:30 hours a week" in page
    assert candidate(world).excluded is None


def test_time_off_is_removed_again(world: World, browse) -> None:
    paula = browse("paula")
    paula.post(address(world), **LEAVE)
    assert "Annual leave" in paula.get(address(world))
    row = world.rows(Reduction)[0]
    paula.post(f"{address(world)}/{row.id}/remove")
    assert world.rows(Reduction) == []
    assert candidate(world).excluded is None


def test_time_off_that_cannot_be_meant_is_shown_again(world: World, browse) -> None:
    paula = browse("paula")
    paula.post(address(world), **LEAVE)
    answer = paula.post(address(world), 422, **LEAVE)
    assert "away from 20 Nov 2026 to 4 Dec 2026 already" in readable(answer.text)
    answer = paula.post(address(world), 422, **LEAVE | {"minutes_a_week": "lots"})
    assert 'value="lots"' in answer.text


def test_only_a_project_manager_records_time_off(world: World, browse) -> None:
    browse("paula").post(address(world), **LEAVE)
    row = world.rows(Reduction)[0]
    for key in ("tess", "priya", "hana"):
        browse(key).get(address(world), 403)
        browse(key).post(address(world), 403, **LEAVE)
        browse(key).post(f"{address(world)}/{row.id}/remove", 403)
    browse("eve").get(address(world), 404)
    browse("eve").post(f"{address(world)}/{row.id}/remove", 404)
    elsewhere = f"/people/{world.practitioner('sam')}/time-off/{row.id}/remove"
    browse("paula").post(elsewhere, 404)
    assert len(world.rows(Reduction)) == 1
