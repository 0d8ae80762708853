"""Reads of invoices, their lines and what stands behind each, and of credits that are due."""

from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.contract.models import Contract, Lot
from app.finance.evidence.models import BilledCase
from app.finance.evidence.queries import CameBack, came_back
from app.finance.evidence.rules import CHARGES, LineKind
from app.finance.invoices.models import Invoice, InvoiceLine, Payment
from app.finance.invoices.rules import (
    Amount,
    Answer,
    Answered,
    InvoiceKind,
    Standing,
    credit_of,
    standing,
)
from app.kernel.acts import Act
from app.kernel.days import london_date
from app.kernel.errors import NotFound
from app.work import archive
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class InvoiceRow:
    """An invoice or credit note with how far it is answered and paid; `number` as people read it.

    `month` is the first day of the month that it bills.
    """

    invoice_id: int
    version: int
    lot_id: int
    lot: str
    contract_id: int
    kind: InvoiceKind
    month: date
    number: str
    digest: str
    drafted_at: datetime
    issued_at: datetime | None
    standing: Standing
    paid: int
    drafted_by: str | None

    @property
    def is_draft(self) -> bool:
        return self.issued_at is None

    @property
    def title(self) -> str:
        return f"{self.kind.label} {self.number}" if self.number else f"Draft {self.kind.value}"

    @property
    def due(self) -> int:
        """Accepted and not paid yet, in pence with tax; below nought, owed to the council."""
        return self.standing.accepted.gross - self.paid

    @property
    def can_be_paid(self) -> bool:
        """Whether something is due: to the council not before every line is settled."""
        left = self.standing.queried.gross or self.standing.waiting.gross
        return self.due > 0 or (self.due < 0 and not left)


@dataclass(frozen=True)
class LineView:
    """A line with what the council and the agency said of it."""

    line_id: int
    version: int
    invoice_id: int
    lot_id: int
    position: int
    kind: LineKind
    title: str
    clause: str
    quantity: int
    worth: int
    vat: int
    answered: Answered
    reason: str
    reply: str
    replied_by: str | None
    replied_at: datetime | None
    settlement: str
    answered_by: str | None
    answered_at: datetime | None
    credits_line_id: int | None

    @property
    def is_capped(self) -> bool:
        return self.worth != self.answered.whole.pence

    @property
    def has_cases(self) -> bool:
        return self.kind in _WITH_CASES

    @property
    def has_entries(self) -> bool:
        return self.kind in _WITH_ENTRIES


@dataclass(frozen=True)
class PaymentRow:
    """A payment with who recorded it."""

    paid_on: date
    pence: int
    by: str | None
    at: datetime


@dataclass(frozen=True)
class CreditDue:
    """The cases of one billed line that came back and are not paid back yet."""

    line: LineView
    number: str
    lot: str
    cases: tuple[CameBack, ...]
    amount: Amount


