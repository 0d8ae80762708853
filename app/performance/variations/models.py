"""Tables of what was agreed to change in a contract, and of each target a lot has had."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db.tables import ContractScoped, LotScoped, Row, Utc, stored
from app.performance.variations.rules import Kind


class Variation(ContractScoped, Row, table=True):
    """One change of a contract that both sides agreed; it is never edited, only followed."""

    __tablename__ = "variations"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    number: int
    kind: Kind = Field(sa_type=stored(Kind))
    title: str = Field(max_length=120)
    clause: str = Field(default="", max_length=40)
    agreed_on: date
    reason: str = Field(max_length=200)
    # The contract's end before and after; equal where it stays.
    ended_on: date
    ends_on: date
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    at: datetime = Field(sa_type=Utc)


class TargetVersion(LotScoped, Row, table=True):
    """A target that a lot has had; the one without a variation is what it began with."""

    __tablename__ = "target_versions"
    __table_args__ = (UniqueConstraint("lot_id", "variation_id"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    variation_id: int | None = Field(default=None, foreign_key="variations.id", ondelete="RESTRICT")
    opening_backlog: int
    starts_on: date
    ends_on: date
    ramp_weeks: int
    clause: str = Field(default="", max_length=40)
