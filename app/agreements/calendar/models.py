"""Tables of plans that smooth a lot's handovers, kept with what became of each case."""

from datetime import date, datetime
from typing import ClassVar

from sqlmodel import Field

from app.agreements.calendar.rules import Result
from app.cases.register.models import CaseLinked
from app.db.tables import LotScoped, Row, Utc, stored


class Smoothing(LotScoped, Row, table=True):
    """One plan for the handovers of a lot that wait, as it was worked out."""

    __tablename__ = "smoothings"
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    first_week: date
    # Whether no other choice of weeks can cost less.
    proven: bool
    made_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    made_at: datetime = Field(sa_type=Utc)
    accepted_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    accepted_at: datetime | None = Field(default=None, sa_type=Utc)


class SmoothingMove(CaseLinked, Row, table=True):
    """The week that a plan found for one handover, beside when it was ready and would be late."""

    __tablename__ = "smoothing_moves"

    id: int | None = Field(default=None, primary_key=True)
    smoothing_id: int = Field(foreign_key="smoothings.id", index=True, ondelete="RESTRICT")
    handover_id: int = Field(foreign_key="handovers.id", ondelete="RESTRICT")
    receiving_team_id: int = Field(foreign_key="receiving_teams.id", ondelete="RESTRICT")
    urgency: int
    ready_week: date
    latest_week: date
    before_week: date | None = None
    week_ending: date
    # What became of it when the plan was accepted.
    result: Result | None = Field(default=None, sa_type=stored(Result))
