"""Tables of child protection plans and of the conferences that reviewed them."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.cases.register.models import CaseLinked
from app.db.tables import Row, Versioned


class ProtectionPlan(CaseLinked, Versioned, Row, table=True):
    """One child protection plan, from the conference that made it until one ends it."""

    __tablename__ = "protection_plans"
    __table_args__ = (UniqueConstraint("case_id", "starts_on"),)

    id: int | None = Field(default=None, primary_key=True)
    starts_on: date
    # By when the first review that is known here was to be held.
    review_due_on: date
    ended_on: date | None = None
    # The list that told of it; empty where somebody here recorded it.
    batch_id: int | None = Field(
        default=None, foreign_key="import_batches.id", index=True, ondelete="RESTRICT"
    )


class ReviewConference(CaseLinked, Row, table=True):
    """One conference that reviewed a plan, with the day by which the next one is due."""

    __tablename__ = "review_conferences"
    __table_args__ = (UniqueConstraint("plan_id", "held_on"),)

    id: int | None = Field(default=None, primary_key=True)
    plan_id: int = Field(foreign_key="protection_plans.id", ondelete="RESTRICT")
    held_on: date
    next_due_on: date
    batch_id: int | None = Field(
        default=None, foreign_key="import_batches.id", index=True, ondelete="RESTRICT"
    )
    recorded_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
