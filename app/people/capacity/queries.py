"""Reads of workers' hours and of what is taken from them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from app.people.capacity.models import Reduction
from app.people.capacity.rules import Hours, Reduced
from app.people.models import Practitioner
from app.work.uow import UnitOfWork


def reductions_from(
    uow: UnitOfWork, practitioner_ids: Collection[int], on: date
) -> dict[int, list[Reduced]]:
    """What is taken from the hours of some workers on that day or later, by worker."""
    found = uow.session.exec(
        select(Reduction)
        .where(col(Reduction.practitioner_id).in_(practitioner_ids), col(Reduction.ends_on) >= on)
        .order_by(col(Reduction.starts_on), col(Reduction.id))
    ).all()
    by_worker: dict[int, list[Reduced]] = defaultdict(list)
    for row in found:
        by_worker[row.practitioner_id].append(reduced(row))
    return by_worker


@dataclass(frozen=True)
class ReductionView:
    """One stretch of time taken from a worker's hours."""

    reduction_id: int
    reduced: Reduced


def list_reductions(uow: UnitOfWork, worker_id: int) -> list[ReductionView]:
    """Everything ever taken from a worker's hours, the latest first."""
    found = uow.session.exec(
        select(Reduction)
        .where(Reduction.practitioner_id == worker_id)
        .order_by(col(Reduction.starts_on).desc(), col(Reduction.id).desc())
    ).all()
    return [ReductionView(row.id or 0, reduced(row)) for row in found]


def reduced(row: Reduction) -> Reduced:
    return Reduced(row.reason, row.starts_on, row.ends_on, row.minutes_a_week)


def hours_of(worker: Practitioner) -> Hours:
    """A worker's contract of work, as the rules of capacity take it."""
    return Hours(
        worker.starts_on, worker.ends_on, worker.weekly_minutes, worker.weekdays, worker.asye
    )
