"""The tables of safeguarding flags, of the calls made about them and of their alerts."""

from datetime import datetime

from sqlalchemy import Index, Text, UniqueConstraint, text
from sqlmodel import Field

from app.db.tables import LotScoped, Row, Utc, Versioned, stored
from app.safeguarding.flags.rules import Called, CallOutcome, Concern


class Flag(LotScoped, Versioned, Row, table=True):
    """An immediate concern about the child of a reference as typed; `case_id` where it matched."""

    __tablename__ = "safeguarding_flags"
    __table_args__ = (
        # With what is counted of those that are open.
        Index(
            "ix_safeguarding_flags_open",
            "raised_at",
            "id",
            "lot_id",
            "acknowledged_at",
            "case_id",
            sqlite_where=text("resolved_at IS NULL"),
            postgresql_where=text("resolved_at IS NULL"),
        ),
        Index("ix_safeguarding_flags_raised", "raised_at", "lot_id", "acknowledged_at"),
    )

    id: int | None = Field(default=None, primary_key=True)
    # Without an index of its own: everybody sees whole lots, so it would only mislead a planner.
    lot_id: int = Field(foreign_key="lots.id", ondelete="RESTRICT")
    case_id: int | None = Field(
        default=None, foreign_key="cases.id", index=True, ondelete="RESTRICT"
    )
    reference: str = Field(max_length=40)
    concern: Concern = Field(sa_type=stored(Concern))
    note: str = Field(default="", sa_type=Text)
    raised_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    raised_at: datetime = Field(sa_type=Utc)
    acknowledged_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    acknowledged_at: datetime | None = Field(default=None, sa_type=Utc)
    resolved_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    resolved_at: datetime | None = Field(default=None, sa_type=Utc)
    resolution: str = Field(default="", sa_type=Text)
    # Who found out later which case it is about.
    attached_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    attached_at: datetime | None = Field(default=None, sa_type=Utc)


class FlagCall(LotScoped, Row, table=True):
    """One telephone call about a flag."""

    __tablename__ = "flag_calls"

    id: int | None = Field(default=None, primary_key=True)
    flag_id: int = Field(foreign_key="safeguarding_flags.id", index=True, ondelete="RESTRICT")
    case_id: int | None = Field(
        default=None, foreign_key="cases.id", index=True, ondelete="RESTRICT"
    )
    at: datetime = Field(sa_type=Utc)
    called: Called = Field(sa_type=stored(Called))
    outcome: CallOutcome = Field(sa_type=stored(CallOutcome))
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")


class FlagAlert(LotScoped, Row, table=True):
    """One more alert, because nobody had acknowledged a flag."""

    __tablename__ = "flag_alerts"
    __table_args__ = (UniqueConstraint("flag_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    flag_id: int = Field(foreign_key="safeguarding_flags.id", ondelete="RESTRICT")
    case_id: int | None = Field(
        default=None, foreign_key="cases.id", index=True, ondelete="RESTRICT"
    )
    number: int
    at: datetime = Field(sa_type=Utc)
