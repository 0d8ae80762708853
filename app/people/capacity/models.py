"""The table of time taken from workers' hours."""

from datetime import date

from sqlmodel import Field

from app.db.tables import ContractScoped, Row, Versioned, stored
from app.people.capacity.rules import Reason


class Reduction(ContractScoped, Versioned, Row, table=True):
    """Time taken from a worker's hours; whole days where no minutes a week are said."""

    __tablename__ = "reductions"

    id: int | None = Field(default=None, primary_key=True)
    practitioner_id: int = Field(foreign_key="practitioners.id", index=True, ondelete="RESTRICT")
    reason: Reason = Field(sa_type=stored(Reason))
    starts_on: date
    ends_on: date = Field(index=True)
    minutes_a_week: int | None = None
