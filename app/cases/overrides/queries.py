"""Reads of the limits that managers passed."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from app.access.models import User
from app.cases.allocation.models import AllocationOverride
from app.cases.allocation.rules import Limit, OverrideReason
from app.cases.register.models import Case
from app.kernel import paging
from app.people.models import Practitioner
from app.work.uow import UnitOfWork

PAGE_SIZE = 50


@dataclass(frozen=True)
class OverrideRow:
    """A limit that a manager passed."""

    case_id: int
    reference: str
    practitioner: str
    limits: tuple[Limit, ...]
    reason: OverrideReason
    note: str
    made_on: date
    by: str | None


def list_overrides(uow: UnitOfWork, page: int | str | None = 1) -> paging.Slice[OverrideRow]:
    """The limits that managers passed, the latest first."""
    total = uow.session.scalar(select(func.count()).select_from(AllocationOverride))
    place = paging.place(page, total=int(total or 0), size=PAGE_SIZE)
    columns: tuple[Any, ...] = (
        AllocationOverride.case_id,
        Case.reference,
        Practitioner.name,
        AllocationOverride.limits,
        AllocationOverride.reason,
        AllocationOverride.note,
        AllocationOverride.made_on,
        User.name,
    )
    found = uow.session.execute(
        select(*columns)
        .select_from(AllocationOverride)
        .join(Case, col(Case.id) == AllocationOverride.case_id)
        .join(Practitioner, col(Practitioner.id) == AllocationOverride.practitioner_id)
        .outerjoin(User, col(User.id) == col(AllocationOverride.by_user_id))
        .order_by(col(AllocationOverride.made_on).desc(), col(AllocationOverride.id).desc())
        .offset(place.offset)
        .limit(place.size)
    ).all()
    return paging.Slice.at(
        place,
        [
            OverrideRow(case_id, reference, name, tuple(map(Limit, limits.split())), *rest)
            for case_id, reference, name, limits, *rest in found
        ],
    )


def count_overrides(uow: UnitOfWork) -> list[tuple[str, OverrideReason, int]]:
    """How often each manager passed limits for each reason: manager, reason, number."""
    found = uow.session.execute(
        select(User.name, AllocationOverride.reason, func.count())
        .join(User, col(User.id) == col(AllocationOverride.by_user_id))
        .group_by(col(User.name), col(AllocationOverride.reason))
        .order_by(col(User.name), func.count().desc())
    ).all()
    return [(name, reason, number) for name, reason, number in found]
