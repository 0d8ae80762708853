"""The forms of a meeting: its plan, an item brought along, what came of one, how an action went."""

from pydantic import Field

from app.reports.meetings.rules import Kind, Outcome, Plan, Wanted
from app.reports.meetings.service import Said
from app.web.fields import Day, Form, Line, Note, Reference, RowId, Short


class PlanForm(Form):
    contract_id: RowId = Field(title="Contract")
    kind: Kind = Field(title="Meeting", json_schema_extra={"choice": True})
    lot_id: RowId | None = Field(default=None, title="Lot", json_schema_extra={"choice": True})
    held_on: Day = Field(title="Held on")
    # Names of staff, which no warning about children is to hold up.
    present: Line = Field(default="", title="Who takes part")

    @property
    def plan(self) -> Plan:
        return Plan(self.kind, self.held_on, self.lot_id, self.present)


class BringForm(Form):
    text: Short = Field(default="", title="What is to be talked about")


class ItemForm(Form):
    outcome: Outcome = Field(title="What came of it", json_schema_extra={"choice": True})
    note: Note = Field(default="", title="For the minutes")
    what: Short = Field(default="", title="What is to be done")
    owner_id: RowId | None = Field(
        default=None, title="Who does it", json_schema_extra={"choice": True}
    )
    due_on: Day | None = Field(default=None, title="By when")
    reference: Reference = Field(default="", title="Reference of the case")

    @property
    def said(self) -> Said:
        return Said(self.outcome, self.note)

    @property
    def wanted(self) -> Wanted:
        return Wanted(self.what, self.owner_id, self.due_on, self.reference)


class FinishForm(Form):
    words: Short = Field(default="", title="How it went")
