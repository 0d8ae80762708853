"""What is asked for a pack: what it is about, what is said in it, and when it is drafted."""

from pydantic import Field

from app.reports.packs.rules import Kind, Weekday
from app.web.fields import Form, Note, RowId, Short, Whole


class DraftForm(Form):
    contract_id: RowId = Field(title="Contract")
    kind: Kind = Field(title="Kind of pack")
    lot: RowId | None = Field(default=None, title="Lot")


class SayForm(Form):
    remarks: Note = Field(default="", title="Remarks")
    decisions: Note = Field(default="", title="Decisions requested")


class IssueForm(Form):
    changed: Short = Field(default="", title="What changed since the last issue")


class ScheduleForm(Form):
    contract_id: RowId = Field(title="Contract")
    kind: Kind = Field(title="Kind of pack")
    weekday: Weekday | None = Field(default=None, title="Day of the week")
    month_day: Whole | None = Field(default=None, title="Day of the month")
