"""Reads of child protection plans with their reviews."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.access.models import User
from app.safeguarding.reviews.models import ProtectionPlan, ReviewConference
from app.safeguarding.reviews.rules import Reviewed
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class PlanView:
    """A plan of one case."""

    id: int
    case_id: int
    version: int
    is_listed: bool
    reviewed: Reviewed
    # Who recorded each review, in their order; nobody where a list tells of it.
    recorded_by: tuple[str | None, ...]


def of_case(uow: UnitOfWork, case_id: int) -> list[PlanView]:
    """The plans of a case, the latest first."""
    return _views(uow, uow.rows(_OF_CASES, cases=[case_id]).all())


def find_plan(uow: UnitOfWork, plan_id: int) -> PlanView | None:
    """One plan, or None when it is absent or not the actor's."""
    return next(iter(_views(uow, uow.rows(_ONE, plan_id=plan_id).all())), None)


def of_cases(uow: UnitOfWork, case_ids: Sequence[int]) -> list[PlanView]:
    """The plans of some cases."""
    return _views(uow, uow.rows(_OF_CASES, cases=list(case_ids)).all())


_PLAN: tuple[Any, ...] = (
    ProtectionPlan.id,
    ProtectionPlan.case_id,
    ProtectionPlan.version,
    ProtectionPlan.batch_id,
    ProtectionPlan.starts_on,
    ProtectionPlan.review_due_on,
    ProtectionPlan.ended_on,
)
_OF_CASES = (
    select(*_PLAN)
    .where(col(ProtectionPlan.case_id).in_(bindparam("cases", expanding=True)))
    .order_by(col(ProtectionPlan.starts_on).desc(), col(ProtectionPlan.id).desc())
)
_ONE = select(*_PLAN).where(col(ProtectionPlan.id) == bindparam("plan_id"))
_HELD = (
    select(col(ReviewConference.plan_id), col(ReviewConference.held_on), col(User.name))
    .outerjoin(User, col(User.id) == col(ReviewConference.recorded_by))
    .where(col(ReviewConference.plan_id).in_(bindparam("plans", expanding=True)))
    .order_by(col(ReviewConference.held_on))
)


def _views(uow: UnitOfWork, rows: Sequence[Any]) -> list[PlanView]:
    held: dict[int, list[date]] = defaultdict(list)
    by: dict[int, list[str | None]] = defaultdict(list)
    if rows:
        for plan_id, on, name in uow.rows(_HELD, plans=[row.id for row in rows]):
            held[plan_id].append(on)
            by[plan_id].append(name)
    return [
        PlanView(
            row.id,
            row.case_id,
            row.version,
            row.batch_id is not None,
            Reviewed(row.starts_on, row.review_due_on, row.ended_on, tuple(held[row.id])),
            tuple(by[row.id]),
        )
        for row in rows
    ]
