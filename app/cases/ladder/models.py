"""The table of steps that escalated matters have reached, with what was answered on each."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field

from app.cases.ladder.rules import Promise, Rung
from app.cases.register.models import CaseLinked
from app.db.tables import Row, Utc, Versioned, stored

ASKED_ONLY: dict[str, Any] = {
    "sqlite_where": text("over_on IS NULL"),
    "postgresql_where": text("over_on IS NULL"),
}


class Escalation(CaseLinked, Versioned, Row, table=True):
    """One step that a wait or a delay has reached; it asks somebody until `over_on`."""

    __tablename__ = "escalations"
    __table_args__ = (
        # With the lot, so that those of other lots are passed over without their rows.
        Index("ix_escalations_asked", "rung", "reached_on", "id", "lot_id", **ASKED_ONLY),
    )
    moves_with_case: ClassVar[bool] = True

    id: int | None = Field(default=None, primary_key=True)
    # The delay that is escalated; empty where the child has no named worker.
    delay_id: int | None = Field(
        default=None, foreign_key="delays.id", index=True, ondelete="RESTRICT"
    )
    # The day that tells which wait of the case it is, or which expected end the delay passed.
    since: date
    rung: Rung = Field(sa_type=stored(Rung))
    reached_on: date
    acknowledged_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    acknowledged_at: datetime | None = Field(default=None, sa_type=Utc)
    decision: Promise | None = Field(default=None, sa_type=stored(Promise))
    until: date | None = None
    note: str = Field(default="", max_length=200)
    decided_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    decided_at: datetime | None = Field(default=None, sa_type=Utc)
    # When it was decided, went up a step, or had nothing left to ask.
    over_on: date | None = None
