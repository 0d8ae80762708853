"""Tables of timesheets: differences from the rota, signed weeks with their shifts."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.db.tables import LotScoped, Row, Utc, Versioned, stored
from app.finance.shifts.rules import Kind
from app.people.rules import Post


class Timesheet(LotScoped, Versioned, Row, table=True):
    """One lot's week, signed by the agency and, later, accepted by the council."""

    __tablename__ = "timesheets"
    __table_args__ = (UniqueConstraint("lot_id", "week_ending"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    week_ending: date
    signed_at: datetime = Field(sa_type=Utc)
    signed_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    # Empty again after a correction, which the council accepts too.
    accepted_at: datetime | None = Field(default=None, sa_type=Utc)
    accepted_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")


class Shift(LotScoped, Row, table=True):
    """One worker's day in a signed week; a correction is a further row and says why."""

    __tablename__ = "shifts"
    __table_args__ = (Index("ix_shifts_lot_day", "lot_id", "day", "practitioner_id"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    timesheet_id: int = Field(foreign_key="timesheets.id", index=True, ondelete="RESTRICT")
    practitioner_id: int = Field(foreign_key="practitioners.id", index=True, ondelete="RESTRICT")
    # The post at the time of signing, by which the day and its corrections are priced.
    band: Post = Field(sa_type=stored(Post))
    day: date
    planned_minutes: int
    minutes: int
    kind: Kind | None = Field(default=None, sa_type=stored(Kind))
    reason: str = Field(default="", max_length=120)
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    at: datetime = Field(sa_type=Utc)


class ShiftDifference(LotScoped, Row, table=True):
    """How a worker's day differed from the rota, until the week is signed and ever after."""

    __tablename__ = "shift_differences"
    __table_args__ = (UniqueConstraint("practitioner_id", "day", "lot_id"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    practitioner_id: int = Field(foreign_key="practitioners.id", ondelete="RESTRICT")
    day: date
    kind: Kind = Field(sa_type=stored(Kind))
    minutes: int = 0
    # Where the day was worked instead, or where the worker came from. Not a key of this lot.
    other_lot_id: int | None = Field(default=None, foreign_key="lots.id", ondelete="RESTRICT")
    note: str = Field(default="", max_length=120)
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    at: datetime = Field(sa_type=Utc)
