"""The table of weekly intakes that differ from what a team usually takes."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db.tables import LotScoped, Row, Utc, Versioned


class IntakeWeek(LotScoped, Versioned, Row, table=True):
    """What a receiving team takes in one week, which ends on a Friday."""

    __tablename__ = "intake_weeks"
    __table_args__ = (UniqueConstraint("receiving_team_id", "week_ending"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    receiving_team_id: int = Field(foreign_key="receiving_teams.id", ondelete="RESTRICT")
    week_ending: date
    intake: int
    # What is booked in a locked week stays, and nothing else comes in.
    locked: bool = False
    note: str = Field(default="", max_length=200)
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    at: datetime = Field(sa_type=Utc)
