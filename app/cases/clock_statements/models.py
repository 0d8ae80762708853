"""Tables of issued statements of the clock, their lines and what each side says of them."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from app.cases.clock_statements.rules import Answer
from app.db.tables import IN_KEY_ORDER, LotScoped, Row, Utc, Versioned, stored
from app.kernel.clock import Holder


def _unanswered(side: str) -> Index:
    """The lines that one side has not answered, so that home pages count those alone."""
    where: dict[str, Any] = dict.fromkeys(
        ("sqlite_where", "postgresql_where"), text(f"{side}_answer IS NULL")
    )
    return Index(f"ix_clock_lines_{side}", "lot_id", **where)


class ClockStatement(LotScoped, Row, table=True):
    """A lot's working days of one week by holder, as they were known when it was issued."""

    __tablename__ = "clock_statements"
    __table_args__ = (UniqueConstraint("lot_id", "week_ending"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    week_ending: date
    days: int
    issued_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    issued_at: datetime = Field(sa_type=Utc)


class ClockDays(LotScoped, Row, table=True):
    """A statement's working days of one holder: its lines summed, which never change."""

    __tablename__ = "clock_days"
    __table_args__ = IN_KEY_ORDER
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = False

    statement_id: int = Field(
        foreign_key="clock_statements.id", primary_key=True, ondelete="RESTRICT"
    )
    holder: Holder = Field(sa_type=stored(Holder), primary_key=True)
    days: int


class ClockLine(LotScoped, Versioned, Row, table=True):
    """One line of a statement; nothing in it changes but the answers of the two sides."""

    __tablename__ = "clock_lines"
    __table_args__ = (
        Index("ix_clock_lines_statement", "statement_id", "id"),
        _unanswered("agency"),
        _unanswered("council"),
    )
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    statement_id: int = Field(foreign_key="clock_statements.id", ondelete="RESTRICT")
    # Empty on the agency's own line, which is of every other open case.
    case_id: int | None = Field(default=None, foreign_key="cases.id", ondelete="RESTRICT")
    holder: Holder = Field(sa_type=stored(Holder))
    why: str = Field(max_length=80)
    since: date
    until: date
    days: int
    cases: int
    agency_answer: Answer | None = Field(default=None, sa_type=stored(Answer, "agency_answer"))
    agency_words: str = Field(default="", max_length=200)
    agency_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    agency_at: datetime | None = Field(default=None, sa_type=Utc)
    council_answer: Answer | None = Field(default=None, sa_type=stored(Answer, "council_answer"))
    council_words: str = Field(default="", max_length=200)
    council_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    council_at: datetime | None = Field(default=None, sa_type=Utc)
