"""Keeps what a line bills, lets go of what a dropped draft held, and marks what was paid back."""

from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import delete, update
from sqlmodel import col

from app.finance.evidence.models import BilledCase, BilledEntry
from app.finance.evidence.rules import CaseEvent, Entry
from app.kernel.acts import Act
from app.work.uow import UnitOfWork

BILLING = Act.INVOICE_DRAFT, Act.INVOICE_ISSUE, Act.DEMO_SEED


def bill_cases(
    uow: UnitOfWork,
    line: dict[str, Any],
    cases: Iterable[CaseEvent],
    *,
    credit_days: int,
) -> None:
    """Keep the cases of a line; `line` has its lot, its id and its kind."""
    uow.must_be_in(*BILLING)
    rows = (
        {
            "case_id": one.case_id,
            "turn": one.turn,
            "happened_on": one.on,
            "happened_at": one.at,
        }
        for one in cases
    )
    uow.load(BilledCase, rows, credit_days=credit_days, credit_line_id=None, **line)


def bill_entries(uow: UnitOfWork, line: dict[str, Any], entries: Iterable[Entry]) -> None:
    """Keep the shifts, weeks, expenses and the like of a line."""
    uow.must_be_in(*BILLING)
    uow.load(BilledEntry, (vars(one) for one in entries), **line)


def let_go(uow: UnitOfWork, line_ids: Collection[int]) -> None:
    """Bill nothing by these lines any more, as when a draft is dropped."""
    uow.must_be_in(*BILLING)
    for model in (BilledCase, BilledEntry):
        uow.session.execute(delete(model).where(col(model.line_id).in_(line_ids)))


def pay_back(uow: UnitOfWork, billed_ids: Collection[int], credit_line_id: int) -> None:
    """Mark billed cases as paid back by a line; what is paid back already stays as it is."""
    uow.must_be_in(Act.CREDIT_NOTE_ISSUE, *BILLING)
    uow.session.execute(
        update(BilledCase)
        .where(col(BilledCase.id).in_(billed_ids), col(BilledCase.credit_line_id).is_(None))
        .values(credit_line_id=credit_line_id)
    )
