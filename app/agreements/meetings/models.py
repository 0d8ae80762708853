"""The tables of agreement meetings and of what stands on their agendas."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field

from app.agreements.proposals.rules import Decision
from app.cases.register.models import CaseLinked
from app.db.tables import LotScoped, Row, Utc, Versioned, stored

HEARD_ONLY: dict[str, Any] = {
    "sqlite_where": text("heard IS NOT NULL AND settled_at IS NULL"),
    "postgresql_where": text("heard IS NOT NULL AND settled_at IS NULL"),
}


class AgreementMeeting(LotScoped, Versioned, Row, table=True):
    """A meeting on the proposals of one lot; once issued its minutes stand."""

    __tablename__ = "agreement_meetings"
    __table_args__ = (Index("ix_agreement_meetings_held", "held_on", "id"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(max_length=120)
    held_on: date
    present: str = Field(default="", max_length=200)
    planned_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    planned_at: datetime = Field(sa_type=Utc)
    issued_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    issued_at: datetime | None = Field(default=None, sa_type=Utc)
    # The fingerprint of the minutes as they were issued.
    minutes_hash: str = Field(default="", max_length=64)


class AgendaItem(CaseLinked, Versioned, Row, table=True):
    """One proposal on an agenda, what was said of it and, if it was, when it was decided there.

    What others heard is provisional: it changes nothing until the District Manager confirms it.
    """

    __tablename__ = "agenda_items"
    __table_args__ = (
        UniqueConstraint("meeting_id", "proposal_id"),
        Index("ix_agenda_items_heard", "proposal_id", "case_id", **HEARD_ONLY),
    )

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="agreement_meetings.id", ondelete="RESTRICT")
    proposal_id: int = Field(foreign_key="proposals.id", index=True, ondelete="RESTRICT")
    position: int
    note: str = Field(default="", sa_type=Text)
    heard: Decision | None = Field(default=None, sa_type=stored(Decision))
    heard_points: str = Field(default="", sa_type=Text)
    # The words that stood when it was heard; others are never confirmed.
    heard_hash: str = Field(default="", max_length=64)
    heard_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    heard_at: datetime | None = Field(default=None, sa_type=Utc)
    # The instant of the decision that was made in this meeting.
    settled_at: datetime | None = Field(default=None, sa_type=Utc)
