"""The table of option periods."""

from datetime import date, datetime

from sqlmodel import Field

from app.db.tables import ContractScoped, Row, Utc, Versioned, stored
from app.performance.options.rules import Decision


class OptionPeriod(ContractScoped, Versioned, Row, table=True):
    """A right of the council to carry a contract on, until the day by which it must say so."""

    __tablename__ = "option_periods"

    id: int | None = Field(default=None, primary_key=True)
    title: str = Field(max_length=120)
    clause: str = Field(default="", max_length=40)
    decide_by: date
    extends_to: date
    decision: Decision | None = Field(default=None, sa_type=stored(Decision))
    reason: str = Field(default="", max_length=200)
    decided_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    decided_at: datetime | None = Field(default=None, sa_type=Utc)
    variation_id: int | None = Field(default=None, foreign_key="variations.id", ondelete="RESTRICT")
