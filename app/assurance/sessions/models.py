"""Tables of support sessions, of what was sealed in them, and of how often themes came up."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field

from app.assurance.sessions.rules import Kind, Theme
from app.db.tables import ContractScoped, Row, Utc, stored


class SupportSession(ContractScoped, Row, table=True):
    """That two people met, and when; the key to what they said is of no use without the vault's."""

    __tablename__ = "support_sessions"

    id: int | None = Field(default=None, primary_key=True)
    kind: Kind = Field(sa_type=stored(Kind))
    supervisor_id: int = Field(foreign_key="users.id", index=True, ondelete="RESTRICT")
    supervisee_id: int = Field(foreign_key="users.id", index=True, ondelete="RESTRICT")
    held_on: date
    liaison_on: date | None = None
    wrapped_key: str = Field(sa_type=Text)


class SealedNote(ContractScoped, Row, table=True):
    """What one of the two wrote, sealed."""

    __tablename__ = "sealed_notes"

    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="support_sessions.id", index=True, ondelete="RESTRICT")
    author_id: int = Field(foreign_key="users.id", ondelete="RESTRICT")
    written_at: datetime = Field(sa_type=Utc)
    sealed: str = Field(sa_type=Text)


class ThemeTally(ContractScoped, Row, table=True):
    """In how many sessions of a month a theme came up; of whose, nobody can tell."""

    __tablename__ = "theme_tallies"
    __table_args__ = (UniqueConstraint("contract_id", "month", "theme"),)
    # The trail would tell which session each count came from.
    in_trail: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    month: date
    theme: Theme = Field(sa_type=stored(Theme))
    sessions: int
