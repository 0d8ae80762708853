"""Tables of the terms of supervision, of supervisions, and of what was said of each case."""

from datetime import date
from typing import ClassVar

from sqlalchemy import Index, Text, UniqueConstraint
from sqlmodel import Field

from app.assurance.supervision.rules import Decision, Grade
from app.cases.register.models import CaseLinked
from app.db.tables import Agreed, ContractScoped, Row, Versioned, stored


class SupervisionTerms(Agreed, Row, table=True):
    """One version of how often a contract asks for supervision."""

    __tablename__ = "supervision_terms"
    __table_args__ = (UniqueConstraint("contract_id", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    from_on: date
    case_days: int
    child_days: int
    personal_days: int
    welfare_days: int


class Supervision(ContractScoped, Versioned, Row, table=True):
    """One supervision of a worker's cases: planned for a day, and then held on one."""

    __tablename__ = "supervisions"
    __table_args__ = (Index("ix_supervisions_worker", "practitioner_id", "held_on"),)

    id: int | None = Field(default=None, primary_key=True)
    practitioner_id: int = Field(foreign_key="practitioners.id", ondelete="RESTRICT")
    supervisor_id: int = Field(foreign_key="users.id", index=True, ondelete="RESTRICT")
    planned_on: date | None = None
    held_on: date | None = None
    # Drawn by chance to be graded, when that was, and the grade.
    sampled_on: date | None = None
    grade: Grade | None = Field(default=None, sa_type=stored(Grade))
    grade_note: str = Field(default="", max_length=200)
    graded_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    graded_on: date | None = None


class CaseDiscussion(CaseLinked, Row, table=True):
    """What supervision said of one child; it belongs to the child's file."""

    __tablename__ = "case_discussions"
    moves_with_case: ClassVar[bool] = True

    id: int | None = Field(default=None, primary_key=True)
    supervision_id: int = Field(foreign_key="supervisions.id", index=True, ondelete="RESTRICT")
    discussed_on: date
    decision: Decision = Field(sa_type=stored(Decision))
    note: str = Field(default="", sa_type=Text)
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
