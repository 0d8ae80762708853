"""The forms on which a performance meeting begins and decides."""

from pydantic import Field

from app.assurance.performance_meetings.rules import Decision
from app.cases.actions.rules import What
from app.web.fields import Day, Form, Line, RowId, Short


class BeginForm(Form):
    lot_id: RowId = Field(title="Lot")
    # Names of staff, which no warning about children is to hold up.
    present: Line = Field(title="Who is there")


class DecisionForm(Form):
    decision: Decision = Field(title="Decision")
    what: What = Field(default=What.OTHER, title="What is to be done")
    owner_id: RowId | None = Field(
        default=None, title="Who acts", json_schema_extra={"choice": True}
    )
    day: Day | None = Field(default=None, title="By when")
    note: Short = Field(default="", title="More about it")
