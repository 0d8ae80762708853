"""Reads of milestones."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.contract.models import Lot
from app.finance.milestones.models import Milestone
from app.finance.milestones.rules import days_late
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class MilestoneView:
    """A milestone with who showed and who certified it; `days_late` counts to today until then."""

    milestone_id: int
    lot_id: int
    lot: str
    title: str
    clause: str
    due_on: date
    pence: int
    vat: int
    releases: bool
    evidence: str
    evidence_by: str | None
    evidence_at: datetime | None
    achieved_on: date | None
    certified_by: str | None
    certified_at: datetime | None
    certificate: str
    days_late: int

    @property
    def is_certified(self) -> bool:
        return self.certified_at is not None


_shower, _certifier = aliased(User), aliased(User)
_COLUMNS: tuple[Any, ...] = (
    Milestone.id,
    Milestone.lot_id,
    Lot.name,
    Milestone.title,
    Milestone.clause,
    Milestone.due_on,
    Milestone.pence,
    Milestone.vat,
    Milestone.releases,
    Milestone.evidence,
    _shower.name,
    Milestone.evidence_at,
    Milestone.achieved_on,
    _certifier.name,
    Milestone.certified_at,
    Milestone.certificate,
)
_MILESTONES = (
    select(*_COLUMNS)
    .join(Lot, col(Lot.id) == col(Milestone.lot_id))
    .outerjoin(_shower, col(_shower.id) == col(Milestone.evidence_by))
    .outerjoin(_certifier, col(_certifier.id) == col(Milestone.certified_by))
    .order_by(col(Milestone.due_on), col(Milestone.id))
)


def list_milestones(uow: UnitOfWork) -> list[MilestoneView]:
    """The milestones of the actor's lots, the first due first."""
    found: list[Any] = [
        (*row, days_late(row.due_on, row.achieved_on, uow.today)) for row in uow.rows(_MILESTONES)
    ]
    return [MilestoneView(*values) for values in found]
