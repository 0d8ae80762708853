"""Tables of judged periods of service levels, of failures and of the plans to put them right."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.db.tables import Large, LotScoped, Row, Utc, Versioned, stored
from app.performance.failures.rules import PlanDecision, Result


class ServiceLevelPeriod(LotScoped, Row, table=True):
    """What a month of a service level came to; it is judged once, as was known then.

    Values are hundredths of the measure's unit.
    """

    __tablename__ = "service_level_periods"
    __table_args__ = (UniqueConstraint("service_level_id", "ends_on"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    service_level_id: int = Field(foreign_key="service_levels.id", ondelete="RESTRICT")
    # The version of the service level and that of the measure's definition it was judged by.
    number: int
    definition: int
    starts_on: date
    ends_on: date
    numerator: int
    denominator: int
    value: int | None = None
    asked: int
    threshold: int
    result: Result = Field(sa_type=stored(Result))
    judged_at: datetime = Field(sa_type=Utc)


class ServiceLevelFailure(LotScoped, Versioned, Row, table=True):
    """A period that failed: the notice of it, its credit, and its closing."""

    __tablename__ = "service_level_failures"
    __table_args__ = (
        UniqueConstraint("service_level_id", "ends_on"),
        Index("ix_service_level_failures_closed_on", "closed_on", "lot_id"),
    )
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    service_level_id: int = Field(foreign_key="service_levels.id", ondelete="RESTRICT")
    period_id: int = Field(foreign_key="service_level_periods.id", ondelete="RESTRICT")
    ends_on: date
    notified_on: date
    critical: bool
    # How many failures of the service level there were in the twelve months up to this one.
    repeat: int
    whole_pence: int = Field(sa_type=Large)
    credit_pence: int = Field(sa_type=Large)
    waived_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    waived_at: datetime | None = Field(default=None, sa_type=Utc)
    waive_reason: str = Field(default="", max_length=200)
    closed_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    closed_on: date | None = None


class RectificationPlan(LotScoped, Row, table=True):
    """Why a service level failed and how that is put right; a rejected plan is followed by one."""

    __tablename__ = "rectification_plans"
    __table_args__ = (UniqueConstraint("failure_id", "number"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    failure_id: int = Field(foreign_key="service_level_failures.id", ondelete="RESTRICT")
    number: int
    cause: str = Field(max_length=200)
    steps: str = Field(max_length=1000)
    owner: str = Field(max_length=120)
    due_on: date
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    at: datetime = Field(sa_type=Utc)
    decision: PlanDecision | None = Field(default=None, sa_type=stored(PlanDecision))
    reason: str = Field(default="", max_length=200)
    decided_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    decided_at: datetime | None = Field(default=None, sa_type=Utc)
