"""Tables of earned points: terms agreed by both sides, weighed cases, and what weeks came to."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db.tables import IN_KEY_ORDER, Agreed, Large, LotScoped, Row, Utc, stored
from app.finance.earned_points.rules import Step


class EarnedTerms(Agreed, Row, table=True):
    """One version of what cases weigh and milestones earn; a draft until the council agrees it."""

    __tablename__ = "earned_terms"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    child_and_family: int
    initial: int
    core: int
    protection: int
    assessed: int
    agreed: int
    screened: int
    assessed_weeks: int
    agreed_weeks: int
    agreed_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    agreed_at: datetime | None = Field(default=None, sa_type=Utc)
    # The day after it was agreed, so that a day never has two.
    from_on: date | None = None


class EarnedCase(LotScoped, Row, table=True):
    """A case as it was weighed when it came, and how far its moves are counted, in which lot."""

    __tablename__ = "earned_cases"
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = False

    case_id: int = Field(foreign_key="cases.id", primary_key=True, ondelete="RESTRICT")
    weight: int
    days: int
    original: bool
    last_move_id: int


class EarnedWeek(LotScoped, Row, table=True):
    """What one step came to in one week of a lot, for the opening list and for later work."""

    __tablename__ = "earned_weeks"
    __table_args__ = IN_KEY_ORDER
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = False

    lot_id: int = Field(foreign_key="lots.id", primary_key=True, ondelete="RESTRICT")
    week_ending: date = Field(primary_key=True)
    original: bool = Field(primary_key=True)
    step: Step = Field(sa_type=stored(Step), primary_key=True)
    earned: int = Field(sa_type=Large)
    weight: int = Field(sa_type=Large)
    cases: int
    days: int


class EarnedMark(LotScoped, Row, table=True):
    """How far the moves of a lot's cases are counted, and when that was done."""

    __tablename__ = "earned_marks"
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = False

    lot_id: int = Field(foreign_key="lots.id", primary_key=True, ondelete="RESTRICT")
    last_move_id: int
    counted_at: datetime = Field(sa_type=Utc)
