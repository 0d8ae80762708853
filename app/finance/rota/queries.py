"""Reads of who works in a lot, on which days, for what share of them, and in which other lots."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import select
from sqlmodel import col

from app.contract import queries as contract
from app.contract.models import Lot
from app.finance.rota.rules import Worker
from app.people.capacity.queries import hours_of, reductions_from
from app.people.models import Practitioner, PractitionerLot
from app.work.uow import UnitOfWork


def workers_of(
    uow: UnitOfWork, lot_id: int, first: date, last: date, more: Sequence[int] = ()
) -> list[Worker]:
    """Who works in a lot on any of some days, and `more` who only came for a day, by name."""
    places = _places(uow, lot_id)
    ids = places.keys() | set(more)
    rows = uow.session.scalars(
        select(Practitioner)
        .where(col(Practitioner.id).in_(ids), col(Practitioner.starts_on) <= last)
        .order_by(col(Practitioner.name), col(Practitioner.id))
    ).all()
    reduced = reductions_from(uow, ids, first)
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [
        Worker(
            row.id or 0,
            row.name,
            row.post,
            hours_of(row),
            reduced[row.id or 0],
            _shares(places.get(row.id or 0, []), lot_id, days),
        )
        for row in rows
        if row.ends_on is None or row.ends_on >= first
    ]


def lots_of_worker(uow: UnitOfWork, practitioner_id: int) -> list[tuple[int, str]]:
    """The actor's lots that a worker works or worked in, by name."""
    found = uow.session.execute(
        select(col(Lot.id), col(Lot.name))
        .join(PractitionerLot, col(PractitionerLot.lot_id) == col(Lot.id))
        .where(col(PractitionerLot.practitioner_id) == practitioner_id)
        .order_by(col(Lot.name))
    )
    return [(lot_id or 0, name) for lot_id, name in found]


def lots_beside(uow: UnitOfWork, lot_id: int) -> list[tuple[int, str]]:
    """The other lots of a lot's contract, seen or not: a worker may have worked there."""
    own = contract.find_lot(uow, lot_id)
    with uow.beyond_scope():
        found = uow.session.execute(
            select(col(Lot.id), col(Lot.name))
            .where(col(Lot.contract_id) == own.contract_id, col(Lot.id) != lot_id)
            .order_by(col(Lot.name))
        ).all()
    return [(other or 0, name) for other, name in found]


def names_of_lots(uow: UnitOfWork, lot_ids: Sequence[int]) -> dict[int, str]:
    """What lots are called, those not seen too: a worker came from there or went there."""
    if not lot_ids:
        return {}
    with uow.beyond_scope():
        found = uow.session.execute(
            select(col(Lot.id), col(Lot.name)).where(col(Lot.id).in_(lot_ids))
        ).all()
    return {lot_id or 0: name for lot_id, name in found}


def _places(uow: UnitOfWork, lot_id: int) -> dict[int, list[PractitionerLot]]:
    """Everywhere that the workers of a lot work, so that a day is shared with lots not seen too."""
    here = select(col(PractitionerLot.practitioner_id)).where(col(PractitionerLot.lot_id) == lot_id)
    with uow.beyond_scope():
        rows = uow.session.scalars(
            select(PractitionerLot).where(col(PractitionerLot.practitioner_id).in_(here))
        ).all()
    found: dict[int, list[PractitionerLot]] = defaultdict(list)
    for row in rows:
        found[row.practitioner_id].append(row)
    return found


def _shares(
    places: Sequence[PractitionerLot], lot_id: int, days: Sequence[date]
) -> dict[date, int]:
    """Between how many lots each day is shared, for the days on which this lot is one of them."""
    shares = {}
    for day in days:
        there = [
            place.lot_id
            for place in places
            if (place.starts_on is None or place.starts_on <= day)
            and (place.ends_on is None or place.ends_on >= day)
        ]
        if lot_id in there:
            shares[day] = len(there)
    return shares
