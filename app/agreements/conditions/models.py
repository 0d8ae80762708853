"""The table of conditions."""

from datetime import date, datetime

from sqlmodel import Field

from app.cases.register.models import CaseLinked
from app.db.tables import Row, Utc, Versioned


class Condition(CaseLinked, Versioned, Row, table=True):
    """One thing that the council asked for when it agreed; only its meeting is written later."""

    __tablename__ = "conditions"

    id: int | None = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposals.id", index=True, ondelete="RESTRICT")
    what: str = Field(max_length=200)
    due_on: date
    owner_id: int = Field(foreign_key="users.id", ondelete="RESTRICT")
    set_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    set_at: datetime = Field(sa_type=Utc)
    met_at: datetime | None = Field(default=None, sa_type=Utc)
    met_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    met_note: str = Field(default="", max_length=200)
