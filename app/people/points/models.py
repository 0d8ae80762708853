"""The table of points tables: one row for each version, of which the last agreed one holds."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlmodel import Field

from app.db.tables import ContractScoped, Row, Utc, Versioned

_DRAFT: dict[str, Any] = {
    "sqlite_where": text("agreed_at IS NULL"),
    "postgresql_where": text("agreed_at IS NULL"),
}


class PointsVersion(ContractScoped, Versioned, Row, table=True):
    """One version of a contract's points table; a draft until the council agrees it."""

    __tablename__ = "points_versions"
    __table_args__ = (
        Index("ix_points_versions_number", "contract_id", "number", unique=True),
        Index("ix_points_versions_draft", "contract_id", unique=True, **_DRAFT),
    )

    id: int | None = Field(default=None, primary_key=True)
    number: int
    standard: int
    complex: int
    highly_complex: int
    to_start: int
    assessing: int
    decision: int
    handover: int
    local: int
    county: int
    outside: int
    co_worker: int
    asye: int
    ramp_weeks: int
    full_time_points: int
    full_time_minutes: int
    target_cases: int
    new_cases_a_week: int
    unstarted_cases: int
    unstarted_days: int
    reason: str = Field(max_length=200)
    drafted_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    drafted_at: datetime = Field(sa_type=Utc)
    agreed_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    agreed_at: datetime | None = Field(default=None, sa_type=Utc)
