"""Points beside the time that cases took: estimated monthly, drafted, agreed by the council."""

from datetime import date, timedelta

from app.cases.recalibration.models import PointsEstimate
from app.cases.register.models import Case
from app.cases.register.rules import Priority
from app.people.points.models import PointsVersion
from tests.browse import readable
from tests.makers import a_case
from tests.world import TODAY, World


def authorised(world: World, number: int, days: int, priority: Priority = Priority.NOT_SET) -> None:
    """Cases whose assessments were authorised yesterday, so many days after their allocation."""
    ids = [a_case(world) for _ in range(number)]
    yesterday = TODAY - timedelta(days=1)
    with world.setting_up() as uow:
        for place, case_id in enumerate(ids):
            case = uow.get(Case, case_id)
            case.priority = priority
            case.practitioner_id = world.practitioner("priya")
            case.authorised_on = yesterday
            case.allocated_on = yesterday - timedelta(days=days - 1 + place % 2)


def address(world: World, contract: str = "Northshire") -> str:
    return f"/people/points/{world.contract(contract)}/estimates"


def test_estimates_are_drafted_by_the_agency_and_hold_when_the_council_agrees(
    world: World, browse
) -> None:
    authorised(world, 30, 10)
    authorised(world, 30, 20, Priority.HIGH)
    paula, hana = browse("paula"), browse("hana")
    assert "Nothing estimated yet" in paula.get(address(world))
    paula.post(f"{address(world)}/draft", status=409)
    page = readable(paula.follow(address(world)))
    assert "Complex case, points 30 20.5 7 9.8 9.6 to 9.9 Above the table" in page
    assert "Highly complex case, points 0 – 10 – – Fewer than 30 assessments" in page
    assert "Draft the table that the estimates say" in page
    assert "Draft the table" not in readable(hana.get(address(world)))
    page = readable(paula.follow(f"{address(world)}/draft"))
    assert "Complex case, points: 7 becomes 10" in page
    assert "By the time that cases took, as estimated 20 Nov 2026" in page
    assert [one.agreed_at for one in world.rows(PointsVersion)] == [None]
    paula.post(f"{address(world)}/draft", status=409)
    assert "waits for the council" in readable(paula.get(address(world)))
    hana.post(f"/people/points/{world.contract()}/agree", _version="1")
    (version,) = world.rows(PointsVersion)
    assert (version.complex, version.agreed_by) == (10, world.user("hana"))


def test_a_month_is_estimated_anew_and_earlier_months_stay(world: World, browse) -> None:
    paula = browse("paula")
    paula.post(address(world))
    paula.post(address(world))
    assert len(world.rows(PointsEstimate)) == 6
    world.clock.move(days=14)
    paula = browse("paula")
    paula.post(address(world))
    assert {one.month for one in world.rows(PointsEstimate)} == {
        date(2026, 11, 1),
        date(2026, 12, 1),
    }
    assert "Earlier months" in paula.get(address(world))


def test_others_do_not_estimate_nor_see_another_contracts(world: World, browse) -> None:
    for who, status in (("tess", 403), ("priya", 403), ("hana", 403), ("eve", 404)):
        browse(who).post(address(world), status=status)
        browse(who).post(f"{address(world)}/draft", status=status)
    browse("eve").get(address(world), status=404)
    browse("dina").get(address(world), status=403)
