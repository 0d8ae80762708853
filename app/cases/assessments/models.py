"""Tables of assessments, of what was returned to be fixed and of when the child was seen."""

from datetime import date

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from app.cases.assessments.rules import NotSeenReason, ReturnReason
from app.cases.register.models import CaseLinked
from app.db.tables import Row, Versioned, stored
from app.kernel.clock import AssessmentType

WAITING = "authorised_on IS NULL AND submitted_on IS NOT NULL"
DONE = "authorised_on IS NOT NULL"
UNSEEN = "authorised_on IS NOT NULL AND seen_on IS NULL"


class Assessment(CaseLinked, Versioned, Row, table=True):
    """One assessment of a child; authorisation is its completion."""

    __tablename__ = "assessments"
    __table_args__ = (
        # The queue of those that wait for authorisation, the longest first; with the lot, so that
        # those of other lots are passed over without their rows.
        Index(
            "ix_assessments_waiting",
            "submitted_on",
            "case_id",
            "lot_id",
            sqlite_where=text(WAITING),
            postgresql_where=text(WAITING),
        ),
        # The few that were authorised without the child being seen.
        Index(
            "ix_assessments_unseen",
            "lot_id",
            sqlite_where=text(UNSEEN),
            postgresql_where=text(UNSEEN),
        ),
        # How long the last ones waited.
        Index(
            "ix_assessments_authorised",
            "authorised_on",
            "lot_id",
            "submitted_on",
            sqlite_where=text(DONE),
            postgresql_where=text(DONE),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    assessment_type: AssessmentType = Field(sa_type=stored(AssessmentType))
    started_on: date
    started_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    # Made for early help rather than to decide whether the child is in need.
    for_early_help: bool = False
    drafted_on: date | None = None
    drafted_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    seen_on: date | None = None
    not_seen_reason: NotSeenReason | None = Field(default=None, sa_type=stored(NotSeenReason))
    submitted_on: date | None = None
    submitted_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    authorised_on: date | None = None
    authorised_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    shared_on: date | None = None
    shared_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    entered_on: date | None = None
    entered_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")


class AssessmentReturn(CaseLinked, Row, table=True):
    """Points that a team manager asked to be fixed before authorising."""

    __tablename__ = "assessment_returns"
    __table_args__ = (Index("ix_assessment_returns_day", "returned_on", "lot_id", "reason"),)

    id: int | None = Field(default=None, primary_key=True)
    assessment_id: int = Field(foreign_key="assessments.id", index=True, ondelete="RESTRICT")
    returned_on: date
    returned_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    reason: ReturnReason = Field(default=ReturnReason.OTHER, sa_type=stored(ReturnReason))
    points: str = Field(sa_type=Text)


class AssessmentMigration(CaseLinked, Row, table=True):
    """An assessment of the older kinds that goes on as a single one, and why."""

    __tablename__ = "assessment_migrations"

    id: int | None = Field(default=None, primary_key=True)
    # Empty where none had begun.
    assessment_id: int | None = Field(
        default=None, foreign_key="assessments.id", index=True, ondelete="RESTRICT"
    )
    was: AssessmentType = Field(sa_type=stored(AssessmentType))
    migrated_on: date
    migrated_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    due_before: date | None = None
    reason: str = Field(max_length=200)


class Visit(CaseLinked, Row, table=True):
    """A day on which the child was seen, and whether alone."""

    __tablename__ = "visits"

    id: int | None = Field(default=None, primary_key=True)
    seen_on: date
    seen_alone: bool
    recorded_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
