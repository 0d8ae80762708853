"""Tables of the last check of each lot and of the cases it found."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.assurance.ownership.rules import Fault
from app.cases.register.models import CaseLinked
from app.db.tables import LotScoped, Row, Utc, stored


class OwnershipCheck(LotScoped, Row, table=True):
    """When a lot's open cases were last looked at, and how many faults that found."""

    __tablename__ = "ownership_checks"
    __table_args__ = (UniqueConstraint("lot_id"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    checked_at: datetime = Field(sa_type=Utc)
    # Nobody where it was the nightly check.
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    faults: int


class OwnershipFault(CaseLinked, Row, table=True):
    """A case without an owner or a next step, as the last check of its lot found it."""

    __tablename__ = "ownership_faults"
    in_trail: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    fault: Fault = Field(sa_type=stored(Fault))
    found_on: date
