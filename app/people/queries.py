"""Reads of practitioners: who may hold a case in a lot, and who works where."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from app.people.models import Practitioner, PractitionerLot
from app.people.rules import Employment, exclusion
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Candidate:
    """A practitioner of a lot; `excluded` says why they may not hold a case, or is None."""

    practitioner_id: int
    name: str
    case_limit: int
    excluded: str | None

    @property
    def may_hold(self) -> bool:
        return self.excluded is None


def may_hold(uow: UnitOfWork, lot_id: int, on: date) -> list[Candidate]:
    """The practitioners of a lot by name; those who may not hold a case that day say why."""
    workers = uow.session.exec(
        select(Practitioner)
        .join(PractitionerLot, col(PractitionerLot.practitioner_id) == col(Practitioner.id))
        .where(PractitionerLot.lot_id == lot_id)
        .order_by(col(Practitioner.name), col(Practitioner.id))
    ).all()
    return [
        Candidate(worker.id, worker.name, worker.case_limit, exclusion(_employment(worker), on))
        for worker in workers
        if worker.id is not None
    ]


def list_practitioners(uow: UnitOfWork) -> list[tuple[int, str]]:
    """The practitioners of the actor's lots, by name."""
    found = uow.session.exec(
        select(Practitioner.id, Practitioner.name)
        .join(PractitionerLot, col(PractitionerLot.practitioner_id) == col(Practitioner.id))
        .distinct()
        .order_by(col(Practitioner.name), col(Practitioner.id))
    ).all()
    return [(practitioner_id, name) for practitioner_id, name in found if practitioner_id]


def _employment(worker: Practitioner) -> Employment:
    return Employment(
        worker.qualified, worker.registration_expires_on, worker.starts_on, worker.ends_on
    )
