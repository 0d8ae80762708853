"""Tables of invoices and credit notes, their lines, what the council answered, and payments."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from app.db.tables import Large, LotScoped, Row, Utc, Versioned, stored
from app.finance.evidence.rules import LineKind
from app.finance.invoices.rules import Answer, InvoiceKind

_DRAFT: dict[str, Any] = {
    "sqlite_where": text("issued_at IS NULL"),
    "postgresql_where": text("issued_at IS NULL"),
}


class Invoice(LotScoped, Versioned, Row, table=True):
    """A lot's invoice of a month or a credit note; a draft until it is issued, then frozen."""

    __tablename__ = "invoices"
    __table_args__ = (
        UniqueConstraint("contract_id", "number"),
        Index("ix_invoices_draft", "lot_id", unique=True, **_DRAFT),
        Index("ix_invoices_lot", "lot_id", "month"),
    )
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    # Its index is the one by month.
    lot_id: int = Field(foreign_key="lots.id", ondelete="RESTRICT")
    contract_id: int = Field(foreign_key="contracts.id", ondelete="RESTRICT")
    kind: InvoiceKind = Field(sa_type=stored(InvoiceKind))
    # The first day of the month that it bills, or in which the credit note was issued.
    month: date
    # Counted over the contract's invoices and credit notes; none for a draft.
    number: int | None = None
    digest: str = Field(max_length=64)
    drafted_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    drafted_at: datetime = Field(sa_type=Utc)
    issued_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    issued_at: datetime | None = Field(default=None, sa_type=Utc)


class InvoiceLine(LotScoped, Versioned, Row, table=True):
    """One line: its amount as it was issued, and how the council answered it since."""

    __tablename__ = "invoice_lines"
    __table_args__ = (UniqueConstraint("invoice_id", "position"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    invoice_id: int = Field(foreign_key="invoices.id", ondelete="RESTRICT")
    position: int
    kind: LineKind = Field(sa_type=stored(LineKind))
    title: str = Field(max_length=200)
    clause: str = Field(default="", max_length=40)
    quantity: int
    unit_pence: int = Field(sa_type=Large)
    price_id: int | None = Field(default=None, foreign_key="prices.id", ondelete="RESTRICT")
    # The line of cases that this one pays back in part.
    credits_line_id: int | None = Field(
        default=None, foreign_key="invoice_lines.id", ondelete="RESTRICT"
    )
    # What it was worth before a cap lowered it.
    worth: int = Field(sa_type=Large)
    pence: int = Field(sa_type=Large)
    # Value added tax: its rate in basis points, and what it comes to.
    vat: int
    vat_pence: int = Field(sa_type=Large)
    answer: Answer = Field(default=Answer.WAITING, sa_type=stored(Answer))
    accepted_pence: int = Field(default=0, sa_type=Large)
    accepted_vat: int = Field(default=0, sa_type=Large)
    answered_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    answered_at: datetime | None = Field(default=None, sa_type=Utc)
    reason: str = Field(default="", max_length=200)
    reply: str = Field(default="", max_length=200)
    replied_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    replied_at: datetime | None = Field(default=None, sa_type=Utc)
    settlement: str = Field(default="", max_length=200)


class Payment(LotScoped, Row, table=True):
    """An amount that the council paid of an invoice."""

    __tablename__ = "payments"
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    invoice_id: int = Field(foreign_key="invoices.id", index=True, ondelete="RESTRICT")
    paid_on: date
    pence: int = Field(sa_type=Large)
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    at: datetime = Field(sa_type=Utc)
