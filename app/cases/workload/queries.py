"""Reads of the workloads: what each practitioner of a contract carries."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from app.cases.workload.models import Workload
from app.cases.workload.rules import Carried, Load, load_of
from app.people.models import Practitioner
from app.people.points.queries import points_table
from app.people.points.rules import PointsTable
from app.work.uow import UnitOfWork

_COLUMNS: tuple[Any, ...] = (
    Workload.practitioner_id,
    Practitioner.home_lot_id,
    Workload.lot_id,
    Workload.band,
    Workload.stage,
    Workload.held,
    Workload.co_worked,
)
_CARRIED = (
    select(*_COLUMNS)
    .join(Practitioner, col(Practitioner.id) == Workload.practitioner_id)
    .where(Workload.contract_id == bindparam("contract_id"))
)
_CARRIED_BY = _CARRIED.where(
    col(Workload.practitioner_id).in_(bindparam("practitioner_ids", expanding=True))
)


def loads(
    uow: UnitOfWork,
    contract_id: int,
    table: PointsTable | None = None,
    practitioner_ids: Collection[int] | None = None,
) -> dict[int, Load]:
    """What each practitioner carries in all lots of a contract, by the points table in force.

    Read from the counters, for everybody or for those named; somebody who never carried a case is
    not among them.
    """
    asked: dict[str, Any] = {"contract_id": contract_id}
    statement = _CARRIED
    if practitioner_ids is not None:
        statement, asked["practitioner_ids"] = _CARRIED_BY, list(practitioner_ids)
    carried: dict[tuple[int, int | None], list[Carried]] = defaultdict(list)
    for practitioner_id, home_lot_id, *rest in uow.rows(statement, **asked).all():
        carried[practitioner_id, home_lot_id].append(Carried._make(rest))
    in_force = table or points_table(uow, contract_id)
    return {who: load_of(cases, home, in_force) for (who, home), cases in carried.items()}
