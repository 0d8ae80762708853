"""The table of closures."""

from datetime import date, datetime

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from app.agreements.closures.rules import ClosureReason
from app.cases.register.models import CaseLinked
from app.db.tables import Row, Utc, Versioned, stored


class Closure(CaseLinked, Versioned, Row, table=True):
    """The closure of one stretch of work on a case; an edit takes back what was agreed to it."""

    __tablename__ = "closures"
    __table_args__ = (UniqueConstraint("case_id", "episode"),)

    id: int | None = Field(default=None, primary_key=True)
    episode: int = 1
    reason: ClosureReason = Field(sa_type=stored(ClosureReason))
    family_told_on: date | None = None
    family_not_told: str = Field(default="", max_length=120)
    referrer_told_on: date | None = None
    referrer_not_told: str = Field(default="", max_length=120)
    ongoing_support: str = Field(default="", sa_type=Text)
    advice: str = Field(default="", sa_type=Text)
    written_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    written_at: datetime = Field(sa_type=Utc)
    # The agreed proposal and the hash of the exact words agreed; empty again after an edit.
    proposal_id: int | None = Field(default=None, foreign_key="proposals.id", ondelete="RESTRICT")
    agreed_hash: str = Field(default="", max_length=64)
    closed_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    closed_at: datetime | None = Field(default=None, sa_type=Utc)
