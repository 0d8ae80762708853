"""Tables of referrals after a closure, and of how far later lists were looked at."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.cases.register.models import CaseLinked
from app.db.tables import LotScoped, Row


class ReReferral(CaseLinked, Row, table=True):
    """A referral in a council's list of a child whose case here had been closed."""

    __tablename__ = "re_referrals"
    __table_args__ = (
        UniqueConstraint("case_id", "referred_on"),
        Index("ix_re_referrals_closed", "closed_on", "lot_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    closed_on: date
    referred_on: date
    listed_on: date
    batch_id: int = Field(foreign_key="import_batches.id", index=True, ondelete="RESTRICT")


class WatchedList(LotScoped, Row, table=True):
    """A list in which the closures of a lot were looked for."""

    __tablename__ = "watched_lists"
    __table_args__ = (UniqueConstraint("batch_id"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="import_batches.id", ondelete="RESTRICT")
    listed_on: date
