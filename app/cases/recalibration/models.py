"""The table of estimates: one row for each line of the points table and month."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db.tables import ContractScoped, Row, Utc


class PointsEstimate(ContractScoped, Row, table=True):
    """What one line of the points table came to by the time cases took, as estimated in a month.

    Days, values and their interval are in hundredths; no value where there were too few cases.
    """

    __tablename__ = "points_estimates"
    __table_args__ = (UniqueConstraint("contract_id", "month", "line"),)

    id: int | None = Field(default=None, primary_key=True)
    # Without an index of its own: the unique one begins with it.
    contract_id: int = Field(foreign_key="contracts.id", ondelete="RESTRICT")
    # The first day of the month.
    month: date
    line: str = Field(max_length=40)
    cases: int
    mean_days: int
    in_force: int
    value: int | None = None
    low: int | None = None
    high: int | None = None
    made_at: datetime = Field(sa_type=Utc)
    made_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
