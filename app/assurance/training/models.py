"""Tables of training sessions, of who came, and of system problems."""

from datetime import date

from sqlalchemy import Index, UniqueConstraint
from sqlmodel import Field

from app.assurance.training.rules import Area, Topic
from app.db.tables import ContractScoped, Row, Versioned, stored


class TrainingSession(ContractScoped, Row, table=True):
    """One session that somebody gave; people of the council are counted, ours are named."""

    __tablename__ = "training_sessions"
    __table_args__ = (Index("ix_training_sessions_held", "held_on", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    held_on: date
    topic: Topic = Field(sa_type=stored(Topic))
    title: str = Field(max_length=120)
    minutes: int
    council_people: int
    given_by: int = Field(foreign_key="users.id", ondelete="RESTRICT")


class TrainingAttendance(ContractScoped, Row, table=True):
    """One of our workers who came to a session."""

    __tablename__ = "training_attendances"
    __table_args__ = (UniqueConstraint("session_id", "practitioner_id"),)

    id: int | None = Field(default=None, primary_key=True)
    session_id: int = Field(foreign_key="training_sessions.id", ondelete="RESTRICT")
    practitioner_id: int = Field(foreign_key="practitioners.id", index=True, ondelete="RESTRICT")


class SystemProblem(ContractScoped, Versioned, Row, table=True):
    """Something wrong in the council's system: found, fixed, and looked at again."""

    __tablename__ = "system_problems"

    id: int | None = Field(default=None, primary_key=True)
    found_on: date
    found_by: int = Field(foreign_key="users.id", ondelete="RESTRICT")
    # The session in which it came up, if one.
    session_id: int | None = Field(
        default=None, foreign_key="training_sessions.id", ondelete="RESTRICT"
    )
    area: Area = Field(sa_type=stored(Area))
    words: str = Field(max_length=200)
    fixed_on: date | None = None
    fixed_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    fix: str = Field(default="", max_length=200)
    # How often a fix turned out not to hold.
    returned: int = 0
    solved_on: date | None = None
    solved_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
