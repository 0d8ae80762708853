"""The table of milestones and of the council's certificates."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Text
from sqlmodel import Field, col

from app.db.tables import InTerm, Large, LotScoped, Row, Utc, Versioned


class Milestone(LotScoped, Versioned, Row, table=True):
    """Something to achieve in a lot by a day; paid for once the council certifies it."""

    __tablename__ = "milestones"
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(max_length=120)
    clause: str = Field(max_length=40)
    due_on: date
    pence: int = Field(sa_type=Large)
    # Value added tax in basis points.
    vat: int = 0
    # Whether what was retained is paid out with it.
    releases: bool = False
    evidence: str = Field(default="", sa_type=Text)
    evidence_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    evidence_at: datetime | None = Field(default=None, sa_type=Utc)
    achieved_on: date | None = None
    certified_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    certified_at: datetime | None = Field(default=None, sa_type=Utc)
    certificate: str = Field(default="", max_length=200)

    @classmethod
    def in_term(cls) -> InTerm:
        day, open_ones = col(cls.due_on), col(cls.certified_at).is_(None)
        return InTerm("milestones", day, day, where=(open_ones,))
