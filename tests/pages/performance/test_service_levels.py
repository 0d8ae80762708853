"""Service levels: drafted by one side, signed by both, and judged by where a lot is heading."""

from typing import Any

from app.performance.measures import service as measures
from app.performance.measures.rules import Measure
from app.performance.service_levels.models import ServiceLevel, ServiceLevelTerms
from tests.browse import readable
from tests.makers_service_levels import a_level, readings
from tests.questions import questions
from tests.world import World

SAID = {
    "measure": "assessment-timeliness",
    "cohort": "all",
    "clause": "Schedule 14, 2.1",
    "starts_on": "2/11/2026",
    "ends_on": "30/4/2027",
    "from_value": "70",
    "to_value": "87.5%",
    "tolerance": "5",
    "publishable": "yes",
    "credit_per_mille": "25",
    "charge_pence": "40,000.00",
    "cap_pence": "6000",
    "reason": "As tendered",
}

DECIDED = Measure.DECIDED_SOON
EARLIER = [(10, 100), (20, 100), (30, 100), (40, 100), *[(0, 0)] * 4]
LATER = [(80, 100)] * 4

CHANGED = {name: value for name, value in SAID.items() if name not in {"measure", "cohort"}}


def said(world: World, **changes: Any) -> dict[str, Any]:
    return SAID | {"lot_id": world.lot()} | changes


def test_a_service_level_holds_from_the_day_on_which_both_sides_have_signed(
    world: World, browse
) -> None:
    readings(world, [(60, 100), (62, 100), (64, 100), (66, 100), (68, 100)])
    paula, hana = browse("paula"), browse("hana")
    assert "No service level holds yet" in readable(hana.get("/service-levels"))
    page = readable(paula.follow("/service-levels/new", **said(world)))
    assert "It does not hold yet" in page
    assert "2.5% of £40,000.00 a failure, at most £6,000.00 in twelve months" in page
    [level] = world.rows(ServiceLevel)
    address = f"/service-levels/{level.id}"
    assert "waits for the council" in readable(paula.get("/service-levels"))
    paula.post(f"{address}/versions/1/sign", 409)
    page = readable(hana.follow(f"{address}/versions/1/sign"))
    assert "signed by both, holds from 20 Nov 2026" in page
    assert "Green: at least 87.5% on 30 Apr 2027. Amber: at least 82.5%. Red: below that." in page
    assert "5 complete weeks clearly rise or fall and are carried on: 100.0% on 30 Apr" in page
    hana.post(f"{address}/versions/2/sign", 404)
    page = readable(browse("carl").get("/service-levels"))
    assert "Assessments done by their due day Green 68.0% 71.8% 100.0% 87.5%" in page


def test_weeks_counted_by_other_days_do_not_lead_to_the_last_day(world: World, browse) -> None:
    with world.acting("paula") as uow:
        measures.draft(
            uow, world.contract(), DECIDED, "In nine days.", 9, reason="Board", began_from=0
        )
    level_id = a_level(world, measure=DECIDED)
    a_level(world, measure=Measure.AGREED)
    for measure, versions in ((DECIDED, (0, 1)), (Measure.AGREED, (0, 0))):
        for version, weeks in zip(versions, (EARLIER, LATER), strict=True):
            readings(world, weeks, measure=measure, version=version)
    page = readable(browse("hana").get("/service-levels"))
    assert "Proposals agreed Green 80.0% 72.0% 100.0% 90.0%" in page
    assert "Proposals decided in time Red 80.0% 72.0% 80.0% 90.0%" in page
    page = readable(browse("hana").get(f"/service-levels/{level_id}"))
    assert "100.0% on 30 Apr" not in page


def test_a_change_waits_for_both_sides_and_the_first_target_stays_beside_it(
    world: World, browse
) -> None:
    level_id = a_level(world)
    hana, address = browse("hana"), f"/service-levels/{level_id}"
    form = hana.get(f"{address}/change")
    assert 'value="90"' in form
    changed = CHANGED | {"to_value": "80.25", "reason": "CCN 2", "_version": "1"}
    assert "waits for the agency" not in readable(hana.get("/service-levels"))
    hana.post(f"{address}/change", **changed)
    assert "waits for the agency" in readable(hana.get("/service-levels"))
    assert "Version 2 waits for your side" in readable(browse("paula").get(address))
    assert "at least 90.0%" in readable(hana.get(address))
    paula = browse("paula")
    paula.post(f"{address}/change", 409, **changed)
    page = readable(paula.follow(f"{address}/versions/2/sign"))
    assert "First 2 Nov 2026 to 30 Apr 2027 70.0% 90.0%" in page
    assert "In force 2 Nov 2026 to 30 Apr 2027 70.0% 80.25%" in page
    # What was signed is told as it was typed, never rounded.
    assert "70.0% on the first day, 80.25% on the last" in page
    assert "Green: at least 80.25% on 30 Apr 2027. Amber: at least 75.25%." in page
    assert "first 90.0%" in readable(browse("carl").get("/service-levels"))
    paula.post(f"{address}/versions/1/sign", 409)
    assert [one.number for one in world.rows(ServiceLevelTerms)] == [1, 2]


