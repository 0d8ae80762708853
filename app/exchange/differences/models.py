"""The table of differences between our register and the council's lists."""

from datetime import date, datetime

from sqlalchemy import Index, text
from sqlmodel import Field

from app.cases.findings.rules import Mender
from app.cases.register.models import CaseLinked
from app.db.tables import Row, Utc, stored
from app.exchange.differences.rules import Compared, State


class CaseDifference(CaseLinked, Row, table=True):
    """One fact of a case that the council's list tells otherwise, until somebody settles it."""

    __tablename__ = "differences"
    __table_args__ = (
        Index("ix_differences_queue", "state", "lot_id", "field", "id"),
        # All that the counts of those to settle look at.
        Index(
            "ix_differences_open",
            "lot_id",
            "mender",
            "field",
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    batch_id: int = Field(foreign_key="import_batches.id", index=True, ondelete="RESTRICT")
    field: Compared = Field(sa_type=stored(Compared))
    ours: str = Field(default="", max_length=200)
    council_now: str = Field(default="", max_length=200)
    council_before: str = Field(default="", max_length=200)
    mender: Mender = Field(sa_type=stored(Mender))
    found_on: date
    state: State = Field(default=State.OPEN, sa_type=stored(State))
    settled_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    settled_at: datetime | None = Field(default=None, sa_type=Utc)
    because: str = Field(default="", max_length=1000)
