"""Tables of the agency's workers and the lots they work in."""

from datetime import date
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db.tables import ContractScoped, LotScoped, Row, Versioned, stored
from app.people.rules import FULL_TIME, WEEKDAYS, Post


class Practitioner(ContractScoped, Versioned, Row, table=True):
    """A worker of the agency's team: one who holds cases or, by their post, a team manager."""

    __tablename__ = "practitioners"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=120)
    # A qualified worker is a registered social worker; only they may hold an assessment.
    qualified: bool
    registration_expires_on: date | None = None
    starts_on: date
    ends_on: date | None = None
    case_limit: int = 18
    post: Post = Field(default=Post.SOCIAL_WORKER, sa_type=stored(Post))
    # What the worker is contracted for in a week, and the days they work it on (1 is Monday).
    weekly_minutes: int = FULL_TIME
    weekdays: str = Field(default=WEEKDAYS, max_length=7)
    # In their assessed and supported first year, with a protected share of the workload.
    asye: bool = False
    # The lot whose district they live in; empty for somebody from outside the contract's area.
    # No key: a lot names its District Manager and a user the practitioner, which would be a ring.
    home_lot_id: int | None = None


class PractitionerLot(LotScoped, Row, table=True):
    """A lot that a practitioner works in, for part of their time with us where it has dates."""

    __tablename__ = "practitioner_lots"
    __table_args__ = (UniqueConstraint("practitioner_id", "lot_id"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    practitioner_id: int = Field(foreign_key="practitioners.id", index=True, ondelete="RESTRICT")
    starts_on: date | None = None
    ends_on: date | None = None
