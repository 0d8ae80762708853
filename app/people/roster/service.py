"""Adds workers to the roster and changes their terms and the lots they work in."""

from collections.abc import Collection
from datetime import date

from sqlmodel import select

from app.accounts.users import service as users
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Invalid
from app.people.models import Practitioner, PractitionerLot
from app.people.roster.queries import terms_of
from app.people.roster.rules import Terms, check_place, check_terms, shown
from app.people.workers import find_worker
from app.work.uow import UnitOfWork


def add(uow: UnitOfWork, terms: Terms, lot_ids: Collection[int]) -> int:
    """Add a worker to the lots of one contract; returns their id.

    Nothing is known of them yet, so they hold no case until their checks are recorded.
    """
    with uow.command(Act.PEOPLE_EDIT):
        check_terms(terms)
        lots = [lot for lot in contract.list_lots(uow) if lot.id in lot_ids]
        contracts = {lot.contract_id for lot in lots}
        if len(lots) != len(set(lot_ids)) or len(contracts) != 1:
            raise Invalid("lots", "Choose lots of one contract.")
        contract_id = contracts.pop()
        _check_home(uow, terms, contract_id)
        worker = uow.add(Practitioner(contract_id=contract_id, **vars(terms)))
        for lot in lots:
            uow.add(PractitionerLot(practitioner_id=worker.id or 0, lot_id=lot.id or 0))
        return worker.id or 0


def edit(uow: UnitOfWork, worker_id: int, terms: Terms, *, version: int) -> None:
    """Change a worker's terms; their sign-in ends with their last day.

    Raises Invalid, on the field at fault, and Conflict where somebody else was faster.
    """
    with uow.command(Act.PEOPLE_EDIT):
        worker = find_worker(uow, worker_id)
        lives_in = dict(contract.lot_choices(uow)).get(worker.home_lot_id or 0, "–")
        uow.expect(worker, version, shown(terms_of(worker)) | {"Lives in": lives_in})
        check_terms(terms)
        _check_home(uow, terms, worker.contract_id)
        for name, value in vars(terms).items():
            setattr(worker, name, value)
        users.end_with_work(uow, worker_id, terms.ends_on)


def place(
    uow: UnitOfWork, worker_id: int, lot_id: int, starts_on: date | None, ends_on: date | None
) -> None:
    """Say from when to when somebody works in a lot; no days mean all their time with us."""
    with uow.command(Act.PEOPLE_EDIT):
        worker = find_worker(uow, worker_id)
        lot = contract.find_lot(uow, lot_id)
        if lot.contract_id != worker.contract_id:
            raise Invalid("lot_id", "Choose a lot of their contract.")
        check_place(starts_on, ends_on)
        there = uow.session.exec(
            select(PractitionerLot).where(
                PractitionerLot.practitioner_id == worker_id, PractitionerLot.lot_id == lot_id
            )
        ).first()
        if there is None:
            there = uow.add(PractitionerLot(practitioner_id=worker_id, lot_id=lot_id))
        there.starts_on, there.ends_on = starts_on, ends_on


def _check_home(uow: UnitOfWork, terms: Terms, contract_id: int) -> None:
    if terms.home_lot_id is not None:
        lot = contract.find_lot(uow, terms.home_lot_id)
        if lot.contract_id != contract_id:
            raise Invalid("home_lot_id", "Choose a lot of their contract.")
