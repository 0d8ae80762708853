"""The table of safeguarding flags."""

from datetime import datetime

from sqlalchemy import Index, Text, text
from sqlmodel import Field

from app.db.tables import LotScoped, Row, Utc, Versioned, stored
from app.safeguarding.flags.rules import Concern


class Flag(LotScoped, Versioned, Row, table=True):
    """An immediate concern about the child of a reference as typed; `case_id` where it matched."""

    __tablename__ = "safeguarding_flags"
    __table_args__ = (
        Index(
            "ix_safeguarding_flags_open",
            "raised_at",
            "id",
            sqlite_where=text("resolved_at IS NULL"),
            postgresql_where=text("resolved_at IS NULL"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
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
