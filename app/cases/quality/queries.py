"""Reads of the queue: findings by lot and kind, and how many cases they are about."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func
from sqlmodel import col, select

from app.access.models import User
from app.cases.findings.models import Finding, LeftOutRow
from app.cases.findings.rules import Kind
from app.cases.register.models import Case
from app.cases.scope.models import CaseCounter
from app.cases.states import CaseState
from app.contract import queries as contract
from app.contract.models import Lot
from app.kernel import paging
from app.kernel.errors import NotFound
from app.work.uow import UnitOfWork

PAGE_SIZE = 50


@dataclass(frozen=True)
class LotQuality:
    """A lot's open cases beside those of them with something to mend; none is in neither."""

    lot_id: int
    lot: str
    open: int
    unallocated: int
    to_mend: int
    unallocated_to_mend: int
    by_kind: Mapping[Kind, int]
    # Rows of the latest lists that could not be imported, and so belong to no case.
    left_out: int


@dataclass(frozen=True)
class FindingView:
    """One finding with its case."""

    id: int
    kind: Kind
    words: str
    found_on: date
    case_id: int
    reference: str
    state: CaseState
    lot: str
    accepted_by: str | None
    accepted_at: datetime | None
    accepted_because: str

    @property
    def is_accepted(self) -> bool:
        return self.accepted_at is not None


_TO_MEND = col(Finding.accepted_at).is_(None)
_VIEW: tuple[Any, ...] = (
    Finding.id,
    Finding.kind,
    Finding.words,
    Finding.found_on,
    Finding.case_id,
    Case.reference,
    Case.state,
    Lot.name,
    User.name,
    Finding.accepted_at,
    Finding.accepted_because,
)
_VIEWS = (
    select(*_VIEW)
    .select_from(Finding)
    .join(Case, col(Case.id) == Finding.case_id)
    .join(Lot, col(Lot.id) == Finding.lot_id)
    .outerjoin(User, col(User.id) == Finding.accepted_by)
)
_OF_CASE = _VIEWS.where(Finding.case_id == bindparam("case_id")).order_by(col(Finding.kind))


_STANDS = col(LeftOutRow.superseded_by).is_(None)
_LEFT_OUT_BY_LOT = (
    select(LeftOutRow.lot_id, func.count().label("left_out"))
    .where(_STANDS)
    .group_by(col(LeftOutRow.lot_id))
)


@dataclass(frozen=True)
class LeftOut:
    """One row of a list that was refused while the others were imported."""

    lot: str
    import_id: int
    list_name: str
    listed_on: date
    sheet: str
    line: int
    column: str
    reason: str


_LEFT_OUT: tuple[Any, ...] = (
    Lot.name,
    LeftOutRow.import_id,
    LeftOutRow.list_name,
    LeftOutRow.listed_on,
    LeftOutRow.sheet,
    LeftOutRow.line,
    LeftOutRow.column_name,
    LeftOutRow.reason,
)


def list_left_out(
    uow: UnitOfWork, lot_id: int | None = None, page: int | str | None = 1
) -> paging.Slice[LeftOut]:
    """One page of the rows that the latest lists of one lot or all could not tell us."""
    these = [_STANDS] if lot_id is None else [_STANDS, col(LeftOutRow.lot_id) == lot_id]
    total = uow.rows(select(func.count()).select_from(LeftOutRow).where(*these)).scalar_one()
    place = paging.place(page, total=total, size=PAGE_SIZE)
    rows = uow.rows(
        select(*_LEFT_OUT)
        .join(Lot, col(Lot.id) == LeftOutRow.lot_id)
        .where(*these)
        .order_by(col(LeftOutRow.lot_id), col(LeftOutRow.id))
        .offset(place.offset)
        .limit(place.size)
    )
    return paging.Slice.at(place, [LeftOut(*row) for row in rows])


def by_lot(uow: UnitOfWork) -> list[LotQuality]:
    """Each of the actor's lots with what there is to mend; reads every finding not accepted."""
    kinds, cases, counted = _by_kind(uow), _cases_to_mend(uow), _counted(uow)
    left_out = {one.lot_id: one.left_out for one in uow.rows(_LEFT_OUT_BY_LOT)}
    quality = []
    for lot in contract.list_lots(uow):
        states, to_mend = counted.get(lot.id or 0, {}), cases.get(lot.id or 0, {})
        quality.append(
            LotQuality(
                lot.id or 0,
                lot.name,
                sum(states.values()),
                states.get(CaseState.UNALLOCATED, 0),
                sum(to_mend.values()),
                to_mend.get(CaseState.UNALLOCATED, 0),
                kinds.get(lot.id or 0, {}),
                left_out.get(lot.id or 0, 0),
            )
        )
    return quality


