"""The table of handovers."""

from datetime import date, datetime

from sqlmodel import Field

from app.cases.register.models import CaseLinked
from app.db.tables import Row, Utc, Versioned


class Handover(CaseLinked, Versioned, Row, table=True):
    """One agreed handover; without a team the case goes to another authority."""

    __tablename__ = "handovers"

    id: int | None = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposals.id", unique=True, ondelete="RESTRICT")
    plan_number: int
    receiving_team_id: int | None = Field(
        default=None, foreign_key="receiving_teams.id", index=True, ondelete="RESTRICT"
    )
    opened_at: datetime = Field(sa_type=Utc)
    chronology_current_on: date | None = None
    chronology_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    family_told_on: date | None = None
    family_told_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    receiving_worker: str = Field(default="", max_length=120)
    accepted_on: date | None = Field(default=None, index=True)
    accepted_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
