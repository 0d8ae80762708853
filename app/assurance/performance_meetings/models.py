"""Tables of performance meetings and of the cases that each talked about."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.assurance.performance_meetings.rules import Decision
from app.cases.register.models import CaseLinked
from app.db.tables import LotScoped, Row, Utc, Versioned, stored


class PerformanceMeeting(LotScoped, Versioned, Row, table=True):
    """One meeting of a lot's managers, with the figures it began from; open until `closed_at`."""

    __tablename__ = "performance_meetings"
    __table_args__ = (Index("ix_performance_meetings_held", "held_on", "id"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    held_on: date
    # Who was there: managers of both sides, by name or post.
    present: str = Field(max_length=200)
    open_cases: int
    overdue: int
    drifting: int
    late_delays: int
    opened_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    opened_at: datetime = Field(sa_type=Utc)
    closed_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    closed_at: datetime | None = Field(default=None, sa_type=Utc)


class PerformanceItem(CaseLinked, Row, table=True):
    """One case on a meeting's agenda, with what was decided; minutes stay with their lot."""

    __tablename__ = "performance_items"
    __table_args__ = (UniqueConstraint("meeting_id", "case_id"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="performance_meetings.id", ondelete="RESTRICT")
    place: int
    # Its topics, one word each.
    topics: str = Field(max_length=40)
    decision: Decision | None = Field(default=None, sa_type=stored(Decision))
    day: date | None = None
    note: str = Field(default="", max_length=200)
    action_id: int | None = Field(default=None, foreign_key="case_actions.id", ondelete="RESTRICT")
    decided_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    decided_at: datetime | None = Field(default=None, sa_type=Utc)
