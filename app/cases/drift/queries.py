"""Reads of drift: the list that the last looks made, and when that was."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.cases.drift.models import DriftingCase
from app.cases.drift.rules import Basis, Suggestion
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.contract.models import Lot
from app.people.models import Practitioner
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Drifting:
    """A drifting case: where it is stuck since when, how old that is, and what would move it."""

    case_id: int
    lot_id: int
    reference: str
    lot: str
    state: CaseState
    open_flags: int
    practitioner: str | None
    stage: CaseState
    stage_since: date
    idle_since: date
    basis: Basis
    still_there: int | None
    suggestion: Suggestion
    listed_on: date

    def days(self, today: date) -> int:
        """Calendar days in its stage."""
        return (today - self.stage_since).days


_columns: tuple[Any, ...] = (
    DriftingCase.case_id,
    DriftingCase.lot_id,
    Case.reference,
    Lot.name,
    Case.state,
    Case.open_flags,
    Practitioner.name,
    DriftingCase.stage,
    DriftingCase.stage_since,
    DriftingCase.idle_since,
    DriftingCase.basis,
    DriftingCase.still_there,
    DriftingCase.suggestion,
    DriftingCase.listed_on,
)
# One that moved on since the night does not drift any more.
_ROWS = (
    select(*_columns)
    .select_from(DriftingCase)
    .join(Case, col(Case.id) == col(DriftingCase.case_id))
    .join(Lot, col(Lot.id) == col(DriftingCase.lot_id))
    .outerjoin(Practitioner, col(Practitioner.id) == col(Case.practitioner_id))
    .where(col(Case.state) == col(DriftingCase.stage))
    .order_by(col(DriftingCase.lot_id), col(DriftingCase.place))
)
_OF_LOTS = _ROWS.where(col(DriftingCase.lot_id).in_(bindparam("lot_ids", expanding=True))).limit(
    bindparam("most")
)


def list_drifting(uow: UnitOfWork, lot_ids: Collection[int], limit: int) -> list[Drifting]:
    """The first drifting cases of some lots, lot by lot, the most stuck first."""
    found = uow.rows(_OF_LOTS, lot_ids=list(lot_ids), most=limit)
    return [Drifting(*row) for row in found]
