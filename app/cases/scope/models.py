"""Tables of the ledger: postings that never change, and the totals and counters beside them."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field

from app.cases.scope.rules import Term
from app.cases.states import CaseState
from app.db.tables import IN_KEY_ORDER, LotScoped, Row, Utc, stored

NO_CLOCK = date(9999, 12, 31)
BACK = "term IN ('reopened', 'handed_back')"


class LedgerPosting(LotScoped, Row, table=True):
    """One case entering or leaving one term of one lot's ledger."""

    __tablename__ = "ledger_postings"
    __table_args__ = (
        # With what a comparison of two days adds up, so that it reads the index alone.
        Index(
            "ix_ledger_postings_lot_day",
            "lot_id",
            "effective_on",
            "term",
            "case_id",
            "cases",
            "id",
        ),
        # By case with what is added up, so that the first cases of many that stood open on a day
        # are found without the others.
        Index("ix_ledger_postings_case", "case_id", "lot_id", "effective_on", "cases"),
        # The few that came back, for whoever pays for cases.
        Index(
            "ix_ledger_postings_back",
            "effective_on",
            "case_id",
            "at",
            sqlite_where=text(BACK),
            postgresql_where=text(BACK),
        ),
    )
    moves_with_case: ClassVar[bool] = False
    told_together: ClassVar[bool] = True

    id: int | None = Field(default=None, primary_key=True)
    # Their indexes are the ones above.
    lot_id: int = Field(foreign_key="lots.id", ondelete="RESTRICT")
    case_id: int = Field(foreign_key="cases.id", ondelete="RESTRICT")
    term: Term = Field(sa_type=stored(Term))
    cases: int
    # How a cleared case left (its plan's outcome); empty for the other terms.
    outcome: str = Field(default="", max_length=40)
    effective_on: date
    at: datetime = Field(sa_type=Utc)


class DailyTotal(LotScoped, Row, table=True):
    """The sum of a day's postings: changes, not levels, so that a late one touches one row."""

    __tablename__ = "daily_totals"
    __table_args__ = IN_KEY_ORDER
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = False

    lot_id: int = Field(foreign_key="lots.id", primary_key=True, ondelete="RESTRICT")
    day: date = Field(primary_key=True)
    term: Term = Field(sa_type=stored(Term), primary_key=True)
    outcome: str = Field(default="", max_length=40, primary_key=True)
    cases: int


class WeekTotal(LotScoped, Row, table=True):
    """The sum of a week's postings, so that what reads years of them reads few rows.

    `again` is what of it changed how many cases are open once more, after having been cleared.
    """

    __tablename__ = "week_totals"
    __table_args__ = IN_KEY_ORDER
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = False

    lot_id: int = Field(foreign_key="lots.id", primary_key=True, ondelete="RESTRICT")
    week_ending: date = Field(primary_key=True)
    term: Term = Field(sa_type=stored(Term), primary_key=True)
    outcome: str = Field(default="", max_length=40, primary_key=True)
    cases: int
    again: int


class CaseCounter(LotScoped, Row, table=True):
    """How many cases of a lot stand in a state, by the way out planned and the day they are due."""

    __tablename__ = "case_counters"
    __table_args__ = IN_KEY_ORDER
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = False

    lot_id: int = Field(foreign_key="lots.id", primary_key=True, ondelete="RESTRICT")
    state: CaseState = Field(sa_type=stored(CaseState), primary_key=True)
    planned: str = Field(default="", max_length=20, primary_key=True)
    due_on: date = Field(primary_key=True)
    cases: int


class Baseline(LotScoped, Row, table=True):
    """The moment a lot's opening list was frozen, with the digest of exactly that list."""

    __tablename__ = "baselines"
    __table_args__ = (UniqueConstraint("lot_id"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    frozen_on: date
    # To the moment, so that what was posted to the opening afterwards does not count.
    frozen_at: datetime = Field(sa_type=Utc)
    cases: int
    digest: str = Field(max_length=64)
