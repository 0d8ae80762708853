"""Tables of delays and of what the council replied to them."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import Index, text
from sqlmodel import Field

from app.cases.delays.rules import Ask, DelayReason, Reply
from app.cases.register.models import CaseLinked
from app.db.tables import Row, Utc, Versioned, stored
from app.kernel.clock import Holder


def _where(condition: str) -> dict[str, Any]:
    return {"sqlite_where": text(condition), "postgresql_where": text(condition)}


class Delay(CaseLinked, Versioned, Row, table=True):
    """Why a case does not go on, from a day until another; open while `ended_on` is empty."""

    __tablename__ = "delays"
    __table_args__ = (
        Index("ix_delays_open", "expected_end", "id", "lot_id", **_where("ended_on IS NULL")),
        # What waits for the council's reply, so that home pages count it from these alone.
        Index(
            "ix_delays_asked",
            "lot_id",
            "case_id",
            **_where("asked_on IS NOT NULL AND ended_on IS NULL"),
        ),
        # What days lost are added up from, without the rows.
        Index("ix_delays_lost", "ended_on", "begins_on", "lot_id", "reason", "holder"),
    )
    moves_with_case: ClassVar[bool] = True

    id: int | None = Field(default=None, primary_key=True)
    reason: DelayReason = Field(sa_type=stored(DelayReason))
    holder: Holder = Field(sa_type=stored(Holder))
    # The user who is to end it.
    owner_id: int = Field(foreign_key="users.id", ondelete="RESTRICT")
    begins_on: date
    expected_end: date
    ask: Ask = Field(default=Ask.NOTHING, sa_type=stored(Ask))
    solution: str = Field(default="", max_length=200)
    # When the delay was written into the council's own system.
    recorded_on: date | None = None
    # Since when the council's reply is awaited; empty where nothing is asked or it has replied.
    asked_on: date | None = None
    ended_on: date | None = None
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")


class DelayReply(CaseLinked, Row, table=True):
    """One answer of the council to a delay, and what it changed."""

    __tablename__ = "delay_replies"
    moves_with_case: ClassVar[bool] = True

    id: int | None = Field(default=None, primary_key=True)
    delay_id: int = Field(foreign_key="delays.id", index=True, ondelete="RESTRICT")
    reply: Reply = Field(sa_type=stored(Reply))
    until: date | None = None
    note: str = Field(default="", max_length=200)
    action_id: int | None = Field(default=None, foreign_key="case_actions.id", ondelete="RESTRICT")
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    at: datetime = Field(sa_type=Utc)
