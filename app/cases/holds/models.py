"""The table of holds."""

from datetime import date

from sqlalchemy import Index, text
from sqlmodel import Field

from app.cases.holds.rules import HoldReason
from app.cases.register.models import CaseLinked
from app.db.tables import Row, Versioned, stored

RUNNING = "ended_on IS NULL"


class Hold(CaseLinked, Versioned, Row, table=True):
    """A stretch in which a case waits for somebody else; it returns by itself on its day."""

    __tablename__ = "holds"
    __table_args__ = (
        Index(
            "ix_holds_running",
            "until_on",
            "review_on",
            "id",
            sqlite_where=text(RUNNING),
            postgresql_where=text(RUNNING),
        ),
        # What a week's statement looks for.
        Index("ix_holds_lot_until", "lot_id", "until_on"),
    )

    id: int | None = Field(default=None, primary_key=True)
    # Its index is the one by lot and day.
    lot_id: int = Field(foreign_key="lots.id", ondelete="RESTRICT")
    reason: HoldReason = Field(sa_type=stored(HoldReason))
    note: str = Field(default="", max_length=200)
    # Who sees to it that the case comes back.
    owner_id: int = Field(foreign_key="users.id", ondelete="RESTRICT")
    began_on: date
    review_on: date
    until_on: date
    # Only where somebody took it back before its day.
    ended_on: date | None = None
    placed_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    ended_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
