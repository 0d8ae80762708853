"""The table of dated actions on cases."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field

from app.cases.actions.rules import Ending, Source, What
from app.cases.register.models import CaseLinked
from app.db.tables import Row, Utc, Versioned, stored

OPEN_ONLY: dict[str, Any] = {
    "sqlite_where": text("ended_on IS NULL"),
    "postgresql_where": text("ended_on IS NULL"),
}


class CaseAction(CaseLinked, Versioned, Row, table=True):
    """What one person is to do on a case by a day; `ended_on` stays empty while it is open."""

    __tablename__ = "case_actions"
    __table_args__ = (
        Index("ix_case_actions_owner", "owner_id", "due_on", "id", **OPEN_ONLY),
        Index("ix_case_actions_due", "due_on", "id", "lot_id", **OPEN_ONLY),
    )
    moves_with_case: ClassVar[bool] = True

    id: int | None = Field(default=None, primary_key=True)
    what: What = Field(sa_type=stored(What))
    note: str = Field(default="", max_length=200)
    owner_id: int = Field(foreign_key="users.id", ondelete="RESTRICT")
    due_on: date
    source: Source = Field(sa_type=stored(Source))
    set_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    set_at: datetime = Field(sa_type=Utc)
    ending: Ending | None = Field(default=None, sa_type=stored(Ending))
    ended_on: date | None = None
    ended_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    # Why it was dropped; empty for one that was done.
    reason: str = Field(default="", max_length=200)
