"""Reads the postings behind a term of the ledger, with the cases they are about."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, func, select
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


def list_postings(uow: UnitOfWork, wanted: PostingFilter, page: str | None) -> Slice[PostingRow]:
    """A page of postings, the latest first."""
    kept = _criteria(wanted)
    total = uow.session.scalar(select(func.count(col(LedgerPosting.id))).where(*kept)) or 0
    where = place(page, total=total, size=PAGE_SIZE)
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
        .where(*kept)
        .order_by(col(LedgerPosting.effective_on).desc(), col(LedgerPosting.id).desc())
        .limit(PAGE_SIZE)
        .offset(where.offset)
    )
    return Slice.at(where, [PostingRow(*row) for row in found])


def balance(uow: UnitOfWork, wanted: PostingFilter) -> int:
    """By how much all the postings together changed the number of open cases."""
    asked = select(func.coalesce(func.sum(col(LedgerPosting.cases)), 0)).where(*_criteria(wanted))
    return int(uow.session.scalar(asked) or 0)


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
