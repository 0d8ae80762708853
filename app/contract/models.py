"""Tables of the contract, its lots, receiving teams, clock rules and targets."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, UniqueConstraint, literal
from sqlmodel import Field, col

from app.contract.rules import CalendarAct
from app.db.tables import (
    Agreed,
    ContractScoped,
    InTerm,
    LotScoped,
    Row,
    Utc,
    Versioned,
    Viewer,
    stored,
)
from app.kernel.calendar import Counting
from app.kernel.clock import AssessmentType, StartEvent


class Contract(Row, table=True):
    """One signed contract between a council and an agency."""

    __tablename__ = "contracts"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=120, unique=True)
    reference: str = Field(max_length=40)
    council: str = Field(max_length=120)
    agency: str = Field(max_length=120)
    starts_on: date
    ends_on: date
    counting: Counting = Field(sa_type=stored(Counting))
    # A child must have been seen within this many working days before a handover or closure.
    seen_within_days: int = 20
    # The council decides a proposal within this many working days, or is chased this many times.
    decide_within_days: int = 5
    chase_most: int = 3
    # An initial conference is held within this many working days of the strategy discussion.
    conference_within_days: int = 15

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return col(cls.id).in_(viewer.contract_ids)


class Lot(Versioned, Row, table=True):
    """A geographic part of the contract with its district, target and District Manager."""

    __tablename__ = "lots"
    __table_args__ = (UniqueConstraint("contract_id", "name"),)

    id: int | None = Field(default=None, primary_key=True)
    contract_id: int = Field(foreign_key="contracts.id", index=True, ondelete="RESTRICT")
    name: str = Field(max_length=60)
    district: str = Field(max_length=60)
    district_manager_id: int | None = Field(
        default=None, foreign_key="users.id", ondelete="RESTRICT"
    )
    # Since when no case enters it; empty while it is worked in.
    closed_on: date | None = None

    @classmethod
    def visible_to(cls, viewer: Viewer) -> ColumnElement[bool]:
        return col(cls.id).in_(viewer.lot_ids)


class ReceivingTeam(LotScoped, Versioned, Row, table=True):
    """A council team that takes cases over, with how many it can take in a week."""

    __tablename__ = "receiving_teams"
    __table_args__ = (UniqueConstraint("lot_id", "name"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=80)
    weekly_intake: int


class ClockRule(ContractScoped, Row, table=True):
    """Which event starts an assessment's clock and how many working days it may take."""

    __tablename__ = "clock_rules"
    __table_args__ = (UniqueConstraint("contract_id", "assessment_type"),)

    id: int | None = Field(default=None, primary_key=True)
    assessment_type: AssessmentType = Field(sa_type=stored(AssessmentType))
    start_event: StartEvent = Field(sa_type=stored(StartEvent))
    limit_working_days: int


class Target(LotScoped, Versioned, Row, table=True):
    """What a lot is to achieve: its opening backlog cleared by a date along a planned curve."""

    __tablename__ = "targets"
    __table_args__ = (UniqueConstraint("lot_id"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    opening_backlog: int
    starts_on: date
    ends_on: date
    ramp_weeks: int = 0
    clause: str = Field(default="", max_length=40)

    @classmethod
    def in_term(cls) -> InTerm:
        # One that begins later is changed as well.
        always = literal(date.min)
        return InTerm("target", always, col(cls.ends_on), "on the contract’s page")


class ExtraDay(ContractScoped, Row, table=True):
    """A day on which the council agreed that no clock runs, beside the bank holidays."""

    __tablename__ = "extra_days"
    __table_args__ = (UniqueConstraint("contract_id", "day"),)

    id: int | None = Field(default=None, primary_key=True)
    day: date


class CalendarChange(ContractScoped, Row, table=True):
    """One change of what counts as a working day: how clocks count, or a day off more or less."""

    __tablename__ = "calendar_changes"

    id: int | None = Field(default=None, primary_key=True)
    act: CalendarAct = Field(sa_type=stored(CalendarAct))
    # The convention from then on, or the day that was added or removed.
    counting: Counting | None = Field(default=None, sa_type=stored(Counting))
    day: date | None = None
    from_on: date
    reason: str = Field(max_length=200)
    # How many open cases are due on another day since.
    cases: int
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    at: datetime = Field(sa_type=Utc)


class WaitingTerms(Agreed, Row, table=True):
    """One version of what a contract asks for while a child has no named worker."""

    __tablename__ = "waiting_terms"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    from_on: date
    review_days: int
    seen_days: int
    escalate_weeks: int
    answer_days: int
    # The placeholders that count as a named worker, one word each.
    named: str = Field(default="", max_length=40)
