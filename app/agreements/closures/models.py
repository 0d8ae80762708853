"""Tables of closures and of what councils ask to be ticked off before one."""

from datetime import date, datetime

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field

from app.agreements.closures.rules import Achieved, ClosureReason, Support
from app.cases.register.models import CaseLinked
from app.db.tables import Agreed, Row, Utc, Versioned, stored


class Closure(CaseLinked, Versioned, Row, table=True):
    """The closure of one stretch of work on a case; an edit takes back what was agreed to it."""

    __tablename__ = "closures"
    __table_args__ = (
        UniqueConstraint("case_id", "episode"),
        Index("ix_closures_closed", "closed_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    episode: int = 1
    reason: ClosureReason = Field(sa_type=stored(ClosureReason))
    family_told_on: date | None = None
    family_not_told: str = Field(default="", max_length=120)
    referrer_told_on: date | None = None
    referrer_not_told: str = Field(default="", max_length=120)
    ongoing_support: str = Field(default="", sa_type=Text)
    advice: str = Field(default="", sa_type=Text)
    # Codes, one word each.
    involvement: str = Field(default="", max_length=200)
    achieved: Achieved | None = Field(default=None, sa_type=stored(Achieved))
    views: str = Field(default="", sa_type=Text)
    agencies_told: str = Field(default="", max_length=200)
    support_from: Support | None = Field(default=None, sa_type=stored(Support))
    ticked: str = Field(default="", max_length=200)
    written_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    written_at: datetime = Field(sa_type=Utc)
    # The agreed proposal and the hash of the exact words agreed; empty again after an edit.
    proposal_id: int | None = Field(default=None, foreign_key="proposals.id", ondelete="RESTRICT")
    agreed_hash: str = Field(default="", max_length=64)
    closed_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    closed_at: datetime | None = Field(default=None, sa_type=Utc)


class ClosureTemplate(Agreed, Row, table=True):
    """One version of what a council asks to have been done before a case closes."""

    __tablename__ = "closure_templates"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    from_on: date
    # Codes, one word each.
    items: str = Field(max_length=200)
