"""The table of how each lot was when its opening list was frozen."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db.tables import LotScoped, Row, Utc


class StartFigures(LotScoped, Row, table=True):
    """A lot's figures at its start; kept once, they never change."""

    __tablename__ = "start_figures"
    __table_args__ = (UniqueConstraint("lot_id"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    frozen_on: date
    cases: int
    overdue: int
    unallocated: int
    oldest_on: date | None = None
    kept_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    kept_at: datetime = Field(sa_type=Utc)
