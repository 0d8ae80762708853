"""The forms of supervision: its terms, a day for it, and what was said of a case."""

from pydantic import Field

from app.assurance.supervision.rules import Decision, Terms
from app.cases.actions.rules import What
from app.web.fields import Day, Form, Note, RowId, Short, Whole


class TermsForm(Form):
    case_days: Whole = Field(title="Days between supervisions of cases")
    child_days: Whole = Field(title="Days between talks about one child")
    personal_days: Whole = Field(title="Days between personal supervisions")
    welfare_days: Whole = Field(title="Days between welfare supervisions")
    from_on: Day = Field(title="First day")
    reason: Short = Field(title="Reason or clause")

    @property
    def terms(self) -> Terms:
        return Terms(self.case_days, self.child_days, self.personal_days, self.welfare_days)


class PlanForm(Form):
    planned_on: Day = Field(title="Planned for")


class HoldForm(Form):
    held_on: Day = Field(title="Held on")


class DiscussForm(Form):
    decision: Decision = Field(title="Decision")
    note: Note = Field(default="", title="What was said")
    what: What | None = Field(default=None, title="Action")
    owner_id: RowId | None = Field(default=None, title="Who does it")
    due_on: Day | None = Field(default=None, title="By when")
