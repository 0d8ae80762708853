"""The table of reopenings: each leads back to what had ended the case."""

from datetime import date

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from app.agreements.reopening.rules import ReopenReason
from app.cases.register.models import CaseLinked
from app.cases.states import CaseState
from app.db.tables import Row, stored

RETURNED = "ended_as = 'handed_over' AND reason = 'handover_returned'"


class Reopening(CaseLinked, Row, table=True):
    """A cleared case that was opened again: why, and the end that no longer counts."""

    __tablename__ = "reopenings"
    __table_args__ = (
        UniqueConstraint("case_id", "episode"),
        Index("ix_reopenings_ended", "lot_id", "ended_on"),
        # The handovers that a receiving team gave back, with all that is counted of them.
        Index(
            "ix_reopenings_returned",
            "ended_on",
            "lot_id",
            "reopened_on",
            sqlite_where=text(RETURNED),
            postgresql_where=text(RETURNED),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    # Without an index of its own: the one above begins with it.
    lot_id: int = Field(foreign_key="lots.id", ondelete="RESTRICT")
    # The stretch of work that had ended.
    episode: int
    ended_as: CaseState = Field(sa_type=stored(CaseState))
    ended_on: date
    outcome: str = Field(default="", max_length=40)
    closure_id: int | None = Field(default=None, foreign_key="closures.id", ondelete="RESTRICT")
    handover_id: int | None = Field(default=None, foreign_key="handovers.id", ondelete="RESTRICT")
    reason: ReopenReason = Field(sa_type=stored(ReopenReason))
    reopened_on: date
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
