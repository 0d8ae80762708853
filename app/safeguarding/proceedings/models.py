"""The tables of pre-proceedings and of their steps."""

from datetime import date
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field

from app.cases.register.models import CaseLinked
from app.db.tables import Row, Versioned, stored
from app.safeguarding.proceedings.rules import Decision, Step

RUNNING: dict[str, Any] = {
    "sqlite_where": text("decided_on IS NULL"),
    "postgresql_where": text("decided_on IS NULL"),
}


class PreProceedings(CaseLinked, Versioned, Row, table=True):
    """One formal period before care proceedings, from its gateway meeting to its decision."""

    __tablename__ = "pre_proceedings"
    __table_args__ = (
        Index("ix_pre_proceedings_running", "next_review_on", "id", "case_id", **RUNNING),
    )

    id: int | None = Field(default=None, primary_key=True)
    gateway_on: date
    opened_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    next_review_on: date
    letter_on: date | None = None
    reviews: int = 0
    decision: Decision | None = Field(default=None, sa_type=stored(Decision))
    decided_on: date | None = None
    decided_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")


class PreProceedingsStep(CaseLinked, Row, table=True):
    """One step taken within them."""

    __tablename__ = "pre_proceedings_steps"

    id: int | None = Field(default=None, primary_key=True)
    proceedings_id: int = Field(foreign_key="pre_proceedings.id", index=True, ondelete="RESTRICT")
    step: Step = Field(sa_type=stored(Step))
    taken_on: date
    next_review_on: date
    recorded_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
