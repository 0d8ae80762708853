"""Tables of risk reviews and of the answers that escalated waits were given."""

from datetime import date, datetime

from sqlmodel import Field

from app.cases.register.models import CaseLinked
from app.cases.register.rules import Priority
from app.cases.waiting.rules import Promise, RiskDecision, Rung
from app.db.tables import Row, Utc, Versioned, stored


class RiskReview(CaseLinked, Row, table=True):
    """A manager looked at the risk of leaving a child without a named worker."""

    __tablename__ = "risk_reviews"

    id: int | None = Field(default=None, primary_key=True)
    reviewed_on: date
    level: Priority = Field(sa_type=stored(Priority))
    decision: RiskDecision = Field(sa_type=stored(RiskDecision))
    note: str = Field(default="", max_length=200)
    next_review_on: date
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")


class Escalation(CaseLinked, Versioned, Row, table=True):
    """One step of a wait's ladder that somebody answered; where it stands follows from the days."""

    __tablename__ = "escalations"

    id: int | None = Field(default=None, primary_key=True)
    # Which wait of the case it belongs to.
    unallocated_on: date
    rung: Rung = Field(sa_type=stored(Rung))
    reached_on: date
    acknowledged_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    acknowledged_at: datetime | None = Field(default=None, sa_type=Utc)
    decision: Promise | None = Field(default=None, sa_type=stored(Promise))
    until: date | None = None
    note: str = Field(default="", max_length=200)
    decided_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    decided_at: datetime | None = Field(default=None, sa_type=Utc)
