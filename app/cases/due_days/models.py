"""The table of a contract's clocks, version by version."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field

from app.db.tables import ContractScoped, Row, Utc, Versioned, stored
from app.kernel.clock import StartEvent

_DRAFT: dict[str, Any] = dict.fromkeys(
    ("sqlite_where", "postgresql_where"), text("agreed_at IS NULL")
)


class ClockTerms(ContractScoped, Versioned, Row, table=True):
    """One version of a contract's clocks; a draft until the council agrees it."""

    __tablename__ = "clock_terms"
    __table_args__ = (
        Index("ix_clock_terms_number", "contract_id", "number", unique=True),
        Index("ix_clock_terms_draft", "contract_id", unique=True, **_DRAFT),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: int
    single_days: int
    single_start: StartEvent = Field(sa_type=stored(StartEvent, "single_start"))
    # Empty where the contract knows no such assessment.
    initial_days: int | None = None
    initial_start: StartEvent | None = Field(
        default=None, sa_type=stored(StartEvent, "initial_start")
    )
    core_days: int | None = None
    core_start: StartEvent | None = Field(default=None, sa_type=stored(StartEvent, "core_start"))
    conference_days: int
    seen_days: int
    decide_days: int
    chase_most: int
    reason: str = Field(max_length=200)
    drafted_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    drafted_at: datetime = Field(sa_type=Utc)
    agreed_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    agreed_at: datetime | None = Field(default=None, sa_type=Utc)
    # How many open cases are due on another day since it was agreed.
    cases: int = 0
