"""Cohorts: set on a case, filtered in the list of cases, reported by lot."""

from app.cases.register.models import CaseCohort
from app.safeguarding.cohorts import queries
from tests.browse import readable
from tests.makers import a_case, an_allocated_case
from tests.makers_agreements import a_closed_case
from tests.questions import questions
from tests.world import World


def test_cohorts_are_set_and_ended_and_the_list_finds_their_cases(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    other = a_case(world, age_band="Unborn")
    priya, address = browse("priya"), f"/cases/{case_id}/cohorts"
    page = priya.follow(address, cohorts=["missing", "cce"])
    assert "Criminal exploitation, since 20 Nov 2026" in readable(page)
    assert 'value="missing" checked' in priya.get(address)
    priya.post(address, cohorts=["missing"])
    rows = {row.cohort.value: row for row in world.rows(CaseCohort)}
    assert rows["missing"].until is None
    assert (rows["cce"].until, rows["cce"].ended_by) == (
        world.clock.now.date(),
        world.user("priya"),
    )
    tess = browse("tess")
    found = tess.get("/cases?cohort=missing")
    assert f"/cases/{case_id}" in found
    assert f'href="/cases/{other}"' not in found
    assert "0 cases" in readable(tess.get("/cases?cohort=cce"))
    assert f"/cases/{other}" in tess.get("/cases?cohort=unborn")
    assert "is not a known cohort" in tess.get("/cases?cohort=zug")
    assert "by the child’s age" in readable(tess.get(f"/cases/{other}/protection"))
    assert "Unborn: follows" in readable(tess.get(f"/cases/{other}/cohorts"))


def test_wrong_cohorts_are_refused(world: World, browse) -> None:
    case_id = an_allocated_case(world)
    priya, address = browse("priya"), f"/cases/{case_id}/cohorts"
    assert "from the list" in priya.post(address, 422, cohorts=["zug"]).text
    assert "follow from the child" in priya.post(address, 422, cohorts=["unborn"]).text
    browse("dina").post(address, 403, cohorts=["missing"])
    browse("sam").post(address, 404, cohorts=["missing"])
    assert world.rows(CaseCohort) == []
    ended = a_closed_case(world)
    assert "has ended" in browse("tess").post(f"/cases/{ended}/cohorts", 409).text


def test_cohorts_are_counted_by_lot_and_small_ones_hidden_from_the_commissioner(
    world: World, browse
) -> None:
    for _ in range(6):
        a_case(world, age_band="Under 1")
    for _ in range(7):
        a_case(world)
    case_id = an_allocated_case(world)
    browse("priya").post(f"/cases/{case_id}/cohorts", cohorts=["domestic_abuse"])
    page = browse("tess").get("/cohorts")
    assert "cohort=domestic_abuse" in page
    with world.acting("paula") as uow, questions(world) as asked:
        found = {one.lot: (one.open, one.counts) for one in queries.by_lot(uow, exact=True)}
        assert found["North"] == (14, (1, 0, 0, 0, 0, 0, 0, 6))
    # Kept counts alone, whatever the number of lots and cases.
    assert len(asked) == 3
    assert not [one for one in asked if "FROM cases" in one]
    shown = readable(browse("carl").get("/cohorts"))
    assert "Domestic abuse 0 c 0" in shown
    assert "Under one 0 6 0" in shown
    assert "/cases?" not in browse("carl").get("/cohorts")
    browse("priya").get("/cohorts", 403)
