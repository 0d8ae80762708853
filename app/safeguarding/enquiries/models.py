"""The table of section 47 enquiries."""

from datetime import date
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field

from app.cases.register.models import CaseLinked
from app.db.tables import Row, Versioned, stored
from app.safeguarding.enquiries.rules import (
    Agencies,
    ConferenceResult,
    Course,
    EnquiryOutcome,
)

RUNNING: dict[str, Any] = {
    "sqlite_where": text("ended_on IS NULL"),
    "postgresql_where": text("ended_on IS NULL"),
}


class Enquiry(CaseLinked, Versioned, Row, table=True):
    """One enquiry; `ended_on` is set once nothing more is to come of it."""

    __tablename__ = "section_47_enquiries"
    __table_args__ = (
        Index("ix_section_47_enquiries_running", "strategy_on", "id", "case_id", **RUNNING),
        Index("ix_section_47_enquiries_begun", "strategy_on", "lot_id", "outcome"),
        Index("ix_section_47_enquiries_held", "conference_on", "result"),
    )

    id: int | None = Field(default=None, primary_key=True)
    strategy_on: date
    agencies: Agencies = Field(sa_type=stored(Agencies))
    # Whether the case stood under protection already, as it then does when the enquiry has ended.
    protected_before: bool = False
    opened_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    outcome: EnquiryOutcome | None = Field(default=None, sa_type=stored(EnquiryOutcome))
    concluded_on: date | None = None
    concluded_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    # Booked, or held where there is a result.
    conference_on: date | None = None
    result: ConferenceResult | None = Field(default=None, sa_type=stored(ConferenceResult))
    ended_on: date | None = None

    @property
    def course(self) -> Course:
        """What the rules ask of it."""
        return Course(
            self.strategy_on, self.outcome, self.concluded_on, self.conference_on, self.result
        )
