"""Reads of judged periods, of failures and how they are put right, and of credits that are due."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User, UserLot
from app.access.roles import Role
from app.contract.models import Lot
from app.kernel.errors import Refused
from app.performance.failures.models import (
    RectificationPlan,
    ServiceLevelFailure,
    ServiceLevelPeriod,
)
from app.performance.failures.rules import (
    Course,
    CreditGiven,
    PlanDecision,
    Result,
    say_due,
    why_no_plan,
)
from app.performance.measures.rules import Cohort, Measure
from app.performance.service_levels.models import ServiceLevel, ServiceLevelTerms
from app.performance.service_levels.rules import exact_words
from app.work.together import OneRow
from app.work.uow import UnitOfWork

MOST_PERIODS = 200


@dataclass(frozen=True)
class PeriodRow:
    """A judged month of a service level, with its failure if it failed."""

    level_id: int
    lot_id: int
    lot: str
    measure: Measure
    cohort: Cohort
    number: int
    definition: int
    starts_on: date
    ends_on: date
    numerator: int
    denominator: int
    value: int | None
    asked: int
    threshold: int
    result: Result
    judged_at: datetime
    failure_id: int | None
    repeat: int | None
    credit_pence: int | None
    waived: bool

    def words(self, kept: int | None) -> str:
        return "n/a" if kept is None else exact_words(self.measure, kept)


@dataclass(frozen=True)
class PlanRow:
    """A rectification plan with who wrote it and who decided on it."""

    plan: RectificationPlan
    by: str | None
    decider: str | None


@dataclass(frozen=True)
class FailureView:
    """A failure with its period, its plans (the newest first) and who waived or closed it."""

    failure: ServiceLevelFailure
    period: PeriodRow
    plans: tuple[PlanRow, ...]
    waiver: str | None
    closer: str | None

    @property
    def plan(self) -> RectificationPlan | None:
        return self.plans[0].plan if self.plans else None

    @property
    def waits(self) -> bool:
        """Whether a plan waits for the council."""
        return self.plan is not None and self.plan.decision is None

    @property
    def decision(self) -> PlanDecision | None:
        return self.plan.decision if self.plan else None

    @property
    def course(self) -> Course:
        return course_of(self.failure, self.plan)

    def why_no_plan(self, today: date) -> str:
        """Why no plan may follow those there are; empty where one may."""
        closed = self.failure.closed_on is not None
        late = self.course.is_late(today)
        return why_no_plan(self.decision, waiting=self.waits, late=late, closed=closed)

    def check_new_plan(self, today: date) -> None:
        """Raise Refused where no plan may follow."""
        why = self.why_no_plan(today)
        if why:
            raise Refused(why)


@dataclass(frozen=True)
class OpenFailure:
    """A failure that is not closed, and how far its putting right has come."""

    failure_id: int
    level_id: int
    lot: str
    measure: Measure
    ends_on: date
    critical: bool
    repeat: int
    words: str
    tone: str


@dataclass(frozen=True)
class CreditDue:
    """A service credit to deduct from a lot's charges of a period."""

    failure_id: int
    lot_id: int
    measure: Measure
    pence: int
    words: str
    clause: str


