"""Reads what stands behind a line, and an invoice as finance systems take it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlmodel import col

from app.cases.register.models import Case
from app.finance.evidence.models import BilledCase, BilledEntry
from app.finance.evidence.rules import LineKind, failure_of
from app.finance.invoices.queries import InvoiceRow, LineView
from app.finance.invoices.rules import Amount
from app.finance.prices.models import LotCode
from app.kernel.days import london_date
from app.kernel.paging import Slice, place
from app.people.models import Practitioner
from app.work.uow import UnitOfWork

PAGE_SIZE = 50


@dataclass(frozen=True)
class CaseItem:
    """A case behind a line; `credit_line_id` is the line that paid it back, where one did."""

    case_id: int
    reference: str
    on: date
    credit_line_id: int | None


@dataclass(frozen=True)
class EntryItem:
    """A shift, week, expense or the like behind a line."""

    day: date
    name: str | None
    quantity: int


def list_cases(uow: UnitOfWork, line: LineView, page: str | None) -> Slice[CaseItem]:
    """A page of the cases behind a line, or of those that a credit pays back."""
    of_credit = line.kind is LineKind.CASE_CREDIT
    mine = BilledCase.credit_line_id if of_credit else BilledCase.line_id
    kept = col(mine) == line.line_id
    total = uow.session.scalar(select(func.count(col(BilledCase.id))).where(kept)) or 0
    where = place(page, total=total, size=PAGE_SIZE)
    found = uow.session.execute(
        select(
            col(Case.id),
            col(Case.reference),
            col(BilledCase.happened_on),
            col(BilledCase.credit_line_id),
        )
        .join(Case, col(Case.id) == col(BilledCase.case_id))
        .where(kept)
        .order_by(col(BilledCase.happened_on), col(BilledCase.id))
        .limit(PAGE_SIZE)
        .offset(where.offset)
    )
    return Slice.at(where, [CaseItem(*row) for row in found])


def find_failure(uow: UnitOfWork, line: LineView) -> int | None:
    """The failure that a service credit was agreed for or waived; nothing of another line."""
    if line.kind is not LineKind.SERVICE_CREDIT:
        return None
    source = select(col(BilledEntry.source)).where(col(BilledEntry.line_id) == line.line_id)
    return failure_of(uow.session.scalars(source).one())


def list_entries(uow: UnitOfWork, line: LineView, page: str | None) -> Slice[EntryItem]:
    """A page of the shifts, weeks, expenses and the like behind a line."""
    kept = col(BilledEntry.line_id) == line.line_id
    total = uow.session.scalar(select(func.count(col(BilledEntry.id))).where(kept)) or 0
    where = place(page, total=total, size=PAGE_SIZE)
    found = uow.session.execute(
        select(col(BilledEntry.day), col(Practitioner.name), col(BilledEntry.quantity))
        .outerjoin(Practitioner, col(Practitioner.id) == col(BilledEntry.practitioner_id))
        .where(kept)
        .order_by(col(BilledEntry.day), col(Practitioner.name), col(BilledEntry.id))
        .limit(PAGE_SIZE)
        .offset(where.offset)
    )
    return Slice.at(where, [EntryItem(*row) for row in found])


HEADER = (
    "Invoice",
    "Kind",
    "Issued on",
    "Month",
    "Lot",
    "Cost centre",
    "Ledger code",
    "Line",
    "Description",
    "Clause",
    "Net",
    "VAT %",
    "VAT",
    "Gross",
    "Answer",
    "Accepted gross",
)


def rows_to_export(
    invoice: InvoiceRow, lines: Sequence[LineView], codes: LotCode | None
) -> Iterator[list[str]]:
    """A row for each line of an invoice, as finance systems read them: pounds with two places."""
    for line in lines:
        whole = line.answered.whole
        accepted = line.answered.accepted if line.answered.answer.is_settled else Amount()
        yield [
            invoice.number,
            invoice.kind.value,
            london_date(invoice.issued_at).isoformat() if invoice.issued_at else "",
            invoice.month.isoformat(),
            invoice.lot,
            codes.cost_centre if codes else "",
            codes.ledger_code if codes else "",
            str(line.position),
            line.title,
            line.clause,
            *(_plain(amount) for amount in (whole.pence, line.vat, whole.vat, whole.gross)),
            line.answered.answer.value,
            _plain(accepted.gross),
        ]


def _plain(pence: int) -> str:
    sign = "-" if pence < 0 else ""
    return f"{sign}{abs(pence) // 100}.{abs(pence) % 100:02}"
