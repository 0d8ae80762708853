"""The log of threshold decisions."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field

from app.cases.register.models import CaseLinked
from app.db.tables import Row, stored
from app.safeguarding.thresholds.rules import Rationale, Threshold


class ThresholdDecision(CaseLinked, Row, table=True):
    """Somebody decided whether a case meets a threshold; never edited, only decided anew."""

    __tablename__ = "threshold_decisions"
    __table_args__ = (Index("ix_threshold_decisions_day", "decided_on", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    threshold: Threshold = Field(sa_type=stored(Threshold))
    met: bool
    rationale: Rationale = Field(sa_type=stored(Rationale))
    partners_told: bool
    decided_on: date
    decided_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
