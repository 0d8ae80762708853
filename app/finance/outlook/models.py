"""Tables of outlooks: what was worked out for a lot, and for all lots of a contract together."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field, SQLModel

from app.db.tables import ContractScoped, Large, LotScoped, Row, Utc


class _Range(SQLModel):
    """Where it may end: 1 in 10, the middle and 9 in 10, in pence and as the last week's Friday.

    Chances are basis points; a day is empty where the work does not end within three years.
    """

    made_at: datetime = Field(sa_type=Utc)
    as_at: date
    budget: int = Field(sa_type=Large)
    planned: int = Field(sa_type=Large)
    actual: int = Field(sa_type=Large)
    accrued: int = Field(sa_type=Large)
    committed: int = Field(sa_type=Large)
    low: int = Field(sa_type=Large)
    middle: int = Field(sa_type=Large)
    high: int = Field(sa_type=Large)
    chance: int
    unended: int
    ends_early: date | None = None
    ends_middle: date | None = None
    ends_late: date | None = None


class LotOutlook(LotScoped, _Range, Row, table=True):
    """What was worked out for a lot on one day, with what it was worked out from."""

    __tablename__ = "lot_outlooks"
    __table_args__ = (Index("ix_lot_outlooks_last", "lot_id", "made_at"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    remaining: int
    weekly: int = Field(sa_type=Large)
    notice_weeks: int
    seed: int
    # The estimate at completion of earned value; empty while it is too early for one.
    eac: int | None = Field(default=None, sa_type=Large)
    method: str = Field(max_length=600)


class ContractOutlook(ContractScoped, _Range, Row, table=True):
    """The lots of a contract together, on the same ways."""

    __tablename__ = "contract_outlooks"
    __table_args__ = (Index("ix_contract_outlooks_last", "contract_id", "made_at"),)

    id: int | None = Field(default=None, primary_key=True)
    lots: int
