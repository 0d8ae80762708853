"""Tables of prices and caps, and of the codes under which a lot's invoices are booked."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint, func
from sqlmodel import Field, col

from app.db.tables import Agreed, InTerm, Large, LotScoped, Row, Utc, Versioned, stored
from app.finance.prices.rules import PriceModel
from app.people.rules import Post


class Price(LotScoped, Versioned, Row, table=True):
    """One price of a lot from a day on; it is ended, never edited, and another follows it."""

    __tablename__ = "prices"
    __table_args__ = (Index("ix_prices_lot", "lot_id", "model", "starts_on"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    model: PriceModel = Field(sa_type=stored(PriceModel))
    band: Post | None = Field(default=None, sa_type=stored(Post))
    starts_on: date
    ends_on: date | None = None
    clause: str = Field(max_length=40)
    pence: int = Field(default=0, sa_type=Large)
    # What a day rate is made of; the price is their sum.
    pay: int = Field(default=0, sa_type=Large)
    insurance: int = Field(default=0, sa_type=Large)
    levy: int = Field(default=0, sa_type=Large)
    holiday: int = Field(default=0, sa_type=Large)
    fee: int = Field(default=0, sa_type=Large)
    # Basis points: of a retention, and of value added tax.
    share: int = 0
    vat: int = 0
    full_minutes: int = 0
    credit_days: int = 0
    # The last day that an issued invoice bills at this price.
    billed_to: date | None = None
    set_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    set_at: datetime = Field(sa_type=Utc)

    @classmethod
    def in_term(cls) -> InTerm:
        # A price without a last day ends with the contract.
        last = func.coalesce(col(cls.ends_on), col(cls.starts_on))
        return InTerm("prices", col(cls.starts_on), last, "on the page of prices")


class ContractCap(Agreed, Row, table=True):
    """One version of what all lots of a contract may be charged together."""

    __tablename__ = "contract_caps"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    pence: int = Field(sa_type=Large)
    clause: str = Field(max_length=40)


class LotCode(LotScoped, Versioned, Row, table=True):
    """Under which codes the council's finance system books a lot's invoices."""

    __tablename__ = "lot_codes"
    __table_args__ = (UniqueConstraint("lot_id"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    cost_centre: str = Field(max_length=20)
    ledger_code: str = Field(max_length=20)
