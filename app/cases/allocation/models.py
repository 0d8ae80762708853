"""The table of soft limits that managers passed."""

from datetime import date

from sqlalchemy import Index
from sqlmodel import Field

from app.cases.allocation.rules import OverrideReason
from app.cases.register.models import CaseLinked
from app.db.tables import Row, stored


class AllocationOverride(CaseLinked, Row, table=True):
    """A case given to somebody past a soft limit: which limits, by whom and why."""

    __tablename__ = "allocation_overrides"
    __table_args__ = (Index("ix_allocation_overrides_made", "made_on", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    practitioner_id: int = Field(foreign_key="practitioners.id", ondelete="RESTRICT")
    limits: str = Field(max_length=80)
    reason: OverrideReason = Field(sa_type=stored(OverrideReason))
    note: str = Field(default="", max_length=120)
    made_on: date
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
