"""The table of expenses."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from app.db.tables import Large, LotScoped, Row, Utc, stored
from app.finance.expenses.rules import ExpenseKind


class ShiftExpense(LotScoped, Row, table=True):
    """What a worker spent for a lot, with the receipt's reference."""

    __tablename__ = "shift_expenses"
    __table_args__ = (Index("ix_shift_expenses_week", "lot_id", "week_ending"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    practitioner_id: int = Field(foreign_key="practitioners.id", index=True, ondelete="RESTRICT")
    day: date
    # The week it is signed with: that of its day, or the first one not signed yet.
    week_ending: date
    kind: ExpenseKind = Field(sa_type=stored(ExpenseKind))
    pence: int = Field(sa_type=Large)
    receipt: str = Field(max_length=40)
    note: str = Field(default="", max_length=120)
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    at: datetime = Field(sa_type=Utc)
