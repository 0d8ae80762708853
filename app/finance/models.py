"""Tables of budgets and of what was spent."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint, literal
from sqlmodel import Field, col

from app.db.tables import InTerm, Large, LotScoped, Row, Utc, stored
from app.finance.rules import CostKind


class Budget(LotScoped, Row, table=True):
    """What is planned to be spent on a lot in one week."""

    __tablename__ = "budgets"
    __table_args__ = (UniqueConstraint("lot_id", "week_ending"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    week_ending: date
    planned_pence: int = Field(sa_type=Large)

    @classmethod
    def in_term(cls) -> InTerm:
        # Of any week it is taken back by planning nought.
        always, left = literal(date.min), col(cls.planned_pence) > 0
        page = "under Money, Plan a budget"
        return InTerm("budget", always, col(cls.week_ending), page, weekly=True, where=(left,))


class BudgetChange(LotScoped, Row, table=True):
    """A lot's weeks planned anew: what they came to before and after; it is never edited."""

    __tablename__ = "budget_changes"
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    first_ending: date
    last_ending: date
    before_pence: int = Field(sa_type=Large)
    after_pence: int = Field(sa_type=Large)
    reason: str = Field(max_length=200)
    at: datetime = Field(sa_type=Utc)
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")


class Cost(LotScoped, Row, table=True):
    """What was spent on a lot in one week, by kind; a correction is a further row."""

    __tablename__ = "costs"
    __table_args__ = (Index("ix_costs_lot_week", "lot_id", "week_ending", "kind"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    week_ending: date
    kind: CostKind = Field(sa_type=stored(CostKind))
    pence: int = Field(sa_type=Large)
    note: str = Field(default="", max_length=120)
    recorded_at: datetime = Field(sa_type=Utc)
    recorded_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
