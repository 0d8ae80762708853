"""The trail and its details, views, outbox and used form keys."""

from datetime import datetime
from typing import ClassVar

from sqlalchemy import Text
from sqlmodel import Field

from app.db.tables import LotScoped, Row, Utc


class TrailEntry(Row, table=True):
    """One link of the chain: ids and digests only; personal values stand beside it."""

    __tablename__ = "trail"
    in_trail: ClassVar[bool] = False

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime = Field(sa_type=Utc)
    actor_id: int | None = Field(default=None, index=True)
    role: str = Field(default="", max_length=40)
    act: str = Field(max_length=60)
    subject: str = Field(max_length=60)
    subject_id: int | None = None
    case_id: int | None = Field(default=None, index=True)
    lot_id: int | None = None
    contract_id: int | None = None
    rows: int = 1
    digest: str = Field(max_length=64)
    previous: str = Field(max_length=64)
    hash: str = Field(max_length=64)


class TrailDetail(Row, table=True):
    """What one row held before and after; erased, it leaves its digest and the chain holds."""

    __tablename__ = "trail_details"
    in_trail: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    # No key to the entry: the details of a load are written before it.
    seq: int = Field(index=True)
    subject_id: int | None = None
    salt: str | None = Field(default=None, max_length=32)
    changes: str | None = Field(default=None, sa_type=Text)
    digest: str = Field(max_length=64)


class View(LotScoped, Row, table=True):
    """Who opened a case page or took an export, and when."""

    __tablename__ = "views"
    in_trail: ClassVar[bool] = True
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(sa_type=Utc)
    user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    case_id: int | None = Field(default=None, index=True)
    what: str = Field(max_length=200)


class OutboxMessage(Row, table=True):
    """A message to send once its change is committed; it names no child and holds a link only."""

    __tablename__ = "outbox"
    in_trail: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    to_user_id: int = Field(foreign_key="users.id", ondelete="RESTRICT")
    subject: str = Field(max_length=200)
    path: str = Field(max_length=300)
    # Sent before all others that wait.
    urgent: bool = False
    created_at: datetime = Field(sa_type=Utc)
    sent_at: datetime | None = Field(default=None, sa_type=Utc, index=True)
    tries: int = 0
    problem: str = Field(default="", max_length=200)


class UsedKey(Row, table=True):
    """A form that was saved, and the answer it got, so that a second press changes nothing."""

    __tablename__ = "used_keys"
    in_trail: ClassVar[bool] = False

    key: str = Field(max_length=64, primary_key=True)
    user_id: int | None = Field(default=None)
    body_digest: str = Field(max_length=64)
    location: str = Field(max_length=500)
    at: datetime = Field(sa_type=Utc)
