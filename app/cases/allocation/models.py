"""The history of who held a case."""

from datetime import date

from sqlmodel import Field

from app.cases.allocation.rules import AllocationRole, ChangeReason
from app.cases.register.models import CaseLinked
from app.db.tables import Row, stored


class Allocation(CaseLinked, Row, table=True):
    """One practitioner on one case from a day until another; open while `ends_on` is empty."""

    __tablename__ = "allocations"

    id: int | None = Field(default=None, primary_key=True)
    practitioner_id: int = Field(foreign_key="practitioners.id", index=True, ondelete="RESTRICT")
    role: AllocationRole = Field(sa_type=stored(AllocationRole))
    starts_on: date
    ends_on: date | None = None
    # Why the worker before was changed; empty for the first.
    reason: ChangeReason | None = Field(default=None, sa_type=stored(ChangeReason))
    by_user_id: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
