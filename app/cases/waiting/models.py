"""The table of risk reviews."""

from datetime import date

from sqlmodel import Field

from app.cases.register.models import CaseLinked
from app.cases.register.rules import Priority
from app.cases.waiting.rules import RiskDecision
from app.db.tables import Row, stored


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
