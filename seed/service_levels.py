"""Service levels of the demo's contracts, what became of their months, options and benchmarks."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import col, select

from app.contract import queries as contract
from app.performance.benchmarks import service as benchmarks
from app.performance.failures import service as failures
from app.performance.failures.models import RectificationPlan, ServiceLevelFailure
from app.performance.failures.rules import PlanDecision
from app.performance.measures.rules import Cohort, Measure
from app.performance.options.models import OptionPeriod
from app.performance.service_levels.models import ServiceLevel, ServiceLevelTerms
from app.work.uow import UnitOfWork
from seed.diary import at
from seed.setting import District, Setting

LENGTH = timedelta(weeks=30, days=-3)
VARIED = timedelta(weeks=12)
PLANNED_AFTER, DECIDED_AFTER, WAIVED_AFTER = (timedelta(days=days) for days in (4, 7, 12))


@dataclass(frozen=True)
class Asked:
    """What is agreed of a measure: hundredths on the first and last day, tolerance and credit."""

    measure: Measure
    first: int
    last: int
    tolerance: int
    pence: int = 0
    per_mille: int = 0
    critical: bool = False
    publishable: bool = False


LEVELS = (
    Asked(Measure.UNALLOCATED, 10_000, 500, 1_000, pence=75_000, critical=True, publishable=True),
    Asked(Measure.FIRST_TIME, 8_000, 9_200, 500, publishable=True),
    Asked(Measure.CHILD_SEEN, 9_200, 9_800, 300, critical=True),
    Asked(Measure.SEEN_LATELY, 6_000, 9_000, 500, per_mille=10),
    Asked(Measure.STUCK, 8_000, 9_000, 1_000),
)
CAUSES = (
    ("Two experienced workers left in one month", "Cover by the team manager from Monday."),
    ("Referrals came in faster than they were allocated", "Allocation twice a week; waiting list"),
    ("Visits were made but written up late", "Admin hour each Friday; weekly look at the list."),
)


def load_service_levels(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Store all of it within a command, once the measures were read."""
    for contract_id in sorted(setting.contract_ids):
        benchmarks.lay_shipped(uow, contract_id)
    first = setting.districts[0].contract_id
    own = [one for one in setting.districts if one.contract_id == first]
    for place, district in enumerate(own):
        for asked in LEVELS:
            _level(uow, district, asked, varied=place == 1 and asked.measure is Measure.FIRST_TIME)
    _draft(uow, own[0], today)
    _options(uow, own[0])
    failures.judge_months(uow, tell=False)
    _put_right(uow, own, today)


def _level(uow: UnitOfWork, district: District, asked: Asked, *, varied: bool) -> None:
    level = uow.add(ServiceLevel(lot_id=district.lot_id, measure=asked.measure, cohort=Cohort.ALL))
    uow.add(_terms(level.id or 0, district, asked, 1, district.starts_on))
    if varied:
        signed = district.starts_on + VARIED
        less = Asked(asked.measure, asked.first, asked.last - 300, asked.tolerance)
        uow.add(_terms(level.id or 0, district, less, 2, signed, "Change 3: more complex cases"))


def _draft(uow: UnitOfWork, district: District, today: date) -> None:
    """A change that the agency has signed and the council has not."""
    level = uow.session.exec(
        select(ServiceLevel).where(
            col(ServiceLevel.lot_id) == district.lot_id,
            col(ServiceLevel.measure) == Measure.SEEN_LATELY,
        )
    ).one()
    asked = Asked(Measure.SEEN_LATELY, 6_000, 8_500, 500, per_mille=10)
    day = today - timedelta(days=3)
    row = _terms(level.id or 0, district, asked, 2, day, "Visits over the holidays take longer")
    row.council_signed_by = row.council_signed_at = row.in_force_from = None
    uow.add(row)


