"""Reads of counts of the workforce."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlmodel import col

from app.access.models import User
from app.contract.models import Lot
from app.kernel.days import show_date
from app.performance.workforce.models import WorkforceCount
from app.performance.workforce.rules import Counted
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class CountView:
    """A count with its lot and who recorded it."""

    id: int
    lot_id: int
    lot: str
    counted: Counted
    recorded_by: str
    recorded_at: datetime


def list_counts(uow: UnitOfWork) -> list[CountView]:
    """Every count of the actor's lots, by lot, the latest first."""
    return [
        CountView(count_id, lot_id, lot, Counted(*said), by, at)
        for count_id, lot_id, lot, by, at, *said in uow.rows(_ALL)
    ]


def find_count(uow: UnitOfWork, count_id: int) -> WorkforceCount:
    return uow.get(WorkforceCount, count_id)


def counted_of(row: WorkforceCount) -> Counted:
    return Counted(*(getattr(row, name) for name in Counted.__dataclass_fields__))


def sources(uow: UnitOfWork, count_ids: Iterable[int]) -> dict[int, str]:
    """What stands for a count behind a figure: its day, and who says so."""
    found = uow.rows(_SOURCES, ids=list(count_ids))
    return {count_id: f"{show_date(as_at)}: {source}" for count_id, as_at, source in found}


_SAID: tuple[Any, ...] = tuple(
    getattr(WorkforceCount, name) for name in Counted.__dataclass_fields__
)
_ALL = (
    select(
        col(WorkforceCount.id),
        col(WorkforceCount.lot_id),
        col(Lot.name),
        func.coalesce(col(User.name), ""),
        col(WorkforceCount.recorded_at),
        *_SAID,
    )
    .join(Lot, col(Lot.id) == col(WorkforceCount.lot_id))
    .outerjoin(User, col(User.id) == col(WorkforceCount.recorded_by))
    .order_by(col(Lot.contract_id), col(Lot.name), col(WorkforceCount.as_at).desc())
)
_SOURCES = select(
    col(WorkforceCount.id), col(WorkforceCount.as_at), col(WorkforceCount.source)
).where(col(WorkforceCount.id).in_(bindparam("ids", expanding=True)))
