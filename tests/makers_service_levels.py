"""Makes readings of measures, service levels that both sides signed, and months that failed."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from app.performance.benchmarks.models import Benchmark
from app.performance.benchmarks.rules import shipped
from app.performance.failures import service as failures
from app.performance.failures.models import ServiceLevelFailure, ServiceLevelPeriod
from app.performance.failures.rules import Result
from app.performance.measures.models import MeasureReading
from app.performance.measures.rules import Cohort, Measure
from app.performance.options.models import OptionPeriod
from app.performance.service_levels.models import ServiceLevel, ServiceLevelTerms
from app.performance.service_levels.rules import Terms
from app.performance.workforce.models import WorkforceCount
from tests.world import STARTED, TODAY, World

# The last Friday whose week is over.
LAST_WEEK = TODAY - timedelta(weeks=1)


def readings(
    world: World,
    counts: Sequence[tuple[int, int]],
    lot: str = "North",
    measure: Measure = Measure.TIMELINESS,
    **changes: Any,
) -> None:
    """Weeks up to the last whole one, oldest first, each so many of so many."""
    with world.setting_up() as uow:
        for back, (numerator, denominator) in enumerate(reversed(counts)):
            friday = LAST_WEEK - timedelta(weeks=back)
            fields: dict[str, Any] = {
                "lot_id": world.lot(lot),
                "measure": measure,
                "cohort": Cohort.ALL,
                "monthly": False,
                "starts_on": friday - timedelta(days=6),
                "ends_on": friday,
                "numerator": numerator,
                "denominator": denominator,
                "version": 1,
                "in_force": True,
                "read_at": uow.now,
            }
            uow.add(MeasureReading(**fields | changes))


def a_month_read(
    world: World,
    numerator: int,
    denominator: int,
    lot: str = "North",
    first: date = date(2026, 12, 1),
) -> None:
    """A whole month as it was read, by its first day."""
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    span = {"monthly": True, "starts_on": first, "ends_on": last}
    readings(world, [(numerator, denominator)], lot, **span)


def terms(**changes: Any) -> Terms:
    fields: dict[str, Any] = {
        "clause": "Schedule 14, 2.1",
        "starts_on": date(2026, 11, 2),
        "ends_on": date(2027, 4, 30),
        "from_value": 7_000,
        "to_value": 9_000,
        "tolerance": 500,
    }
    return Terms(**fields | changes)


def a_level(
    world: World,
    lot: str = "North",
    measure: Measure = Measure.TIMELINESS,
    *,
    signed: bool = True,
    **changes: Any,
) -> int:
    """A service level of a lot, signed by both sides on the contract's first day."""
    with world.setting_up() as uow:
        level = uow.add(ServiceLevel(lot_id=world.lot(lot), measure=measure, cohort=Cohort.ALL))
        uow.add(
            ServiceLevelTerms(
                lot_id=world.lot(lot),
                contract_id=world.contract("Eastmoor" if lot == "Moor" else "Northshire"),
                service_level_id=level.id,
                number=1,
                reason="As tendered",
                at=uow.now,
                agency_signed_by=world.user("paula"),
                agency_signed_at=uow.now,
                council_signed_by=world.user("hana") if signed else None,
                council_signed_at=uow.now if signed else None,
                in_force_from=STARTED if signed else None,
                **vars(terms(**changes)),
            )
        )
        return level.id or 0


def a_failure(world: World, lot: str = "North", **changes: Any) -> int:
    """A service level whose December failed, found in January; returns the failure's id."""
    a_level(world, lot, **changes)
    world.clock.move(days=45)
    a_month_read(world, 3, 10, lot)
    failures.judge_all(world.database)
    [failure] = world.rows(ServiceLevelFailure)
    return int(failure.id)


def rows_of_service_levels(world: World, lot: str = "North") -> dict[str, int]:
    """A signed level with a failure, an option, a benchmark and a count, by the names in paths."""
    contract_id = world.contract("Eastmoor" if lot == "Moor" else "Northshire")
    level_id = a_level(world, lot)
    with world.setting_up() as uow:
        own: dict[str, Any] = {"lot_id": world.lot(lot), "service_level_id": level_id}
        own |= {"ends_on": uow.today}
        counts = {"number": 1, "definition": 0, "numerator": 1, "denominator": 9}
        values = {"value": 1_111, "asked": 7_000, "threshold": 6_500, "result": Result.FAILED}
        period = uow.add(
            ServiceLevelPeriod(**own, **counts, **values, starts_on=uow.today, judged_at=uow.now)
        )
        failure = uow.add(
            ServiceLevelFailure(
                **own,
                period_id=period.id or 0,
                notified_on=uow.today,
                critical=False,
                repeat=1,
                whole_pence=500,
                credit_pence=500,
            )
        )
        option = uow.add(
            OptionPeriod(
                contract_id=contract_id,
                title="First option",
                decide_by=uow.today,
                extends_to=date(2027, 7, 30),
            )
        )
        [one, *_] = shipped()
        benchmark = uow.add(Benchmark(contract_id=contract_id, **vars(one) | {"of": lot}))
        said = dict.fromkeys(("staff", "agency", "vacancies", "leavers", "contracted"), 1)
        counted = uow.add(
            WorkforceCount(
                lot_id=world.lot(lot), as_at=TODAY, **said, source="", recorded_at=uow.now
            )
        )
        found = {"level_id": level_id, "failure_id": failure.id, "option_id": option.id}
        return {name: value or 0 for name, value in found.items()} | {
            "benchmark_id": benchmark.id or 0,
            "count_id": counted.id or 0,
            "number": 1,
        }
