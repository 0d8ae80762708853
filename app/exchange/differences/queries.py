"""Reads of differences: how many wait in each lot, a page of them, one of them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from app.access.models import User
from app.cases.findings.rules import Mender
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.contract import queries as contract
from app.contract.models import Lot
from app.exchange.differences.models import CaseDifference
from app.exchange.differences.rules import Compared, State, as_told
from app.kernel import paging
from app.kernel.errors import NotFound
from app.work.uow import UnitOfWork

PAGE_SIZE = 50


@dataclass(frozen=True)
class DifferenceView:
    """One difference with its case and its list."""

    id: int
    case_id: int
    reference: str
    case_state: CaseState
    lot: str
    field: Compared
    ours: str
    council_now: str
    council_before: str
    mender: Mender
    found_on: date
    batch_id: int
    state: State
    settled_by: str | None
    settled_at: datetime | None
    because: str


@dataclass(frozen=True)
class LotDifferences:
    """How many differences of a lot are to settle, by who can put them right."""

    lot_id: int
    lot: str
    by_mender: Mapping[Mender, int]

    @property
    def total(self) -> int:
        return sum(self.by_mender.values())


@dataclass(frozen=True)
class Wanted:
    """Which differences: each part may be left open; settled ones only when asked for."""

    lot: int | None = None
    field: Compared | None = None
    mender: Mender | None = None
    state: State = State.OPEN

    def criteria(self) -> list[Any]:
        kept: list[Any] = [CaseDifference.state == self.state]
        if self.lot is not None:
            kept.append(CaseDifference.lot_id == self.lot)
        if self.field is not None:
            kept.append(CaseDifference.field == self.field)
        if self.mender is not None:
            kept.append(CaseDifference.mender == self.mender)
        return kept


_VIEW: tuple[Any, ...] = (
    CaseDifference.id,
    CaseDifference.case_id,
    Case.reference,
    Case.state,
    Lot.name,
    CaseDifference.field,
    CaseDifference.ours,
    CaseDifference.council_now,
    CaseDifference.council_before,
    CaseDifference.mender,
    CaseDifference.found_on,
    CaseDifference.batch_id,
    CaseDifference.state,
    User.name,
    CaseDifference.settled_at,
    CaseDifference.because,
)
_OURS = tuple(getattr(Case, field) for field in Compared)
_VIEWS = (
    select(*_VIEW, *_OURS)
    .select_from(CaseDifference)
    .join(Case, col(Case.id) == CaseDifference.case_id)
    .join(Lot, col(Lot.id) == CaseDifference.lot_id)
    .outerjoin(User, col(User.id) == CaseDifference.settled_by)
)


def by_lot(uow: UnitOfWork) -> list[LotDifferences]:
    """Each of the actor's lots with what waits there; reads every difference to settle."""
    counted = (
        select(CaseDifference.lot_id, CaseDifference.mender, func.count())
        .where(CaseDifference.state == State.OPEN)
        .group_by(col(CaseDifference.lot_id), col(CaseDifference.mender))
    )
    found: dict[int, dict[Mender, int]] = {}
    for lot_id, mender, number in uow.session.execute(counted):
        found.setdefault(lot_id, {})[mender] = number
    return [
        LotDifferences(lot.id or 0, lot.name, found.get(lot.id or 0, {}))
        for lot in contract.list_lots(uow)
    ]


def list_differences(
    uow: UnitOfWork, wanted: Wanted, page: int | str | None = 1
) -> paging.Slice[DifferenceView]:
    """One page of differences by lot and fact, the oldest first."""
    counted = select(func.count()).select_from(CaseDifference).where(*wanted.criteria())
    total = int(uow.session.scalar(counted) or 0)
    place = paging.place(page, total=total, size=PAGE_SIZE)
    rows = uow.session.execute(
        _VIEWS.where(*wanted.criteria())
        .order_by(col(CaseDifference.lot_id), col(CaseDifference.field), col(CaseDifference.id))
        .offset(place.offset)
        .limit(place.size)
    )
    return paging.Slice.at(place, [_view(row) for row in rows])


def find_view(uow: UnitOfWork, difference_id: int) -> DifferenceView:
    """One difference; NotFound when it is absent or not the actor's."""
    found = uow.session.execute(_VIEWS.where(CaseDifference.id == difference_id)).first()
    if found is None:
        raise NotFound
    return _view(found)


def _view(row: Any) -> DifferenceView:
    """A difference that is to settle has what the case holds now."""
    found = DifferenceView(*row[: len(_VIEW)])
    return replace(found, ours=as_told(row)[found.field]) if found.state is State.OPEN else found
