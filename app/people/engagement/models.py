"""The table of what the national return asks about engagements."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db.tables import ContractScoped, Large, Row, Versioned


class Engagement(ContractScoped, Versioned, Row, table=True):
    """A worker's pay and what else the return asks; seen by those who make the return alone."""

    __tablename__ = "engagements"
    __table_args__ = (UniqueConstraint("practitioner_id"),)

    id: int | None = Field(default=None, primary_key=True)
    practitioner_id: int = Field(foreign_key="practitioners.id", ondelete="RESTRICT")
    hourly_pence: int | None = Field(default=None, sa_type=Large)
    notice_weeks: int | None = None
    left_post_on: date | None = None
    over_price_cap: bool = False
    cap_signed_by: str = Field(default="", max_length=120)