def test_what_cannot_be_meant_is_shown_again_with_its_reason(world: World, browse) -> None:
    hana, address = browse("hana"), "/service-levels/new"
    for wrong, words in (
        ({"to_value": "101"}, "A share is at most 100%."),
        ({"tolerance": "75"}, "The tolerance is wider than the target itself."),
        ({"starts_on": "1/11/2026"}, "The contract starts on 2 Nov 2026."),
        ({"ends_on": "1/5/2027"}, "The contract ends on 30 Apr 2027."),
        ({"to_value": "12.345"}, "at most two digits after the point"),
        ({"to_value": "-5"}, "at most two digits after the point"),
        ({"credit_pence": "-1"}, "Write an amount from £0"),
        ({"measure": "caseload", "cohort": "new"}, "read for all work together"),
        ({"measure": "reopened-cases"}, "A month counts more of it than a week"),
        ({"measure": "nonsense"}, "from the list"),
    ):
        assert words in readable(hana.post(address, 422, **said(world, **wrong)).text), wrong
    assert world.rows(ServiceLevelTerms) == []
    a_level(world)
    page = hana.post(address, 422, **said(world, starts_on="2/2/2027")).text
    assert "Another service level of this measure runs from 2 Nov 2026" in readable(page)
    # A change that nobody has countersigned leaves the time of the version in force taken.
    [terms] = world.rows(ServiceLevelTerms)
    shorter = CHANGED | {"ends_on": "31/1/2027", "_version": "1"}
    hana.post(f"/service-levels/{terms.service_level_id}/change", **shorter)
    page = hana.post(address, 422, **said(world, starts_on="2/2/2027")).text
    assert "runs from 2 Nov 2026 to 30 Apr 2027" in readable(page)


def test_what_is_missing_is_listed_in_the_order_of_the_page(browse) -> None:
    page = readable(browse("hana").post("/service-levels/new", 422).text)
    assert "There is a problem Choose the lot. Choose the measure. Enter the clause." in page


def test_others_read_service_levels_and_change_none(world: World, browse) -> None:
    level_id = a_level(world, signed=False)
    address = f"/service-levels/{level_id}"
    for key in ("tess", "dina", "carl"):
        browse(key).get("/service-levels")
        browse(key).get(address)
        browse(key).post("/service-levels/new", 403, **said(world))
        browse(key).post(f"{address}/versions/1/sign", 403)
    assert "Service credit" not in browse("tess").get(address)
    assert "Service credit" in browse("carl").get(address)
    browse("priya").get(address, 403)
    for key in ("omar", "eve"):
        browse(key).get(address, 404)
    other = said(world, lot_id=world.lot("Moor"))
    browse("paula").post("/service-levels/new", 404, **other)


def test_outsiders_see_the_colour_of_a_measure_about_children_and_none_of_its_weeks(
    world: World, browse
) -> None:
    for lot, counts in (("North", [(30, 40)] * 4), ("South", [(1, 2)] * 4)):
        a_level(world, lot, Measure.CHILD_SEEN)
        readings(world, counts, lot, Measure.CHILD_SEEN)
    page = readable(browse("carl").get("/service-levels"))
    assert "Seen in the assessment Red c 72.0% – 90.0%" in page
    assert "Seen in the assessment Not judged c 72.0% – 90.0%" in page
    [level, _] = world.rows(ServiceLevel)
    page = readable(browse("carl").get(f"/service-levels/{level.id}"))
    assert "75.0%" not in page
    assert "30 of 40" not in page
    assert "75.0%" in readable(browse("hana").get("/service-levels"))


def test_the_list_asks_as_much_for_many_levels_as_for_one(world: World, browse) -> None:
    hana = browse("hana")
    a_level(world)
    hana.get("/service-levels")
    with questions(world) as few:
        hana.get("/service-levels")
    for measure in (Measure.DURATION, Measure.OVERDUE, Measure.CONFERENCE):
        for lot in ("Mid", "South"):
            a_level(world, lot, measure)
            readings(world, [(5, 9)] * 6, lot, measure)
    with questions(world) as many:
        hana.get("/service-levels")
    assert len(many) == len(few) <= 12
