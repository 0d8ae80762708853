"""The table of issued statements; nothing in it changes but the two signatures."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db.tables import LotScoped, Row, Utc, Versioned


class ScopeStatement(LotScoped, Versioned, Row, table=True):
    """A lot's ledger of one week as it was known when it was issued.

    Terms are signed changes in open cases; `known_to` is the last posting that was known.
    """

    __tablename__ = "scope_statements"
    __table_args__ = (UniqueConstraint("lot_id", "week_ending"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    week_ending: date
    before: int
    opening: int
    received: int
    handed_back: int
    transferred: int
    cleared: int
    reopened: int
    closing: int
    known_to: int
    digest: str = Field(max_length=64)
    issued_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    issued_at: datetime = Field(sa_type=Utc)
    agency_signed_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    agency_signed_at: datetime | None = Field(default=None, sa_type=Utc)
    council_signed_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    council_signed_at: datetime | None = Field(default=None, sa_type=Utc)