_PERIODS = (
    select(
        *(
            col(column)
            for column in (
                ServiceLevel.id,
                ServiceLevel.lot_id,
                Lot.name,
                ServiceLevel.measure,
                ServiceLevel.cohort,
                ServiceLevelPeriod.number,
                ServiceLevelPeriod.definition,
                ServiceLevelPeriod.starts_on,
                ServiceLevelPeriod.ends_on,
                ServiceLevelPeriod.numerator,
                ServiceLevelPeriod.denominator,
                ServiceLevelPeriod.value,
                ServiceLevelPeriod.asked,
                ServiceLevelPeriod.threshold,
                ServiceLevelPeriod.result,
                ServiceLevelPeriod.judged_at,
                ServiceLevelFailure.id,
                ServiceLevelFailure.repeat,
                ServiceLevelFailure.credit_pence,
            )
        ),
        col(ServiceLevelFailure.waived_at).is_not(None),
    )
    .select_from(ServiceLevelPeriod)
    .join(ServiceLevel, col(ServiceLevel.id) == col(ServiceLevelPeriod.service_level_id))
    .join(Lot, col(Lot.id) == col(ServiceLevel.lot_id))
    .outerjoin(
        ServiceLevelFailure, col(ServiceLevelFailure.period_id) == col(ServiceLevelPeriod.id)
    )
    .order_by(col(ServiceLevelPeriod.ends_on).desc(), col(Lot.name), col(ServiceLevel.id))
)
_ALL_PERIODS = _PERIODS.limit(MOST_PERIODS)
_OF_LEVEL = _PERIODS.where(col(ServiceLevel.id) == bindparam("level_id")).limit(MOST_PERIODS)
_OF_FAILURE = _PERIODS.where(col(ServiceLevelFailure.id) == bindparam("failure_id"))
_DECIDER = aliased(User)
_PLANS = (
    select(RectificationPlan, col(User.name), col(_DECIDER.name))
    .outerjoin(User, col(User.id) == col(RectificationPlan.by_user_id))
    .outerjoin(_DECIDER, col(_DECIDER.id) == col(RectificationPlan.decided_by))
    .where(col(RectificationPlan.failure_id) == bindparam("failure_id"))
    .order_by(col(RectificationPlan.number).desc())
)
_NEWEST = (
    select(func.max(col(RectificationPlan.id)))
    .where(col(RectificationPlan.failure_id) == col(ServiceLevelFailure.id))
    .correlate(ServiceLevelFailure)
    .scalar_subquery()
)
_OPEN = (
    select(ServiceLevelFailure, RectificationPlan, col(Lot.name), col(ServiceLevel.measure))
    .join(ServiceLevel, col(ServiceLevel.id) == col(ServiceLevelFailure.service_level_id))
    .join(Lot, col(Lot.id) == col(ServiceLevelFailure.lot_id))
    .outerjoin(RectificationPlan, col(RectificationPlan.id) == _NEWEST)
    .where(col(ServiceLevelFailure.closed_on).is_(None))
    .order_by(col(ServiceLevelFailure.ends_on), col(Lot.name), col(ServiceLevelFailure.id))
)
_NAMES = select(col(User.id), col(User.name)).where(
    col(User.id).in_(bindparam("who", expanding=True))
)
OPEN_COUNT = OneRow(
    select(func.count())
    .select_from(ServiceLevelFailure)
    .where(col(ServiceLevelFailure.closed_on).is_(None)),
    int,
)
_DUE = (
    select(
        col(ServiceLevelFailure.id),
        col(ServiceLevelFailure.lot_id),
        col(ServiceLevel.measure),
        col(ServiceLevelFailure.ends_on),
        col(ServiceLevelFailure.whole_pence),
        col(ServiceLevelFailure.credit_pence),
        col(ServiceLevelTerms.clause),
    )
    .join(ServiceLevel, col(ServiceLevel.id) == col(ServiceLevelFailure.service_level_id))
    .join(ServiceLevelPeriod, col(ServiceLevelPeriod.id) == col(ServiceLevelFailure.period_id))
    .join(
        ServiceLevelTerms,
        and_(
            col(ServiceLevelTerms.service_level_id) == col(ServiceLevelPeriod.service_level_id),
            col(ServiceLevelTerms.number) == col(ServiceLevelPeriod.number),
        ),
    )
    .where(
        col(ServiceLevelFailure.lot_id) == bindparam("lot_id"),
        col(ServiceLevelFailure.ends_on) >= bindparam("starts_on"),
        col(ServiceLevelFailure.ends_on) <= bindparam("ends_on"),
        col(ServiceLevelFailure.credit_pence) > 0,
        col(ServiceLevelFailure.waived_at).is_(None),
    )
    .order_by(col(ServiceLevelFailure.ends_on), col(ServiceLevelFailure.id))
)
_WAIVED = select(col(ServiceLevelFailure.id)).where(
    col(ServiceLevelFailure.lot_id) == bindparam("lot_id"),
    col(ServiceLevelFailure.waived_at).is_not(None),
)
_GIVEN = select(
    col(ServiceLevelFailure.ends_on),
    col(ServiceLevelFailure.credit_pence),
    col(ServiceLevelFailure.waived_at),
).where(col(ServiceLevelFailure.service_level_id) == bindparam("level_id"))
_JUDGED = select(col(ServiceLevelPeriod.service_level_id), col(ServiceLevelPeriod.ends_on)).where(
    col(ServiceLevelPeriod.ends_on) >= bindparam("since")
)


