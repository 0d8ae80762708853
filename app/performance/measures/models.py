"""Tables of the versions of definitions, of what was read, and of how far the last period is."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field

from app.db.tables import IN_KEY_ORDER, Agreed, LotScoped, Row, Utc, stored
from app.performance.measures.rules import Cohort, Measure


class MeasureVersion(Agreed, Row, table=True):
    """One version of what a contract means by a measure; it counts once both sides signed it."""

    __tablename__ = "measure_versions"
    __table_args__ = (UniqueConstraint("contract_id", "measure", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    measure: Measure = Field(sa_type=stored(Measure))
    words: str = Field(max_length=400)
    # The days that the measure allows, where it has any.
    within: int | None = None
    # The whole of what was signed, event by event, and its hash.
    said: str = Field(sa_type=Text)
    said_hash: str = Field(max_length=64)
    agency_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    agency_at: datetime | None = Field(default=None, sa_type=Utc)
    council_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    council_at: datetime | None = Field(default=None, sa_type=Utc)


class MeasureReading(LotScoped, Row, table=True):
    """What a measure came to in a whole period; reading it again writes a further row."""

    __tablename__ = "measure_readings"
    __table_args__ = (
        Index(
            "ix_measure_readings_period",
            "lot_id",
            "measure",
            "monthly",
            "starts_on",
            "cohort",
            "id",
        ),
    )
    moves_with_case: ClassVar[bool] = False
    told_together: ClassVar[bool] = True

    id: int | None = Field(default=None, primary_key=True)
    # Its index is the one by measure and period.
    lot_id: int = Field(foreign_key="lots.id", ondelete="RESTRICT")
    measure: Measure = Field(sa_type=stored(Measure))
    cohort: Cohort = Field(sa_type=stored(Cohort))
    monthly: bool
    starts_on: date
    ends_on: date
    numerator: int
    denominator: int
    # The middle one, where the measure is a median with something to look at.
    amount: int | None = None
    version: int
    # Read by the version in force at the period's end; others only show what a version would say.
    in_force: bool
    read_at: datetime = Field(sa_type=Utc)


class RunningReading(LotScoped, Row, table=True):
    """How far a period that runs has come, up to the last day that is over; kept for a day."""

    __tablename__ = "running_readings"
    __table_args__ = IN_KEY_ORDER
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = False

    lot_id: int = Field(foreign_key="lots.id", primary_key=True, ondelete="RESTRICT")
    measure: Measure = Field(sa_type=stored(Measure), primary_key=True)
    cohort: Cohort = Field(sa_type=stored(Cohort), primary_key=True)
    monthly: bool = Field(primary_key=True)
    starts_on: date
    ends_on: date
    numerator: int
    denominator: int
    amount: int | None = None
    version: int
    read_at: datetime = Field(sa_type=Utc)
