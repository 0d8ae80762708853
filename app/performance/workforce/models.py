"""The table of counts of the council's own workforce."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db.tables import LotScoped, Row, Utc, Versioned


class WorkforceCount(LotScoped, Versioned, Row, table=True):
    """Social workers of a lot's district on a day, in hundredths of full-time equivalents."""

    __tablename__ = "workforce_counts"
    __table_args__ = (UniqueConstraint("lot_id", "as_at"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    # Its index is the one by lot and day.
    lot_id: int = Field(foreign_key="lots.id", ondelete="RESTRICT")
    as_at: date
    staff: int
    agency: int
    vacancies: int
    # Who left in the twelve months up to the day.
    leavers: int
    # How many workers the agency is contracted to have in the lot, as whole people.
    contracted: int
    source: str = Field(max_length=120)
    recorded_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    recorded_at: datetime = Field(sa_type=Utc)
