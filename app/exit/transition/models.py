"""Tables of offers to workers and of how many a lot is to have."""

from datetime import date
from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db.tables import ContractScoped, LotScoped, Row, Versioned, stored
from app.exit.transition.rules import Answer, Engagement


class Offer(ContractScoped, Versioned, Row, table=True):
    """What the council offered a worker who agreed to be named, and what they said."""

    __tablename__ = "offers"
    __table_args__ = (UniqueConstraint("practitioner_id"),)

    id: int | None = Field(default=None, primary_key=True)
    practitioner_id: int = Field(foreign_key="practitioners.id", ondelete="RESTRICT")
    engagement: Engagement = Field(sa_type=stored(Engagement))
    post: str = Field(max_length=120)
    offered_on: date
    starts_on: date | None = None
    answer: Answer = Field(default=Answer.WAITING, sa_type=stored(Answer))
    answered_on: date | None = None
    recorded_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")


class RampStep(LotScoped, Row, table=True):
    """From a day on a lot is to have so many workers, until the next step."""

    __tablename__ = "ramp_steps"
    __table_args__ = (UniqueConstraint("lot_id", "from_on"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    from_on: date
    workers: int