_WITH_CASES = frozenset(
    {LineKind.ASSESSMENT, LineKind.CLEARED, LineKind.SCREENED_OUT, LineKind.CASE_CREDIT}
)
_WITH_ENTRIES = frozenset(
    {LineKind.DAY_RATE, LineKind.TEAM_WEEK, LineKind.EXPENSES, LineKind.MILESTONE}
)
_PAID = (
    select(func.coalesce(func.sum(col(Payment.pence)), 0))
    .where(col(Payment.invoice_id) == col(Invoice.id))
    .scalar_subquery()
)
_drafter = aliased(User)
_INVOICES = (
    select(
        col(Invoice.id),
        col(Invoice.version),
        col(Invoice.lot_id),
        col(Lot.name),
        col(Invoice.contract_id),
        col(Invoice.kind),
        col(Invoice.month),
        col(Contract.reference),
        col(Invoice.number),
        col(Invoice.digest),
        col(Invoice.drafted_at),
        col(Invoice.issued_at),
        _PAID,
        col(_drafter.name),
    )
    .join(Lot, col(Lot.id) == col(Invoice.lot_id))
    .join(Contract, col(Contract.id) == col(Invoice.contract_id))
    .outerjoin(_drafter, col(_drafter.id) == col(Invoice.drafted_by))
    .order_by(col(Invoice.month).desc(), col(Lot.name), col(Invoice.id).desc())
)
_SOME = _INVOICES.where(col(Invoice.id).in_(bindparam("invoices", expanding=True)))
_answerer, _replier = aliased(User), aliased(User)
_LINE_COLUMNS: tuple[Any, ...] = (
    InvoiceLine.id,
    InvoiceLine.version,
    InvoiceLine.invoice_id,
    InvoiceLine.lot_id,
    InvoiceLine.position,
    InvoiceLine.kind,
    InvoiceLine.title,
    InvoiceLine.clause,
    InvoiceLine.quantity,
    InvoiceLine.worth,
    InvoiceLine.vat,
    InvoiceLine.pence,
    InvoiceLine.vat_pence,
    InvoiceLine.answer,
    InvoiceLine.accepted_pence,
    InvoiceLine.accepted_vat,
    InvoiceLine.reason,
    InvoiceLine.reply,
    _replier.name,
    InvoiceLine.replied_at,
    InvoiceLine.settlement,
    _answerer.name,
    InvoiceLine.answered_at,
    InvoiceLine.credits_line_id,
)
_LINES = (
    select(*_LINE_COLUMNS)
    .outerjoin(_answerer, col(_answerer.id) == col(InvoiceLine.answered_by))
    .outerjoin(_replier, col(_replier.id) == col(InvoiceLine.replied_by))
    .order_by(col(InvoiceLine.invoice_id), col(InvoiceLine.position))
)
_LINES_OF = _LINES.where(col(InvoiceLine.invoice_id).in_(bindparam("invoices", expanding=True)))
_LINES_BY_ID = _LINES.where(col(InvoiceLine.id).in_(bindparam("lines", expanding=True)))
_SETTLED = col(InvoiceLine.answer).in_([Answer.ACCEPTED, Answer.REJECTED])
COUNTS = case((_SETTLED, col(InvoiceLine.accepted_pence)), else_=col(InvoiceLine.pence))
_TAX = case((_SETTLED, col(InvoiceLine.accepted_vat)), else_=col(InvoiceLine.vat_pence))
_CHARGED = (
    select(col(InvoiceLine.lot_id), func.sum(COUNTS), func.sum(_TAX))
    .join(Invoice, col(Invoice.id) == col(InvoiceLine.invoice_id))
    .where(
        col(Invoice.contract_id) == bindparam("contract"),
        col(Invoice.issued_at).is_not(None),
        col(InvoiceLine.kind).in_(bindparam("kinds", expanding=True)),
    )
    .group_by(col(InvoiceLine.lot_id))
)
_LAST_ISSUED = (
    select(col(Invoice.lot_id), func.max(col(Invoice.issued_at)))
    .where(col(Invoice.issued_at).is_not(None))
    .group_by(col(Invoice.lot_id))
)
_LAST_MONTH = select(func.max(col(Invoice.month))).where(
    col(Invoice.lot_id) == bindparam("lot"), col(Invoice.kind) == InvoiceKind.INVOICE
)
_NUMBERS = select(func.max(col(Invoice.number))).where(
    col(Invoice.contract_id) == bindparam("contract")
)
_PAYMENTS = (
    select(col(Payment.paid_on), col(Payment.pence), col(User.name), col(Payment.at))
    .outerjoin(User, col(User.id) == col(Payment.by_user_id))
    .where(col(Payment.invoice_id) == bindparam("invoice"))
    .order_by(col(Payment.paid_on), col(Payment.id))
)


def list_invoices(uow: UnitOfWork) -> list[InvoiceRow]:
    """The invoices and credit notes of the actor's lots, the latest month first.

    Drafts are seen only by who may draft.
    """
    return _with_standing(uow, uow.rows(_INVOICES).all())


def find_invoice(uow: UnitOfWork, invoice_id: int) -> InvoiceRow:
    """One of them, or NotFound."""
    found = _with_standing(uow, uow.rows(_SOME, invoices=[invoice_id]).all())
    if not found:
        raise NotFound
    return found[0]


def _with_standing(uow: UnitOfWork, rows: Sequence[Any]) -> list[InvoiceRow]:
    seen = [row for row in rows if row.issued_at or uow.actor.may(Act.INVOICE_DRAFT)]
    by_invoice: dict[int, list[Answered]] = defaultdict(list)
    for line in lines_of(uow, [row.id for row in seen]):
        by_invoice[line.invoice_id].append(line.answered)
    return [_invoice(row, standing(by_invoice[row.id])) for row in seen]


def _invoice(row: Sequence[Any], answered: Standing) -> InvoiceRow:
    values = [*row[:7], shown_number(row[7], row[8]), *row[9:12], answered, int(row[12]), row[13]]
    return InvoiceRow(*values)


def shown_number(reference: str, number: int | None) -> str:
    """NOR-CS-114/7; empty for a draft."""
    return f"{reference}/{number}" if number else ""


def lines_of(uow: UnitOfWork, invoice_ids: Collection[int]) -> list[LineView]:
    """The lines of some invoices, in their order."""
    if not invoice_ids:
        return []
    return [_line(row) for row in uow.rows(_LINES_OF, invoices=list(invoice_ids))]


def find_line(uow: UnitOfWork, line_id: int) -> LineView:
    """One line, or NotFound; that of a draft is seen only by who may draft."""
    found = [_line(row) for row in uow.rows(_LINES_BY_ID, lines=[line_id])]
    if not found:
        raise NotFound
    find_invoice(uow, found[0].invoice_id)
    return found[0]


