"""People who can sign in, the lots they see or cover, sessions, one-time links, the throttle."""

from datetime import date, datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.access.roles import Organisation, Role
from app.db.tables import IN_KEY_ORDER, LotScoped, Row, Utc, Versioned, stored


class User(Versioned, Row, table=True):
    """A person of the agency or the council; `password_hash` is empty until they choose one."""

    __tablename__ = "users"

    id: int | None = Field(default=None, primary_key=True)
    email: str = Field(max_length=254, unique=True)
    name: str = Field(max_length=120)
    role: Role = Field(sa_type=stored(Role))
    organisation: Organisation = Field(sa_type=stored(Organisation))
    password_hash: str | None = Field(default=None, max_length=255)
    practitioner_id: int | None = Field(
        default=None, foreign_key="practitioners.id", ondelete="RESTRICT"
    )
    demo: bool = False
    active_until: date | None = None
    disabled_at: datetime | None = Field(default=None, sa_type=Utc)
    created_at: datetime = Field(sa_type=Utc)


class UserLot(Row, table=True):
    """A lot that a person sees; the contract stands beside it so that scope needs no join."""

    __tablename__ = "user_lots"
    __table_args__ = IN_KEY_ORDER

    user_id: int = Field(foreign_key="users.id", primary_key=True, ondelete="RESTRICT")
    lot_id: int = Field(foreign_key="lots.id", primary_key=True, ondelete="RESTRICT")
    contract_id: int = Field(foreign_key="contracts.id", ondelete="RESTRICT")


class Deputy(LotScoped, Row, table=True):
    """Who decides in a lot beside or instead of its District Manager, from a day to a day.

    Between those days they see the lot; `ended_at` is set where the cover ended early.
    """

    __tablename__ = "deputies"
    __table_args__ = (Index("ix_deputies_user", "user_id", "ends_on"),)
    moves_with_case: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    contract_id: int = Field(foreign_key="contracts.id", ondelete="RESTRICT")
    user_id: int = Field(foreign_key="users.id", ondelete="RESTRICT")
    # Whether the District Manager is away; otherwise both decide.
    away: bool = True
    starts_on: date
    ends_on: date
    named_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    named_at: datetime = Field(sa_type=Utc)
    ended_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    ended_at: datetime | None = Field(default=None, sa_type=Utc)


class SignInSession(Row, table=True):
    """One signed-in browser; only the hash of its cookie is kept, and ended rows stay ended."""

    __tablename__ = "sign_in_sessions"
    in_trail: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    user_id: int = Field(foreign_key="users.id", index=True, ondelete="RESTRICT")
    started_at: datetime = Field(sa_type=Utc)
    seen_at: datetime = Field(sa_type=Utc)
    # When the person last proved who they are; empty until they do so after signing in.
    proved_at: datetime | None = Field(default=None, sa_type=Utc)
    ended_at: datetime | None = Field(default=None, sa_type=Utc)
    agent: str = Field(default="", max_length=120)


class LinkPurpose(StrEnum):
    INVITATION = "invitation"
    RESET = "reset"


class OneTimeLink(Row, table=True):
    """A link by which a person chooses a password, once and for a while."""

    __tablename__ = "one_time_links"
    in_trail: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    token_hash: str = Field(max_length=64, unique=True)
    user_id: int = Field(foreign_key="users.id", index=True, ondelete="RESTRICT")
    purpose: LinkPurpose = Field(sa_type=stored(LinkPurpose))
    expires_at: datetime = Field(sa_type=Utc)
    used_at: datetime | None = Field(default=None, sa_type=Utc)


class SignInTry(Row, table=True):
    """Tries at a password within one window, reserved before the password is looked at."""

    __tablename__ = "sign_in_tries"
    __table_args__ = (UniqueConstraint("subject", "window_starts_at"),)
    in_trail: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    subject: str = Field(max_length=80)
    window_starts_at: datetime = Field(sa_type=Utc)
    tries: int = 0
