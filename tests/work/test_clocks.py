"""Clocks through the database: limits worked out by hand, kept due days, and London's days."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from app.cases.assessments import service as assessments
from app.cases.assessments.models import Visit
from app.cases.register.filter import CaseFilter
from app.cases.register.models import Case
from app.cases.register.queries import count_cases
from app.contract import queries as contract
from app.kernel.clock import AssessmentType, Clock, ClockRule, StartEvent
from tests.makers import a_case, an_allocated_case
from tests.unit.kernel.test_clock_boundaries import BOUNDARIES
from tests.world import MovingClock, World

SINGLE = AssessmentType.CHILD_AND_FAMILY
# Start, and the day on which 10, 15, 35 and 45 working days are used.
VECTORS = (
    ("2010-11-01", "2010-11-15", "2010-11-22", "2010-12-20", "2011-01-06"),
    ("2010-12-20", "2011-01-06", "2011-01-13", "2011-02-10", "2011-02-24"),
    ("2011-04-01", "2011-04-15", "2011-04-26", "2011-05-26", "2011-06-10"),
    ("2022-05-20", "2022-06-07", "2022-06-14", "2022-07-12", "2022-07-26"),
    ("2026-11-02", "2026-11-16", "2026-11-23", "2026-12-21", "2027-01-07"),
    ("2026-11-21", "2026-12-04", "2026-12-11", "2027-01-13", "2027-01-27"),
    ("2026-12-24", "2027-01-12", "2027-01-19", "2027-02-16", "2027-03-02"),
    # Where the hour changes and over bank holidays.
    ("2026-03-27", "2026-04-14", "2026-04-21", "2026-05-20", "2026-06-04"),
    ("2026-03-29", "2026-04-14", "2026-04-21", "2026-05-20", "2026-06-04"),
    ("2026-10-23", "2026-11-06", "2026-11-13", "2026-12-11", "2026-12-29"),
    ("2026-10-25", "2026-11-06", "2026-11-13", "2026-12-11", "2026-12-29"),
)


def test_each_regime_of_a_contract_is_due_on_the_day_worked_out_by_hand(world: World) -> None:
    with world.acting("paula") as uow:
        calendar = contract.calendar(uow, world.contract())
        rules = (
            contract.rule_for(uow, world.contract(), AssessmentType.INITIAL),
            contract.conference_rule(uow, world.contract()),
            contract.rule_for(uow, world.contract(), AssessmentType.CORE),
            contract.rule_for(uow, world.contract(), SINGLE),
        )
    for start, *days in VECTORS:
        first = date.fromisoformat(start)
        found = [Clock(rule, first, calendar).due_on.isoformat() for rule in rules]
        assert found == days, start


def test_the_due_day_that_is_kept_is_the_one_worked_out_by_hand(world: World) -> None:
    for start, *_, single in VECTORS:
        case_id = a_case(
            world, referred_on=date.fromisoformat(start), assessment_type=AssessmentType.INITIAL
        )
        with world.acting("tess") as uow:
            assessments.migrate(uow, case_id, "Single assessments")
        case = world.row(Case, case_id)
        assert (case.assessment_type, case.due_on.isoformat()) == (SINGLE, single)


def test_a_case_is_late_on_the_day_after_a_boundary_and_not_before(
    world: World, clock: MovingClock
) -> None:
    kept = {}
    with world.setting_up() as uow:
        calendar = contract.calendar(uow, world.contract())
    for boundary, started_on, limit, due_on, _ in BOUNDARIES:
        rule = ClockRule(SINGLE, StartEvent.REFERRAL, limit)
        due = Clock(rule, date.fromisoformat(started_on), calendar).due_on
        kept[a_case(world, due_on=due)] = boundary, date.fromisoformat(due_on)
    assert len(kept) == 12
    for case_id, (boundary, due) in kept.items():
        for day, late in ((due, 0), (due + timedelta(days=1), 1)):
            clock.now = datetime.combine(day, time(12), UTC)
            with world.acting("tess") as uow:
                wanted = CaseFilter(chosen=(case_id,), overdue=True)
                assert count_cases(uow, wanted) == late, boundary


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 3, 29, 23, 30, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 10, 24, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
    ],
)
def test_a_visit_near_midnight_is_of_the_london_day(
    world: World, instant: datetime, day: date
) -> None:
    case_id = an_allocated_case(world, referred_on=date(2026, 1, 5))
    world.clock.now = instant
    with world.acting("priya") as uow:
        assert uow.today == day
        assessments.record_seen(uow, case_id, uow.today, seen_alone=True)
    assert world.rows(Visit)[0].seen_on == world.row(Case, case_id).seen_on == day
