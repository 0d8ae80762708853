"""Counts of the workforce: recorded by the council alone, and what measures make of them."""

from app.performance.measures import service
from app.performance.workforce.models import WorkforceCount
from tests.browse import readable
from tests.world import World

SAID = {
    "as_at": "30/9/2026",
    "staff": "85.75",
    "agency": "12.5",
    "vacancies": "14.25",
    "leavers": "9.5",
    "contracted": "4",
    "source": "Workforce return of 30 September",
}


def test_a_count_is_recorded_read_by_the_measures_opened_and_downloaded(
    world: World, browse
) -> None:
    hana, carl, paula, lot = browse("hana"), browse("carl"), browse("paula"), world.lot()
    assert "Nothing is counted yet" in carl.get("/measures/workforce")
    page = readable(hana.follow(f"/measures/workforce/lots/{lot}", **SAID))
    assert "North 30 Sep 2026 , North 85.75 12.50 14.25 9.50 4 Workforce return" in page
    with world.acting("paula") as uow:
        service.read_due(uow)
    page = readable(paula.get(f"/measures?lot={lot}"))
    assert "Agency workers in the workforce 12.7% 12.50 of 98.25" in page
    assert "Vacant posts of the workforce 14.2% 14.25 of 100.00" in page
    assert "Turnover of the workforce 11.1% 9.50 of 85.75" in page
    assert "Contracted posts filled 50.0% 2 of 4" in page
    week = "every=week&of=2026-11-07"
    page = readable(paula.get(f"/measures/turnover/rows?lot={lot}&{week}"))
    assert "1 row" in page
    assert "30 Sep 2026: Workforce return of 30 September" in page
    assert "9.50 of 85.75" in page
    page = carl.get("/measures/turnover")
    assert "11.1%" in readable(page)
    assert "/measures/workforce" in page
    assert "It comes to 11.9%: 9.50 of 80.00" in readable(page)
    assert "North,2026-09-30,85.75,12.50,14.25,9.50,4,Workforce" in carl.get(
        "/measures/workforce/export.csv"
    )


def test_a_count_is_corrected_and_wrong_ones_are_shown_again(world: World, browse) -> None:
    hana, address = browse("hana"), f"/measures/workforce/lots/{world.lot()}"
    hana.post(address, **SAID)
    for wrong, words in (
        ({}, "North was counted for 30 Sep 2026 already."),
        ({"staff": "-1"}, "at most two digits after the point"),
        ({"staff": "1.234"}, "at most two digits after the point"),
        ({"as_at": "1/10/2026", "leavers": "86"}, "More left than are in post"),
        ({"as_at": "1/10/2026", "agency": "20000"}, "at most 2,000"),
        ({"source": ""}, "Enter"),
    ):
        assert words in readable(hana.post(address, 422, **SAID | wrong).text)
    [kept] = world.rows(WorkforceCount)
    one = f"/measures/workforce/{kept.id}"
    assert 'value="85.75"' in hana.get(one)
    hana.post(one, **SAID | {"staff": "80", "_version": "1"})
    hana.post(one, 409, **SAID | {"_version": "1"})
    assert world.row(WorkforceCount, kept.id).staff == 8000
    for who in ("paula", "tess", "dina", "carl"):
        browse(who).post(address, 403, **SAID)
        browse(who).post(f"{one}/remove", 403)
    browse("eve").get("/measures/workforce/export.csv")
    hana.post("/measures/workforce/lots/999", 404, **SAID)
    hana.post(f"{one}/remove")
    assert world.rows(WorkforceCount) == []
