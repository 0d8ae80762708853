"""The table of who takes over the cases that will be open at the end."""

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.cases.register.models import CaseLinked
from app.db.tables import Row, Utc


class ResidualReceiver(CaseLinked, Row, table=True):
    """The team and the person in it who take a case over if it is open when the contract ends."""

    __tablename__ = "residual_receivers"
    __table_args__ = (UniqueConstraint("case_id"),)

    id: int | None = Field(default=None, primary_key=True)
    # Its index is the one that keeps a case from having two.
    case_id: int = Field(foreign_key="cases.id", ondelete="RESTRICT")
    receiving_team_id: int = Field(
        foreign_key="receiving_teams.id", index=True, ondelete="RESTRICT"
    )
    person: str = Field(max_length=120)
    named_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    named_at: datetime = Field(sa_type=Utc)
