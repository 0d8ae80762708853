"""Tables of the last look at each lot, the drifting cases it found, and those put aside."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.cases.drift.rules import Aside, Basis, Suggestion
from app.cases.register.models import CaseLinked
from app.cases.states import CaseState
from app.db.tables import Agreed, LotScoped, Row, Utc, stored


class DriftTerms(Agreed, Row, table=True):
    """One version of what a contract calls drift; the latest is in force."""

    __tablename__ = "drift_terms"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    idle_days: int
    flagged_days: int
    council_days: int
    percent: int
    least: int
    most: int


class DriftLook(LotScoped, Row, table=True):
    """When a lot's open cases were last looked at, and how many of them drift."""

    __tablename__ = "drift_looks"
    __table_args__ = (UniqueConstraint("lot_id"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    looked_at: datetime = Field(sa_type=Utc)
    # Nobody once the night has looked that day; a look made before does not stand for it.
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    found: int
    listed: int


class DriftingCase(CaseLinked, Row, table=True):
    """A case that drifts, as the last look at its lot listed it."""

    __tablename__ = "drifting_cases"
    __table_args__ = (
        UniqueConstraint("case_id"),
        Index("ix_drifting_cases_place", "lot_id", "place"),
    )
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = True

    id: int | None = Field(default=None, primary_key=True)
    # Its place in its lot's list, the most stuck first.
    place: int
    stage: CaseState = Field(sa_type=stored(CaseState))
    stage_since: date
    idle_since: date
    basis: Basis = Field(sa_type=stored(Basis))
    # Of a thousand cases of the lot, how many were still in the stage at this age; empty by limit.
    still_there: int | None = None
    suggestion: Suggestion = Field(sa_type=stored(Suggestion))
    # When it first came onto the list, as long as it stays on it.
    listed_on: date


class DriftAside(CaseLinked, Row, table=True):
    """A drifting case left off the list until a day, with the reason."""

    __tablename__ = "drift_asides"
    moves_with_case: ClassVar[bool] = True

    id: int | None = Field(default=None, primary_key=True)
    reason: Aside = Field(sa_type=stored(Aside))
    until: date
    note: str = Field(default="", max_length=200)
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    at: datetime = Field(sa_type=Utc)
