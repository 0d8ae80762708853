"""Tables of what was billed: each case, shift, week, expense and milestone once."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.cases.register.models import CaseLinked
from app.db.tables import LotScoped, Row, Utc, stored
from app.finance.evidence.rules import LineKind


class BilledCase(CaseLinked, Row, table=True):
    """A case that a line bills, and the line that paid it back where one did.

    Out of the trail row by row: the invoice there holds the digest of them all.
    """

    __tablename__ = "billed_cases"
    __table_args__ = (
        UniqueConstraint("case_id", "kind", "turn"),
        Index("ix_billed_cases_line", "line_id", "happened_on", "case_id"),
        Index("ix_billed_cases_credit", "credit_line_id"),
    )
    in_trail: ClassVar[bool] = False
    # It stays with the lot that was billed.
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    # Its index is the one of the case's kinds.
    case_id: int = Field(foreign_key="cases.id", ondelete="RESTRICT")
    line_id: int = Field(foreign_key="invoice_lines.id", ondelete="RESTRICT")
    kind: LineKind = Field(sa_type=stored(LineKind))
    turn: int
    happened_on: date
    happened_at: datetime = Field(sa_type=Utc)
    # What the price said when it was billed.
    credit_days: int
    credit_line_id: int | None = Field(
        default=None, foreign_key="invoice_lines.id", ondelete="RESTRICT"
    )


class BilledEntry(LotScoped, Row, table=True):
    """Any other piece of a line's evidence; its kind and source are billed once for a lot."""

    __tablename__ = "billed_entries"
    __table_args__ = (
        UniqueConstraint("lot_id", "kind", "source"),
        Index("ix_billed_entries_line", "line_id", "day"),
    )
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    # Its index is the one of the lot's kinds.
    lot_id: int = Field(foreign_key="lots.id", ondelete="RESTRICT")
    line_id: int = Field(foreign_key="invoice_lines.id", ondelete="RESTRICT")
    kind: LineKind = Field(sa_type=stored(LineKind))
    source: str = Field(max_length=80)
    day: date
    quantity: int
    practitioner_id: int | None = Field(
        default=None, foreign_key="practitioners.id", ondelete="RESTRICT"
    )
