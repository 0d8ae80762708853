"""Reads every practitioner of the actor's lots with what they hold."""

from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import col

from app.cases.register.models import Case
from app.contract.models import Lot
from app.people.models import Practitioner, PractitionerLot
from app.people.rules import Employment, exclusion
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class WorkerRow:
    """A practitioner as the list shows them; `excluded` says why they may hold no case today."""

    practitioner_id: int
    name: str
    lots: str
    cases: int
    co_worked: int
    case_limit: int
    qualified: bool
    registration_expires_on: date | None
    starts_on: date
    ends_on: date | None
    excluded: str | None


def list_workers(uow: UnitOfWork, lot_id: int | None = None) -> list[WorkerRow]:
    """The practitioners of the actor's lots, or of one of them, by name; open cases only."""
    lots = _lots(uow)
    held, helped = _counts(uow, "practitioner_id"), _counts(uow, "co_worker_id")
    workers = uow.session.scalars(
        select(Practitioner).order_by(col(Practitioner.name), col(Practitioner.id))
    )
    return [
        _row(worker, lots[worker.id], held, helped, uow.today)
        for worker in workers
        if worker.id in lots and lot_id in (None, *lots[worker.id])
    ]


def _row(
    worker: Practitioner,
    lots: dict[int, str],
    held: Counter[int],
    helped: Counter[int],
    today: date,
) -> WorkerRow:
    worker_id = worker.id or 0
    person = Employment(
        worker.qualified, worker.registration_expires_on, worker.starts_on, worker.ends_on
    )
    return WorkerRow(
        worker_id,
        worker.name,
        ", ".join(lots.values()),
        held[worker_id],
        helped[worker_id],
        worker.case_limit,
        worker.qualified,
        worker.registration_expires_on,
        worker.starts_on,
        worker.ends_on,
        exclusion(person, today),
    )


def _lots(uow: UnitOfWork) -> dict[int, dict[int, str]]:
    """The lots of each practitioner, by id and name."""
    found: dict[int, dict[int, str]] = defaultdict(dict)
    rows = uow.session.execute(
        select(col(PractitionerLot.practitioner_id), col(Lot.id), col(Lot.name))
        .join(Lot, col(Lot.id) == col(PractitionerLot.lot_id))
        .order_by(col(Lot.name))
    )
    for worker_id, lot_id, name in rows:
        found[worker_id][lot_id] = name
    return dict(found)


def _counts(uow: UnitOfWork, column: str) -> Counter[int]:
    who = col(getattr(Case, column))
    counted = select(who, func.count()).where(who.is_not(None), col(Case.ended_on).is_(None))
    totals: Counter[int] = Counter()
    for worker, number in uow.session.execute(counted.group_by(who)):
        totals[worker] += number
    return totals
