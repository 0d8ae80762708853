"""Reads of workers themselves: one of them, and all of the actor's lots or of one lot."""

from collections import defaultdict
from datetime import date

from sqlalchemy import or_
from sqlmodel import col, select

from app.contract.models import Lot
from app.kernel.errors import NotFound
from app.people.models import Practitioner, PractitionerLot
from app.work.uow import UnitOfWork


def find_worker(uow: UnitOfWork, worker_id: int) -> Practitioner:
    """The worker, or NotFound when absent or in none of the actor's lots."""
    worker = uow.get(Practitioner, worker_id)
    shared = uow.session.exec(
        select(PractitionerLot.id).where(PractitionerLot.practitioner_id == worker_id).limit(1)
    ).first()
    if shared is None:
        raise NotFound
    return worker


def list_workers(uow: UnitOfWork, since: date, lot_id: int | None = None) -> list[Practitioner]:
    """The workers of the actor's lots, or of one, who had not left before a day, by name.

    Team managers too; those who are still to start as well.
    """
    in_lots = select(PractitionerLot.practitioner_id)
    if lot_id is not None:
        in_lots = in_lots.where(PractitionerLot.lot_id == lot_id)
    return list(
        uow.session.exec(
            select(Practitioner)
            .where(
                col(Practitioner.id).in_(in_lots),
                or_(col(Practitioner.ends_on).is_(None), col(Practitioner.ends_on) >= since),
            )
            .order_by(col(Practitioner.name), col(Practitioner.id))
        ).all()
    )


def names_of_workers(uow: UnitOfWork) -> dict[int, str]:
    """What every worker of the actor's lots is called, team managers and leavers too."""
    return {worker.id or 0: worker.name for worker in list_workers(uow, date.min)}


def lots_by_worker(uow: UnitOfWork) -> dict[int, list[tuple[PractitionerLot, str]]]:
    """The actor's lots that each worker works in, with the lot's name, in its order."""
    found: dict[int, list[tuple[PractitionerLot, str]]] = defaultdict(list)
    rows = uow.session.exec(
        select(PractitionerLot, Lot.name)
        .join(Lot, col(Lot.id) == col(PractitionerLot.lot_id))
        .order_by(col(Lot.name), col(PractitionerLot.id))
    ).all()
    for row, name in rows:
        found[row.practitioner_id].append((row, name))
    return found
