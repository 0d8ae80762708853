"""The table of calendar feeds."""

from datetime import datetime

from sqlmodel import Field

from app.db.tables import Row, Utc


class CalendarFeed(Row, table=True):
    """An address at which one person's days are read without signing in, until they end it."""

    __tablename__ = "calendar_feeds"

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    user_id: int = Field(foreign_key="users.id", index=True, ondelete="RESTRICT")
    made_at: datetime = Field(sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)
