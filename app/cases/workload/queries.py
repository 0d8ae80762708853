"""Reads of the workloads: what each practitioner of a contract carries."""

from collections import defaultdict
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from app.cases.workload.models import Workload
from app.cases.workload.rules import Load, load_of
from app.people.models import Practitioner
from app.people.points.queries import points_table
from app.people.points.rules import PointsTable, every_points
from app.work.uow import UnitOfWork

# What `load_of` adds up, in its order.
CARRIED: tuple[Any, ...] = (
    Workload.lot_id,
    Workload.band,
    Workload.stage,
    Workload.held,
    Workload.co_worked,
)
_CARRIED_BY_ALL = (
    select(Workload.practitioner_id, Practitioner.home_lot_id, *CARRIED)
    .join(Practitioner, col(Practitioner.id) == Workload.practitioner_id)
    .where(Workload.contract_id == bindparam("contract_id"))
)


def loads(uow: UnitOfWork, contract_id: int, table: PointsTable | None = None) -> dict[int, Load]:
    """What each practitioner carries in all lots of a contract, by the points table in force.

    Read from the counters; somebody who never carried a case is not among them.
    """
    carried: dict[Any, list[Any]] = defaultdict(list)
    for row in uow.rows(_CARRIED_BY_ALL, contract_id=contract_id).all():
        carried[row[:2]].append(row[2:])
    each = every_points(table or points_table(uow, contract_id))
    return {who: load_of(cases, home, each) for (who, home), cases in carried.items()}
