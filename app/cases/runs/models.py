"""Tables of several cases given out in one go, and of what came of each."""

from datetime import date, datetime
from typing import ClassVar

from sqlmodel import Field

from app.cases.allocation.rules import OverrideReason
from app.cases.register.models import CaseLinked
from app.cases.register.rules import AllocationRole
from app.cases.runs.rules import Result, RunKind
from app.db.tables import ContractScoped, Row, Utc, stored


class AllocationRun(ContractScoped, Row, table=True):
    """Several cases given out in one go, each by itself, so that one refusal stops no other."""

    __tablename__ = "allocation_runs"

    id: int | None = Field(default=None, primary_key=True)
    kind: RunKind = Field(sa_type=stored(RunKind))
    # Whose cases they were, and from which day that worker is away, where it is a caseload.
    practitioner_id: int | None = Field(
        default=None, foreign_key="practitioners.id", ondelete="RESTRICT"
    )
    away_from: date | None = None
    override: OverrideReason | None = Field(default=None, sa_type=stored(OverrideReason))
    note: str = Field(default="", max_length=120)
    at: datetime = Field(sa_type=Utc)
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
    finished_at: datetime | None = Field(default=None, sa_type=Utc)


class AllocationRunRow(CaseLinked, Row, table=True):
    """One case of a run: who is to have it, and what came of it."""

    __tablename__ = "allocation_run_rows"
    # The run is in the trail, and so is each case's own move.
    in_trail: ClassVar[bool] = False

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="allocation_runs.id", index=True, ondelete="RESTRICT")
    practitioner_id: int | None = Field(
        default=None, foreign_key="practitioners.id", ondelete="RESTRICT"
    )
    role: AllocationRole = Field(default=AllocationRole.PRIMARY, sa_type=stored(AllocationRole))
    result: Result = Field(default=Result.WAITING, sa_type=stored(Result))
    sentence: str = Field(default="", max_length=400)
