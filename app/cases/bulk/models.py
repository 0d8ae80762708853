"""Tables of bulk acts: what was asked for, and what came of each case."""

from datetime import date, datetime
from typing import ClassVar

from sqlalchemy import Index
from sqlmodel import Field

from app.cases.bulk.rules import BulkAct
from app.cases.register.models import CaseLinked
from app.cases.register.rules import ChangeReason, Priority, PriorityReason
from app.cases.runs.rules import Result
from app.db.tables import ContractScoped, Row, Utc, stored


class BulkRun(ContractScoped, Row, table=True):
    """One act on many cases; what it takes is empty until somebody has seen the preview."""

    __tablename__ = "bulk_runs"

    id: int | None = Field(default=None, primary_key=True)
    act: BulkAct = Field(sa_type=stored(BulkAct))
    made_by: int | None = Field(
        default=None, foreign_key="users.id", index=True, ondelete="RESTRICT"
    )
    made_at: datetime = Field(sa_type=Utc)
    # The filter that the cases were chosen by, as it stands in an address.
    filter: str = Field(default="", max_length=500)
    cases: int
    change_reason: ChangeReason | None = Field(default=None, sa_type=stored(ChangeReason))
    priority: Priority | None = Field(default=None, sa_type=stored(Priority))
    priority_reason: PriorityReason | None = Field(default=None, sa_type=stored(PriorityReason))
    next_review_on: date | None = None
    # Why assessments of older kinds go on as single ones.
    reason: str | None = Field(default=None, max_length=200)
    undoes: int | None = Field(default=None, foreign_key="bulk_runs.id", ondelete="RESTRICT")
    started_at: datetime | None = Field(default=None, sa_type=Utc)
    finished_at: datetime | None = Field(default=None, sa_type=Utc)


class BulkRow(CaseLinked, Row, table=True):
    """One case of a bulk act: the lot or worker it gets, the one it had, and what came of it."""

    __tablename__ = "bulk_rows"
    __table_args__ = (Index("ix_bulk_rows_run", "run_id", "id"),)
    # The run is in the trail, and so is what each case went through.
    in_trail: ClassVar[bool] = False
    moves_with_case: ClassVar[bool] = True

    id: int | None = Field(default=None, primary_key=True)
    run_id: int = Field(foreign_key="bulk_runs.id", ondelete="RESTRICT")
    before: int | None = None
    target: int | None = None
    version_after: int | None = None
    result: Result = Field(default=Result.WAITING, sa_type=stored(Result))
    sentence: str = Field(default="", max_length=400)
