"""Reads of workers' hours and of what is taken from them."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from app.db.among import among_ids
from app.people.capacity.models import Reduction
from app.people.capacity.rules import Hours, Reduced
from app.people.models import Practitioner
from app.work.uow import UnitOfWork

# What a `Reduced` is made of, in its order.
TAKEN: tuple[Any, ...] = (
    Reduction.reason,
    Reduction.starts_on,
    Reduction.ends_on,
    Reduction.minutes_a_week,
)
_FROM = (
    select(Reduction.practitioner_id, *TAKEN)
    .where(
        among_ids(col(Reduction.practitioner_id), "practitioner_ids"),
        col(Reduction.ends_on) >= bindparam("on"),
    )
    .order_by(col(Reduction.starts_on), col(Reduction.id))
)


def reductions_from(
    uow: UnitOfWork, practitioner_ids: Collection[int], on: date
) -> dict[int, list[Reduced]]:
    """What is taken from the hours of some workers on that day or later, by worker."""
    by_worker: dict[int, list[Reduced]] = defaultdict(list)
    found = uow.rows(_FROM, practitioner_ids=list(practitioner_ids), on=on)
    for practitioner_id, *taken in found.all():
        by_worker[practitioner_id].append(Reduced(*taken))
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
