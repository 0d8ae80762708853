"""The table of what checklists ask for."""

from datetime import date

from sqlalchemy import UniqueConstraint
from sqlmodel import Field

from app.db.tables import Agreed, Row, stored
from app.plans.rules import Outcome


class ChecklistTemplate(Agreed, Row, table=True):
    """One version of what a council asks before a case of one outcome is handed over."""

    __tablename__ = "checklist_templates"
    __table_args__ = (UniqueConstraint("contract_id", "outcome", "number"),)

    id: int | None = Field(default=None, primary_key=True)
    outcome: Outcome = Field(sa_type=stored(Outcome))
    from_on: date
    # The codes of the entries, one word each.
    items: str = Field(max_length=200)
    visit_days: int | None = None
    supervision_days: int
