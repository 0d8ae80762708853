"""The table of digests that were sent."""

from datetime import date, datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db.tables import ContractScoped, Row, Utc


class Digest(ContractScoped, Row, table=True):
    """The one message of a day that told a person what waits for their decision."""

    __tablename__ = "digests"
    __table_args__ = (UniqueConstraint("user_id", "contract_id", "sent_on"),)

    id: int | None = Field(default=None, primary_key=True)
    user_id: int = Field(foreign_key="users.id", ondelete="RESTRICT")
    sent_on: date
    sent_at: datetime = Field(sa_type=Utc)
    waiting: int
    late: int
