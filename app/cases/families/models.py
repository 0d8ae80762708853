"""The table of pairs of cases that look alike, each with what a person decided."""

from datetime import date, datetime

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from app.cases.families.rules import Decision, Likeness
from app.db.tables import ContractScoped, Row, Utc, stored

_UNDECIDED = "decision IS NULL"


class CasePair(ContractScoped, Row, table=True):
    """Two cases set side by side once; the answer is kept, so that nobody is asked again."""

    __tablename__ = "case_pairs"
    __table_args__ = (
        UniqueConstraint("first_id", "second_id"),
        Index(
            "ix_case_pairs_undecided",
            "id",
            sqlite_where=text(_UNDECIDED),
            postgresql_where=text(_UNDECIDED),
        ),
    )
    id: int | None = Field(default=None, primary_key=True)
    first_id: int = Field(foreign_key="cases.id", ondelete="RESTRICT")
    second_id: int = Field(foreign_key="cases.id", index=True, ondelete="RESTRICT")
    likeness: Likeness = Field(sa_type=stored(Likeness))
    found_on: date
    decision: Decision | None = Field(default=None, sa_type=stored(Decision))
    decided_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    decided_at: datetime | None = Field(default=None, sa_type=Utc)
    because: str = Field(default="", max_length=1000)
