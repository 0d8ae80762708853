"""Reads of the workloads: what each practitioner of a contract carries."""

from collections import defaultdict

from sqlmodel import col, select

from app.cases.workload.models import Workload
from app.cases.workload.rules import Carried, Load, load_of
from app.people.models import Practitioner
from app.people.points.queries import points_table
from app.people.points.rules import PointsTable
from app.work.uow import UnitOfWork


def loads(uow: UnitOfWork, contract_id: int, table: PointsTable | None = None) -> dict[int, Load]:
    """What each practitioner carries in all lots of a contract, by the points table in force.

    Read from the counters; somebody who never carried a case is not among them.
    """
    found = uow.session.execute(
        select(
            Workload.practitioner_id,
            Practitioner.home_lot_id,
            Workload.lot_id,
            Workload.band,
            Workload.stage,
            Workload.held,
            Workload.co_worked,
        )  # type: ignore[call-overload]
        .join(Practitioner, col(Practitioner.id) == Workload.practitioner_id)
        .where(Workload.contract_id == contract_id)
    ).all()
    carried: dict[tuple[int, int | None], list[Carried]] = defaultdict(list)
    for practitioner_id, home_lot_id, *rest in found:
        carried[practitioner_id, home_lot_id].append(Carried(*rest))
    in_force = table or points_table(uow, contract_id)
    return {who: load_of(cases, home, in_force) for (who, home), cases in carried.items()}