def _by_kind(uow: UnitOfWork) -> dict[int, dict[Kind, int]]:
    counted = (
        select(Finding.lot_id, Finding.kind, func.count())
        .where(_TO_MEND)
        .group_by(col(Finding.lot_id), col(Finding.kind))
    )
    found: dict[int, dict[Kind, int]] = {}
    for lot_id, kind, number in uow.session.execute(counted):
        found.setdefault(lot_id, {})[kind] = number
    return found


def _cases_to_mend(uow: UnitOfWork) -> dict[int, dict[CaseState, int]]:
    counted = (
        select(Finding.lot_id, Case.state, func.count(func.distinct(Finding.case_id)))
        .join(Case, col(Case.id) == Finding.case_id)
        .where(_TO_MEND)
        .group_by(col(Finding.lot_id), col(Case.state))
    )
    found: dict[int, dict[CaseState, int]] = {}
    for lot_id, state, number in uow.session.execute(counted):
        found.setdefault(lot_id, {})[state] = number
    return found


def _counted(uow: UnitOfWork) -> dict[int, dict[CaseState, int]]:
    open_states = [state for state in CaseState if state.is_open]
    counted = (
        select(CaseCounter.lot_id, CaseCounter.state, func.sum(CaseCounter.cases))
        .where(col(CaseCounter.state).in_(open_states))
        .group_by(col(CaseCounter.lot_id), col(CaseCounter.state))
    )
    found: dict[int, dict[CaseState, int]] = {}
    for lot_id, state, number in uow.session.execute(counted):
        found.setdefault(lot_id, {})[state] = int(number)
    return found


@dataclass(frozen=True)
class Wanted:
    """Which findings: of one lot or all, of one kind or all, to mend or accepted."""

    lot: int | None = None
    kind: Kind | None = None
    accepted: bool = False

    def criteria(self) -> list[Any]:
        kept: list[Any] = [col(Finding.accepted_at).is_not(None) if self.accepted else _TO_MEND]
        if self.lot is not None:
            kept.append(Finding.lot_id == self.lot)
        if self.kind is not None:
            kept.append(Finding.kind == self.kind)
        return kept

    def of(self, lots: Sequence[LotQuality]) -> int:
        """How many of the lots' findings to mend are meant."""
        return sum(
            number
            for lot in lots
            if self.lot in (None, lot.lot_id)
            for kind, number in lot.by_kind.items()
            if self.kind in (None, kind)
        )


def list_findings(
    uow: UnitOfWork, wanted: Wanted, lots: Sequence[LotQuality], page: int | str | None = 1
) -> paging.Slice[FindingView]:
    """One page of findings, in the order of their cases; what is to mend is counted in the lots."""
    total = _count_accepted(uow, wanted) if wanted.accepted else wanted.of(lots)
    place = paging.place(page, total=total, size=PAGE_SIZE)
    rows = uow.session.execute(
        _VIEWS.where(*wanted.criteria())
        .order_by(col(Finding.lot_id), col(Finding.kind), col(Finding.case_id))
        .offset(place.offset)
        .limit(place.size)
    )
    return paging.Slice.at(place, [FindingView(*row) for row in rows])


def _count_accepted(uow: UnitOfWork, wanted: Wanted) -> int:
    counted = select(func.count()).select_from(Finding).where(*wanted.criteria())
    return int(uow.session.scalar(counted) or 0)


def of_case(uow: UnitOfWork, case_id: int) -> Sequence[FindingView]:
    """What there is to mend or was accepted in one case."""
    return [FindingView(*row) for row in uow.rows(_OF_CASE, case_id=case_id)]


def find_view(uow: UnitOfWork, finding_id: int) -> FindingView:
    """One finding; NotFound when it is mended, or its case is not the actor's."""
    found = uow.session.execute(_VIEWS.where(Finding.id == finding_id)).first()
    if found is None:
        raise NotFound
    return FindingView(*found)
