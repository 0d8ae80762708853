"""Reads the postings behind a term of the ledger, with the cases they are about."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select, union_all
from sqlmodel import col

from app.cases.register.models import Case
from app.cases.scope.models import LedgerPosting
from app.cases.scope.rules import Term
from app.contract.models import Lot
from app.kernel.paging import Slice, place
from app.overview.scope.rules import PostingFilter
from app.work.uow import UnitOfWork

PAGE_SIZE = 50


@dataclass(frozen=True)
class PostingRow:
    """One posting; `case_id` is None where its case now lies in a lot the actor does not see."""

    day: date
    term: Term
    cases: int
    outcome: str
    lot: str
    case_id: int | None
    reference: str | None


def list_postings(
    uow: UnitOfWork, wanted: PostingFilter, page: str | None
) -> tuple[Slice[PostingRow], int]:
    """A page of postings, the latest first, and by how much all together changed open cases."""
    kept = _criteria(wanted)
    # In one look, as there may be very many.
    summed = select(func.count(), func.coalesce(func.sum(col(LedgerPosting.cases)), 0))
    total, balance = uow.session.execute(summed.where(*kept)).one()
    where = place(page, total=total, size=PAGE_SIZE)
    return Slice.at(where, _rows(uow, wanted, where.offset) if total else []), int(balance)


def _rows(uow: UnitOfWork, wanted: PostingFilter, offset: int) -> list[PostingRow]:
    kept = _criteria(wanted)
    lots = uow.actor.lot_ids if wanted.lot is None else {wanted.lot}
    found = uow.session.execute(
        select(
            col(LedgerPosting.effective_on),
            col(LedgerPosting.term),
            col(LedgerPosting.cases),
            col(LedgerPosting.outcome),
            col(Lot.name),
            col(Case.id),
            col(Case.reference),
        )
        .join(Lot, col(Lot.id) == col(LedgerPosting.lot_id))
        .join(Case, col(Case.id) == col(LedgerPosting.case_id), isouter=True)
        .where(col(LedgerPosting.id).in_(_latest(kept, sorted(lots), offset)))
        .order_by(*_LATEST_FIRST)
    )
    return [PostingRow(*row) for row in found]


_LATEST_FIRST = col(LedgerPosting.effective_on).desc(), col(LedgerPosting.id).desc()


def _latest(kept: list[ColumnElement[bool]], lots: list[int], offset: int) -> Select[Any]:
    """The ids of a page: the first of the latest of each lot, as their index has them."""
    columns = col(LedgerPosting.id), col(LedgerPosting.effective_on)
    each = [
        select(*columns)
        .where(*kept, col(LedgerPosting.lot_id) == lot)
        .order_by(*_LATEST_FIRST)
        .limit(offset + PAGE_SIZE)
        .subquery()
        for lot in lots
    ]
    latest = union_all(*(select(one.c.id, one.c.effective_on) for one in each)).subquery()
    return (
        select(latest.c.id)
        .order_by(latest.c.effective_on.desc(), latest.c.id.desc())
        .limit(PAGE_SIZE)
        .offset(offset)
    )


def _criteria(wanted: PostingFilter) -> list[ColumnElement[bool]]:
    kept = [
        col(LedgerPosting.effective_on) >= wanted.period.since,
        col(LedgerPosting.effective_on) <= wanted.period.until,
    ]
    if wanted.term is not None:
        kept.append(col(LedgerPosting.term) == wanted.term)
    if wanted.lot is not None:
        kept.append(col(LedgerPosting.lot_id) == wanted.lot)
    if wanted.outcome:
        kept.append(col(LedgerPosting.outcome) == wanted.outcome)
    return kept
