"""Reads of triage: one page of the queue, the order it stands in, and a case's priorities."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Integer, bindparam, func, literal_column, or_
from sqlmodel import col, select

from app.access.models import User
from app.cases.register.models import Case, PriorityReview, TriageRule
from app.cases.register.rules import (
    STANDARD_ORDER,
    Criterion,
    Priority,
    PriorityReason,
    spoken,
)
from app.cases.scope.models import CaseCounter
from app.cases.states import CaseState
from app.contract.models import Lot
from app.kernel import paging
from app.work.uow import UnitOfWork

PAGE_SIZE = 50


class QueueRow(NamedTuple):
    """One case that waits for a practitioner."""

    id: int
    reference: str
    lot: str
    priority: Priority
    next_review_on: date | None
    open_flags: int
    child_protection: bool
    referred_on: date
    reopened_on: date | None
    due_on: date | None
    seen_on: date | None
    age_band: str


_COLUMNS: tuple[Any, ...] = (
    Case.id,
    Case.reference,
    Lot.name,
    Case.priority,
    Case.next_review_on,
    Case.open_flags,
    Case.child_protection,
    Case.referred_on,
    Case.reopened_on,
    Case.due_on,
    Case.seen_on,
    Case.age_band,
)
_ROWS: Any = (
    select(*_COLUMNS)
    .join(Lot, col(Lot.id) == Case.lot_id)
    .order_by(col(Case.triage_rank), col(Case.referred_on), col(Case.id))
)


@dataclass(frozen=True)
class QueueFilter:
    """Which part of the queue: one contract's, since ranks compare only under one order."""

    contract_id: int
    lot_id: int | None = None
    to_review: bool = False
    only_contract: bool = True

    def criteria(self, today: date) -> list[Any]:
        kept: list[Any] = [
            col(Case.state) == CaseState.UNALLOCATED,
            col(Case.ended_on).is_(None),
        ]
        if not self.only_contract:
            kept.append(col(Case.contract_id) == self.contract_id)
        if self.lot_id is not None:
            kept.append(col(Case.lot_id) == self.lot_id)
        if self.to_review:
            due = col(Case.next_review_on)
            kept.append(or_(due.is_(None), due <= today))
        return kept


def list_queue(
    uow: UnitOfWork, wanted: QueueFilter, page: int | str | None = 1
) -> paging.Slice[QueueRow]:
    """One page of the queue in triage order; its total comes from the counters."""
    place = paging.place(page, total=_total(uow, wanted), size=PAGE_SIZE)
    found = uow.rows(_page(wanted, uow.today, place.offset)).all()
    return paging.Slice.at(place, [QueueRow._make(row) for row in found])


@lru_cache(maxsize=256)
def _page(wanted: QueueFilter, today: date, offset: int) -> Any:
    # As numbers in words: SQLite would plan anew for each value in their place.
    first, most = (literal_column(str(number), Integer) for number in (offset, PAGE_SIZE))
    return _ROWS.where(*wanted.criteria(today)).offset(first).limit(most)


def _total(uow: UnitOfWork, wanted: QueueFilter) -> int:
    return int(uow.rows(_count(wanted, uow.today)).scalar() or 0)


@lru_cache(maxsize=256)
def _count(wanted: QueueFilter, today: date) -> Any:
    if wanted.to_review:
        # The one count that reads rows: those of a single state, by its index.
        return select(func.count()).select_from(Case).where(*wanted.criteria(today))
    lots = select(Lot.id).where(Lot.contract_id == wanted.contract_id)
    return select(func.sum(CaseCounter.cases)).where(
        CaseCounter.state == CaseState.UNALLOCATED,
        col(CaseCounter.lot_id).in_(lots if wanted.lot_id is None else [wanted.lot_id]),
    )


@dataclass(frozen=True)
class OrderVersion:
    """One version of a contract's order of triage: what, why, by whom and when."""

    number: int
    order: tuple[Criterion, ...]
    reason: str
    at: datetime | None
    by: str

    @property
    def words(self) -> str:
        return spoken(self.order)


STANDARD = OrderVersion(0, STANDARD_ORDER, "The order that every contract begins with.", None, "")


_VERSION_COLUMNS: tuple[Any, ...] = (
    TriageRule.number,
    TriageRule.criteria,
    TriageRule.reason,
    TriageRule.at,
    User.name,
)
_VERSIONS = (
    select(*_VERSION_COLUMNS)
    .select_from(TriageRule)
    .outerjoin(User, col(User.id) == col(TriageRule.by_user_id))
    .where(TriageRule.contract_id == bindparam("contract_id"))
    .order_by(col(TriageRule.number).desc())
)


def order_versions(uow: UnitOfWork, contract_id: int) -> list[OrderVersion]:
    """The orders of a contract, the one in force first, the standard one last."""
    found = uow.rows(_VERSIONS, contract_id=contract_id)
    versions = [
        OrderVersion(number, tuple(map(Criterion, criteria.split())), reason, at, name or "")
        for number, criteria, reason, at, name in found
    ]
    return [*versions, STANDARD]


@dataclass(frozen=True)
class Reviewed:
    """One judgement of a case's priority."""

    priority: Priority
    reason: PriorityReason
    reviewed_on: date
    by: str | None
    next_review_on: date | None


def reviews_of(uow: UnitOfWork, case_id: int) -> list[Reviewed]:
    """Every judgement of a case's priority, the latest first."""
    columns: tuple[Any, ...] = (
        PriorityReview.priority,
        PriorityReview.reason,
        PriorityReview.reviewed_on,
        User.name,
        PriorityReview.next_review_on,
    )
    found = uow.session.execute(
        select(*columns)
        .select_from(PriorityReview)
        .outerjoin(User, col(User.id) == col(PriorityReview.by_user_id))
        .where(PriorityReview.case_id == case_id)
        .order_by(col(PriorityReview.id).desc())
    ).all()
    return [Reviewed(*row) for row in found]
