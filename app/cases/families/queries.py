"""Reads of families: who belongs to one, and the pairs of cases that wait for a decision."""

from dataclasses import dataclass
from typing import Any

from sqlmodel import col, select

from app.cases.register.models import Case
from app.cases.states import CaseState
from app.contract.models import Lot
from app.people.models import Practitioner
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class FamilyMember:
    """One open case of a family."""

    id: int
    reference: str
    lot_id: int
    lot: str
    state: CaseState
    age_band: str
    practitioner_id: int | None
    practitioner: str | None


_MEMBER: tuple[Any, ...] = (
    Case.id,
    Case.reference,
    Case.lot_id,
    Lot.name,
    Case.state,
    Case.age_band,
    Case.practitioner_id,
    Practitioner.name,
)


def family_of(uow: UnitOfWork, case_id: int) -> list[FamilyMember]:
    """The open cases of a case's family that the actor may see, by reference.

    The case itself is among them while it is open; NotFound where it is not the actor's.
    """
    case = uow.get(Case, case_id)
    members = (
        select(*_MEMBER)
        .select_from(Case)
        .join(Lot, col(Lot.id) == Case.lot_id)
        .outerjoin(Practitioner, col(Practitioner.id) == Case.practitioner_id)
        .where(col(Case.ended_on).is_(None), Case.contract_id == case.contract_id)
        .order_by(col(Case.reference), col(Case.id))
    )
    of_family = Case.family_key == case.family_key if case.family_key else Case.id == case_id
    return [FamilyMember(*row) for row in uow.session.execute(members.where(of_family))]