def _terms(
    level_id: int,
    district: District,
    asked: Asked,
    number: int,
    signed: date,
    reason: str = "As tendered",
) -> ServiceLevelTerms:
    by, moment = district.project_manager, at(signed, 11 * 60)
    return ServiceLevelTerms(
        lot_id=district.lot_id,
        contract_id=district.contract_id,
        service_level_id=level_id,
        number=number,
        reason=reason,
        by_user_id=by,
        at=moment,
        clause=f"Schedule 14, 2.{list(Measure).index(asked.measure) + 1}",
        starts_on=district.starts_on,
        ends_on=district.starts_on + LENGTH,
        from_value=asked.first,
        to_value=asked.last,
        tolerance=asked.tolerance,
        publishable=asked.publishable,
        critical=asked.critical,
        credit_pence=asked.pence,
        credit_per_mille=asked.per_mille,
        charge_pence=12_000_000 if asked.per_mille else 0,
        cap_pence=150_000 if asked.pence or asked.per_mille else 0,
        agency_signed_by=by,
        agency_signed_at=moment,
        council_signed_by=district.council_manager,
        council_signed_at=at(signed, 15 * 60),
        in_force_from=signed,
    )


def _options(uow: UnitOfWork, district: District) -> None:
    ends_on = contract.find_contract(uow, district.contract_id).ends_on
    for title, weeks in (("First option, three months", 13), ("Second option, three months", 26)):
        uow.add(
            OptionPeriod(
                contract_id=district.contract_id,
                title=title,
                clause="Schedule 1, 3.2",
                decide_by=ends_on + timedelta(weeks=weeks - 13 - 8),
                extends_to=ends_on + timedelta(weeks=weeks),
            )
        )


def _put_right(uow: UnitOfWork, districts: Sequence[District], today: date) -> None:
    """Failures of earlier months are closed; of the last month's each stands elsewhere."""
    of_lot = {one.lot_id: one for one in districts}
    found = uow.session.exec(
        select(ServiceLevelFailure).order_by(col(ServiceLevelFailure.id))
    ).all()
    last = max((one.ends_on for one in found), default=today)
    for place, failure in enumerate(found):
        district = of_lot[failure.lot_id]
        failure.notified_on = min(failure.ends_on + timedelta(days=2), today)
        if failure.ends_on < last:
            _plan(uow, failure, district, place, PlanDecision.ACCEPTED)
            failure.closed_on = failure.ends_on + timedelta(days=29)
            failure.closed_by = district.council_manager
        elif failure.notified_on + DECIDED_AFTER >= today:
            continue
        elif place % 3 == 0:
            _plan(uow, failure, district, place, None)
        elif place % 3 == 1:
            _plan(uow, failure, district, place, PlanDecision.ACCEPTED)
    credited = [one for one in found if one.credit_pence and one.ends_on + WAIVED_AFTER < today]
    for failure in credited[:1]:
        failure.waived_by = of_lot[failure.lot_id].council_manager
        failure.waived_at = at(failure.ends_on + WAIVED_AFTER, 14 * 60)
        failure.waive_reason = "The council's own systems were down for a week"


def _plan(
    uow: UnitOfWork,
    failure: ServiceLevelFailure,
    district: District,
    place: int,
    decision: PlanDecision | None,
) -> None:
    cause, steps = CAUSES[place % len(CAUSES)]
    decided = decision is not None
    uow.add(
        RectificationPlan(
            lot_id=failure.lot_id,
            failure_id=failure.id or 0,
            number=1,
            cause=cause,
            steps=steps,
            owner="Agency project manager",
            due_on=failure.ends_on + timedelta(days=45),
            by_user_id=district.project_manager,
            at=at(failure.notified_on + PLANNED_AFTER, 10 * 60),
            decision=decision,
            reason="",
            decided_by=district.council_manager if decided else None,
            decided_at=at(failure.notified_on + DECIDED_AFTER, 16 * 60) if decided else None,
        )
    )
