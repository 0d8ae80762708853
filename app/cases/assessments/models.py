"""Tables of assessments, of what was returned to be fixed and of when the child was seen."""

from datetime import date

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from app.cases.assessments.rules import NotSeenReason
from app.cases.register.models import CaseLinked
from app.db.tables import Row, Versioned, stored
from app.kernel.clock import AssessmentType

WAITING = "authorised_on IS NULL AND submitted_on IS NOT NULL"


class Assessment(CaseLinked, Versioned, Row, table=True):
    """One assessment of a child; authorisation is its completion."""

    __tablename__ = "assessments"
    __table_args__ = (
        # The queue of those that wait for authorisation, the longest first.
        Index(
            "ix_assessments_waiting",
            "submitted_on",
            "case_id",
            sqlite_where=text(WAITING),
            postgresql_where=text(WAITING),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    assessment_type: AssessmentType = Field(sa_type=stored(AssessmentType))
    started_on: date
    started_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    seen_on: date | None = None
    not_seen_reason: NotSeenReason | None = Field(default=None, sa_type=stored(NotSeenReason))
    submitted_on: date | None = None
    submitted_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    authorised_on: date | None = None
    authorised_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")


class AssessmentReturn(CaseLinked, Row, table=True):
    """Points that a team manager asked to be fixed before authorising."""

    __tablename__ = "assessment_returns"

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessments.id", index=True, ondelete="RESTRICT")
    returned_on: date
    returned_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    points: str = Field(sa_type=Text)


class Visit(CaseLinked, Row, table=True):
    """A day on which the child was seen, and whether alone."""

    __tablename__ = "visits"

    id: int | None = Field(default=None, primary_key=True)
    seen_on: date
    seen_alone: bool
    recorded_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
