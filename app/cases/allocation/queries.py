"""Reads for the allocation desk: the triage queue, caseloads and who held a case."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from app.cases.register.models import Allocation, Case
from app.cases.register.rules import AllocationRole, ChangeReason
from app.people import queries as people
from app.people.models import Practitioner
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Caseload:
    """How many open cases a practitioner holds, and how many they help with."""

    practitioner_id: int
    name: str
    cases: int
    co_worked: int
    case_limit: int
    excluded: str | None

    @property
    def room(self) -> int:
        """Cases left below the limit; negative when over it."""
        return self.case_limit - self.cases


def caseloads(uow: UnitOfWork, lot_id: int) -> list[Caseload]:
    """Each practitioner of a lot with what they hold anywhere, most room first."""
    held, helped = _counts(uow, "practitioner_id"), _counts(uow, "co_worker_id")
    found = [
        Caseload(
            candidate.practitioner_id,
            candidate.name,
            held.get(candidate.practitioner_id, 0),
            helped.get(candidate.practitioner_id, 0),
            candidate.case_limit,
            candidate.excluded,
        )
        for candidate in people.candidates(uow, lot_id, uow.today)
    ]
    return sorted(found, key=lambda one: (one.excluded is not None, -one.room, one.name))


def _counts(uow: UnitOfWork, column: str) -> dict[int, int]:
    held_by = col(getattr(Case, column))
    counted = (
        select(held_by, func.count())
        .where(held_by.is_not(None), col(Case.ended_on).is_(None))
        .group_by(held_by)
    )
    return {int(who): int(number) for who, number in uow.session.execute(counted)}


@dataclass(frozen=True)
class HeldBy:
    """One stretch of a case's history of workers."""

    name: str
    role: AllocationRole
    starts_on: date
    ends_on: date | None
    reason: ChangeReason | None


def holders_of(uow: UnitOfWork, case_id: int) -> list[HeldBy]:
    """Who held a case and helped with it, the first one first."""
    columns: tuple[Any, ...] = (
        Practitioner.name,
        Allocation.role,
        Allocation.starts_on,
        Allocation.ends_on,
        Allocation.reason,
    )
    found = uow.session.execute(
        select(*columns)
        .join(Practitioner, col(Practitioner.id) == Allocation.practitioner_id)
        .where(Allocation.case_id == case_id)
        .order_by(col(Allocation.id))
    ).all()
    return [HeldBy(*row) for row in found]


def list_holders(uow: UnitOfWork) -> set[int]:
    """The practitioners who hold an open case."""
    found = uow.session.scalars(
        select(col(Case.practitioner_id))
        .where(col(Case.practitioner_id).is_not(None), col(Case.ended_on).is_(None))
        .distinct()
    )
    return {one for one in found if one is not None}