def list_periods(uow: UnitOfWork, level_id: int | None = None) -> list[PeriodRow]:
    """The judged months of the actor's lots, or of one service level, the last first."""
    if level_id is None:
        return [PeriodRow(*row) for row in uow.rows(_ALL_PERIODS)]
    return [PeriodRow(*row) for row in uow.rows(_OF_LEVEL, level_id=level_id)]


def open_failures(uow: UnitOfWork) -> list[OpenFailure]:
    """The failures that are not closed, the oldest first."""
    return [
        OpenFailure(
            failure.id or 0,
            failure.service_level_id,
            lot,
            measure,
            failure.ends_on,
            failure.critical,
            failure.repeat,
            *course_of(failure, plan).standing(uow.today),
        )
        for failure, plan, lot, measure in uow.session.execute(_OPEN)
    ]


def count_open(uow: UnitOfWork) -> int:
    """How many failures are not closed."""
    return OPEN_COUNT.ask(uow)


def find_failure(uow: UnitOfWork, failure_id: int) -> FailureView:
    """The failure, or NotFound when it is absent or not the actor's."""
    failure = uow.get(ServiceLevelFailure, failure_id)
    period = PeriodRow(*uow.rows(_OF_FAILURE, failure_id=failure_id).one())
    plans = uow.session.execute(_PLANS, {"failure_id": failure_id})
    who = [one for one in (failure.waived_by, failure.closed_by) if one is not None]
    found = uow.rows(_NAMES, who=who)
    names: dict[int | None, str] = {user_id: name for user_id, name in found}  # noqa: C416 - rows, not pairs
    return FailureView(
        failure,
        period,
        tuple(PlanRow(*row) for row in plans),
        names.get(failure.waived_by),
        names.get(failure.closed_by),
    )


def credits_due(uow: UnitOfWork, lot_id: int, starts_on: date, ends_on: date) -> list[CreditDue]:
    """The credits of a lot for months that ended between two days, not waived, after the cap."""
    found = uow.rows(_DUE, lot_id=lot_id, starts_on=starts_on, ends_on=ends_on)
    return [
        CreditDue(failure_id, lot, measure, due, say_due(measure.label, ended, whole, due), clause)
        for failure_id, lot, measure, ended, whole, due, clause in found
    ]


def list_waived(uow: UnitOfWork, lot_id: int) -> set[int]:
    """The failures of a lot whose credit the council waived, by id."""
    return {failure_id for (failure_id,) in uow.rows(_WAIVED, lot_id=lot_id)}


def given(uow: UnitOfWork, level_id: int) -> list[CreditGiven]:
    """The failures of a service level with what each costs; nothing where that was waived."""
    return [
        CreditGiven(ends_on, 0 if waived_at is not None else pence)
        for ends_on, pence, waived_at in uow.rows(_GIVEN, level_id=level_id)
    ]


def judged_since(uow: UnitOfWork, since: date) -> set[tuple[int, date]]:
    """The service levels and last days of months that are judged already."""
    return {(level_id, ends_on) for level_id, ends_on in uow.rows(_JUDGED, since=since)}


def who_answers(uow: UnitOfWork, lot_id: int) -> list[int]:
    """The project managers of both sides in a lot, who are told of a failure."""
    found = uow.session.execute(
        select(col(User.id))
        .join(UserLot, col(UserLot.user_id) == col(User.id))
        .where(
            col(UserLot.lot_id) == lot_id,
            col(User.role).in_((Role.AGENCY_PROJECT_MANAGER, Role.COUNCIL_PROJECT_MANAGER)),
            col(User.disabled_at).is_(None),
        )
        .order_by(col(User.id))
    )
    return [user_id for (user_id,) in found]


def totals(rows: Iterable[PeriodRow]) -> tuple[int, int, int]:
    """Months judged, months failed, and the credits of those that were not waived."""
    told = list(rows)
    failed = [one for one in told if one.failure_id is not None]
    owed = sum(one.credit_pence or 0 for one in failed if not one.waived)
    return len(told), len(failed), owed


def course_of(failure: ServiceLevelFailure, plan: RectificationPlan | None) -> Course:
    return Course(
        failure.notified_on,
        plan is not None,
        plan.decision if plan else None,
        plan.due_on if plan else None,
        failure.closed_on is not None,
    )
