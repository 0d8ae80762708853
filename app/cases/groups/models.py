"""The table of groups: how many open cases came into each and left it, by week."""

from datetime import date
from typing import ClassVar

from sqlmodel import Field

from app.db.tables import IN_KEY_ORDER, LotScoped, Row


class GroupWeek(LotScoped, Row, table=True):
    """One lot's open cases that came into a group in a week, and those that left it or ended."""

    __tablename__ = "group_weeks"
    __table_args__ = IN_KEY_ORDER
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = False

    lot_id: int = Field(foreign_key="lots.id", primary_key=True, ondelete="RESTRICT")
    code: str = Field(max_length=20, primary_key=True)
    week_ending: date = Field(primary_key=True)
    came: int
    went: int
