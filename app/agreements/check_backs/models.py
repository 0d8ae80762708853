"""The table of what was found two weeks after handovers."""

from datetime import date

from sqlmodel import Field

from app.cases.register.models import CaseLinked
from app.db.tables import Row


class CheckBack(CaseLinked, Row, table=True):
    """Whether one handover stuck, as the council found it."""

    __tablename__ = "check_backs"

    id: int | None = Field(default=None, primary_key=True)
    handover_id: int = Field(foreign_key="handovers.id", unique=True, ondelete="RESTRICT")
    allocated: bool
    seen_on: date | None = None
    returned: bool
    note: str = Field(default="", max_length=200)
    checked_on: date = Field(index=True)
    checked_by: int | None = Field(default=None, foreign_key="users.id", ondelete="RESTRICT")
