"""Tables of practitioners and the lots they work in."""

from datetime import date
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db.tables import ContractScoped, LotScoped, Row, Versioned


class Practitioner(ContractScoped, Versioned, Row, table=True):
    """A worker of the agency's team who can hold cases."""

    __tablename__ = "practitioners"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(max_length=120)
    # A qualified worker is a registered social worker; only they may hold an assessment.
    qualified: bool
    registration_expires_on: date | None = None
    starts_on: date
    ends_on: date | None = None
    case_limit: int = 18


class PractitionerLot(LotScoped, Row, table=True):
    """A lot that a practitioner works in."""

    __tablename__ = "practitioner_lots"
    __table_args__ = (UniqueConstraint("practitioner_id", "lot_id"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    practitioner_id: int = Field(foreign_key="practitioners.id", index=True, ondelete="RESTRICT")
