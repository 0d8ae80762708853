"""Boundaries of clocks hold in what the database keeps and counts, whichever database it is."""

from datetime import UTC, date, datetime, time, timedelta

from app.cases.register.filter import CaseFilter
from app.cases.register.models import CaseMove
from app.cases.register.queries import count_cases, list_cases
from app.kernel.calendar import england_and_wales
from app.kernel.clock import AssessmentType, Clock, ClockRule, StartEvent
from app.kernel.days import LONDON, london_date
from tests.makers import a_case
from tests.unit.kernel.test_clock_boundaries import BOUNDARIES
from tests.world import World


def test_a_case_is_overdue_from_the_first_minute_after_its_day_at_every_boundary(
    world: World,
) -> None:
    calendar, due = england_and_wales(), {}
    for boundary, started_on, limit, _, _ in BOUNDARIES:
        rule = ClockRule(AssessmentType.INITIAL, StartEvent.REFERRAL, limit)
        clock = Clock(rule, date.fromisoformat(started_on), calendar)
        facts = {"referred_on": clock.started_on, "clock_started_on": clock.started_on}
        due[a_case(world, due_on=clock.due_on, **facts)] = (boundary, clock.due_on)
    for boundary, day in due.values():
        for at, later in (
            (datetime.combine(day, time(23, 59), LONDON), False),
            (datetime.combine(day + timedelta(days=1), time(0, 1), LONDON), True),
        ):
            world.clock.now = at.astimezone(UTC)
            expected = {
                case_id for case_id, (_, one) in due.items() if one < day or (later and one == day)
            }
            with world.acting("tess") as uow:
                overdue = CaseFilter(overdue=True)
                assert {row.id for row in list_cases(uow, overdue).rows} == expected, boundary
                assert count_cases(uow, overdue) == len(expected), boundary


def test_an_instant_comes_back_as_it_went_in_on_both_sides_of_a_clock_change(world: World) -> None:
    case_id = a_case(world)
    instants = [
        datetime(2026, 10, 25, hour, 30, tzinfo=UTC) + timedelta(days=days)
        for days in (0, -210)
        for hour in (0, 1)
    ]
    with world.setting_up() as uow:
        for at in instants:
            uow.add(
                CaseMove(
                    case_id=case_id,
                    lot_id=world.lot(),
                    at=at,
                    made_on=london_date(at),
                    act="case.allocate",
                    after="allocated",
                )
            )
    kept = world.rows(CaseMove)
    assert [one.at for one in kept] == instants
    assert [london_date(one.at) for one in kept] == [one.made_on for one in kept]
