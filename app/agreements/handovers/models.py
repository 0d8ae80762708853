"""Tables of handovers: each with what was ticked off, asked and graded on the way."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from app.agreements.checklists.rules import Item
from app.agreements.handovers.rules import Grade, RejectReason
from app.cases.register.models import CaseLinked
from app.db.tables import Row, Utc, Versioned, stored

_OWED = "check_due_on IS NOT NULL"
_OPEN = "answered_at IS NULL"


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


_WAITS: dict[str, Any] = {
    "sqlite_where": text("waits IS 1"),
    "postgresql_where": text("waits IS true"),
}


class Handover(CaseLinked, Versioned, Row, table=True):
    """One agreed handover; without a team the case goes to another authority."""

    __tablename__ = "handovers"
    __table_args__ = (
        # By team with what is counted of them, so that nothing else is looked at.
        Index(
            "ix_handovers_waiting",
            "lot_id",
            "receiving_team_id",
            "week_ending",
            "requested_at",
            "id",
            **_WAITS,
        ),
        Index("ix_handovers_waiting_since", "opened_at", "id", **_WAITS),
        # What was accepted last, and how much of it in a week.
        Index(
            "ix_handovers_accepted",
            "accepted_on",
            "id",
            "lot_id",
            "receiving_team_id",
            **_where("accepted_on IS NOT NULL"),
        ),
        Index("ix_handovers_check_due", "check_due_on", "id", "lot_id", **_where(_OWED)),
        Index("ix_handovers_rejected", "rejected_at", **_where("rejected_at IS NOT NULL")),
    )

    waits_while_agreed: ClassVar[bool] = True

    id: int | None = Field(default=None, primary_key=True)
    proposal_id: int = Field(foreign_key="proposals.id", unique=True, ondelete="RESTRICT")
    plan_number: int
    receiving_team_id: int | None = Field(
        default=None, foreign_key="receiving_teams.id", index=True, ondelete="RESTRICT"
    )
    opened_at: datetime = Field(sa_type=Utc)
    # The Friday of the week it is booked for; none while nobody chose one.
    week_ending: date | None = None
    ticked_at: datetime | None = Field(default=None, sa_type=Utc)
    # Why brothers and sisters stay behind, where they do.
    split_reason: str = Field(default="", max_length=200)
    asked_of: str = Field(default="", max_length=120)
    requested_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    requested_at: datetime | None = Field(default=None, sa_type=Utc)
    rejected_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    rejected_at: datetime | None = Field(default=None, sa_type=Utc)
    reject_reason: RejectReason | None = Field(default=None, sa_type=stored(RejectReason))
    reject_note: str = Field(default="", max_length=200)
    receiving_worker: str = Field(default="", max_length=120)
    accepted_on: date | None = None
    accepted_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    # Whether its case stands agreed to it and nobody has answered; kept by the case's steps.
    waits: bool = True
    # When somebody looks whether it stuck; empty before acceptance and once it was looked at.
    check_due_on: date | None = None


class HandoverTick(CaseLinked, Row, table=True):
    """One entry of a handover's checklist that somebody ticked off."""

    __tablename__ = "handover_ticks"
    __table_args__ = (UniqueConstraint("handover_id", "item"),)

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = Field(foreign_key="handovers.id", ondelete="RESTRICT")
    item: Item = Field(sa_type=stored(Item))
    done_on: date
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")


class HandoverAudit(CaseLinked, Row, table=True):
    """A transferring manager's look at the file; the latest counts."""

    __tablename__ = "handover_audits"

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = Field(foreign_key="handovers.id", index=True, ondelete="RESTRICT")
    record: Grade = Field(sa_type=stored(Grade, "record"))
    voice: Grade = Field(sa_type=stored(Grade, "voice"))
    risk: Grade = Field(sa_type=stored(Grade, "risk"))
    plan: Grade = Field(sa_type=stored(Grade, "plan"))
    note: str = Field(default="", max_length=200)
    audited_on: date = Field(index=True)
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")


class HandoverQuestion(CaseLinked, Row, table=True):
    """What the receiving side asks before it accepts, and what it was answered."""

    __tablename__ = "handover_questions"
    __table_args__ = (
        Index("ix_handover_questions_open", "lot_id", "handover_id", **_where(_OPEN)),
    )

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = Field(foreign_key="handovers.id", index=True, ondelete="RESTRICT")
    question: str = Field(max_length=1000)
    asked_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    asked_at: datetime = Field(sa_type=Utc)
    answer: str = Field(default="", max_length=1000)
    answered_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    answered_at: datetime | None = Field(default=None, sa_type=Utc)
