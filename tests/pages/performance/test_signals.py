"""The chart of normal variation: limits, signals in words, the target and the figures of others."""

from sqlmodel import select

from app.access.models import UserLot
from app.performance.benchmarks import service as benchmarks
from app.performance.measures.rules import Measure
from tests.browse import readable
from tests.makers import a_case
from tests.makers_agreements import a_flag
from tests.makers_reports import a_version
from tests.makers_service_levels import a_level, readings
from tests.questions import questions
from tests.world import World

STEADY = [(80, 100), (82, 100), (81, 100), (83, 100)] * 5
CHART = "/measures/{}/variation?lot={}"


def test_a_chart_tells_its_signals_its_target_and_what_others_reached(world: World, browse) -> None:
    a_level(world, measure=Measure.DURATION, from_value=9_500, to_value=9_900)
    readings(world, [*STEADY, (40, 100)], measure=Measure.DURATION)
    with world.setting_up() as uow:
        benchmarks.lay_shipped(uow, world.contract())
    hana, address = browse("hana"), CHART.format("assessment-duration", world.lot())
    page = readable(hana.get(address))
    assert "Outside the limits of chance: 13 Nov 2026, worse" in page
    assert "about four show a signal by chance" in page
    assert "Even what chance does at its best misses the target" in page
    assert "England 2025: Department for Education, Characteristics of children in need" in page
    assert "40.0% in the last period" in page
    with questions(world) as asked:
        hana.get(address)
    assert len(asked) <= 12


def test_few_weeks_carry_a_caution_and_too_few_events_make_no_chart(world: World, browse) -> None:
    readings(world, STEADY[:6], measure=Measure.DURATION)
    tess, lot = browse("tess"), world.lot()
    page = readable(tess.get(CHART.format("assessment-duration", lot)))
    assert "Only 6 values" in page
    assert "None. A quiet chart does not prove" in page
    readings(world, [(3, 4)] * 8, measure=Measure.FIRST_TIME)
    assert "two weeks stand together" in readable(
        tess.get(CHART.format("authorised-first-time", lot))
    )
    assert "too few events" in readable(tess.get(CHART.format("handover-acceptance", lot)))
    assert "See the burn-down" in readable(tess.get(CHART.format("open-cases", lot)))


def test_weeks_counted_by_other_days_move_no_limits(world: World, browse) -> None:
    a_version(world, Measure.DURATION, 1, 10)
    readings(world, STEADY, measure=Measure.DURATION, version=0)
    readings(world, [(30, 100), (31, 100), (29, 100)], measure=Measure.DURATION)
    page = readable(browse("tess").get(CHART.format("assessment-duration", world.lot())))
    assert "29.0% in the last period, 30.0% on the average, no signal." in page
    assert "Only 3 values" in page


def test_rare_events_are_drawn_by_the_days_between_them_for_the_teams_alone(
    world: World, browse
) -> None:
    a_case(world, reference="N-1")
    world.clock.move(days=-14)
    for _ in range(4):
        a_flag(world, "N-1")
        world.clock.move(days=2)
    world.clock.move(days=6)
    readings(world, [(1, 1)] * 8, measure=Measure.FLAGS)
    address = CHART.format("flags-raised", world.lot())
    drawn = browse("dina").get(address)
    assert "Safeguarding flags raised, North, days between" in drawn
    page = readable(drawn)
    assert "the days from each day with any to the next such day" in page
    assert "2 days before the last one" in page
    assert "days between" not in readable(browse("carl").get(address))


def test_outsiders_see_no_single_weeks_of_a_measure_about_children(world: World, browse) -> None:
    readings(world, [(9, 12)] * 14, measure=Measure.CHILD_SEEN)
    address = CHART.format("child-seen", world.lot())
    assert "not shown outside the teams" in readable(browse("carl").get(address))
    assert "75.0% in the last period" in readable(browse("dina").get(address))
    browse("carl").get(CHART.format("nonsense", world.lot()), 404)
    browse("priya").get(address, 403)
    assert ">North</option>" not in browse("omar").get(address)
    with world.setting_up() as uow:
        of_carl = select(UserLot).where(UserLot.user_id == world.user("carl"))
        for lot in uow.session.exec(of_carl).all():
            uow.remove(lot)
    browse("carl").get("/measures/open-cases/variation", 404)