def _line(row: Sequence[Any]) -> LineView:
    pence, vat, answer, accepted, accepted_vat = row[11:16]
    answered = Answered(Amount(pence, vat), Answer(answer), Amount(accepted, accepted_vat))
    values = [*row[:11], answered, *row[16:]]
    return LineView(*values)


def list_payments(uow: UnitOfWork, invoice_id: int) -> list[PaymentRow]:
    """What was paid of an invoice, the first one first."""
    return [PaymentRow(*row) for row in uow.rows(_PAYMENTS, invoice=invoice_id)]


def charged(
    uow: UnitOfWork, contract_id: int, kinds: Collection[LineKind] = CHARGES
) -> dict[int, int]:
    """What each lot of a contract was charged so far without tax, credits for cases taken off."""
    found = uow.rows(_CHARGED, contract=contract_id, kinds=[*kinds, LineKind.CASE_CREDIT])
    return {lot_id: int(pence) for lot_id, pence, _ in found}


def retained(uow: UnitOfWork, contract_id: int, lot_id: int) -> Amount:
    """What is held back of a lot's invoices and was not paid out."""
    kinds = [LineKind.RETENTION, LineKind.RETENTION_PAID]
    found = uow.rows(_CHARGED, contract=contract_id, kinds=kinds)
    held = {lot: Amount(-int(net), -int(tax)) for lot, net, tax in found}
    return held.get(lot_id, Amount())


def last_month(uow: UnitOfWork, lot_id: int) -> date | None:
    """The last month that a lot's invoice bills, drafts counted."""
    found: date | None = uow.rows(_LAST_MONTH, lot=lot_id).scalar()
    return found


def last_number(uow: UnitOfWork, contract_id: int) -> int:
    """The highest number that an invoice of a contract has."""
    return uow.rows(_NUMBERS, contract=contract_id).scalar() or 0


def sees_all(uow: UnitOfWork, contract_id: int) -> bool:
    """Whether the actor sees every lot of a contract."""
    return archive.whose(uow.connection, contract_id).lot_ids <= uow.actor.lot_ids


def credits_due(uow: UnitOfWork, lot_id: int | None = None) -> list[CreditDue]:
    """What is to be paid back for cases that came back, by the line that billed them.

    Issuing anything for a lot pays back all that is due there, so that only what came back since
    its last issue is looked at.
    """
    since = {lot: london_date(at) for lot, at in uow.rows(_LAST_ISSUED)}
    asked = [day for lot, day in since.items() if lot_id in (None, lot)]
    if not asked:
        return []
    found = [
        one
        for one in came_back(uow, min(asked))
        if one.lot_id in since and lot_id in (None, one.lot_id)
    ]
    return _by_line(uow, found)


def _by_line(uow: UnitOfWork, found: Sequence[CameBack]) -> list[CreditDue]:
    """The same by line, those of drafts left out: a draft bills what stands when it is issued."""
    by_line: dict[int, list[CameBack]] = defaultdict(list)
    for one in found:
        by_line[one.line_id].append(one)
    if not by_line:
        return []
    lines = [_line(row) for row in uow.rows(_LINES_BY_ID, lines=list(by_line))]
    asked = {one.invoice_id for one in lines}
    rows = uow.rows(_SOME, invoices=sorted(asked)).all()
    invoices = {one.invoice_id: one for one in _with_standing(uow, rows) if not one.is_draft}
    before, given = credited_cases(uow, list(by_line)), credited(uow, list(by_line))
    return [
        CreditDue(
            line,
            invoices[line.invoice_id].number,
            invoices[line.invoice_id].lot,
            tuple(by_line[line.line_id]),
            credit_of(
                line.answered,
                cases=line.quantity,
                back=before[line.line_id] + len(by_line[line.line_id]),
                given=given[line.line_id],
            ),
        )
        for line in lines
        if line.invoice_id in invoices
    ]


def credited_cases(uow: UnitOfWork, line_ids: Collection[int]) -> Counter[int]:
    """How many cases of each line were paid back."""
    found = uow.session.execute(
        select(col(BilledCase.line_id), func.count())
        .where(col(BilledCase.line_id).in_(line_ids), col(BilledCase.credit_line_id).is_not(None))
        .group_by(col(BilledCase.line_id))
    )
    return Counter({line_id: int(number) for line_id, number in found})


def credited(uow: UnitOfWork, line_ids: Collection[int]) -> dict[int, Amount]:
    """What was paid back of each line; nothing for one of which nothing was."""
    of = col(InvoiceLine.credits_line_id)
    found = uow.session.execute(
        select(of, func.sum(col(InvoiceLine.pence)), func.sum(col(InvoiceLine.vat_pence)))
        .where(of.in_(line_ids))
        .group_by(of)
    )
    return defaultdict(Amount, {line: Amount(-int(net), -int(tax)) for line, net, tax in found})
