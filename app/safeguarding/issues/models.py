"""The register of unresolved child-protection issues."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field

from app.cases.register.models import CaseLinked
from app.db.tables import Row, Utc, Versioned, stored
from app.safeguarding.issues.rules import Answer, Trouble

OPEN: dict[str, Any] = {
    "sqlite_where": text("resolved_on IS NULL"),
    "postgresql_where": text("resolved_on IS NULL"),
}


class ProtectionIssue(CaseLinked, Versioned, Row, table=True):
    """One thing about a child's protection that is not settled, and who covers it tonight."""

    __tablename__ = "protection_issues"
    __table_args__ = (Index("ix_protection_issues_open", "raised_on", "id", "case_id", **OPEN),)

    id: int | None = Field(default=None, primary_key=True)
    trouble: Trouble = Field(sa_type=stored(Trouble))
    raised_on: date
    raised_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    action_taken: str = Field(max_length=200)
    # A worker, a team or a desk, never a member of the family; good for the night it names.
    cover: str = Field(max_length=120)
    covered_on: date
    # When the District Manager was sent word; empty where the lot has none.
    told_at: datetime | None = Field(default=None, sa_type=Utc)
    answer: Answer | None = Field(default=None, sa_type=stored(Answer))
    answer_note: str = Field(default="", max_length=200)
    resolved_on: date | None = None
    resolved_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
