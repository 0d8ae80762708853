"""The form of what a handover's checklist asks."""

from pydantic import Field

from app.agreements.checklists.rules import Item, Template
from app.plans.rules import Outcome
from app.web.fields import Day, Form, Short, Whole


class TemplateForm(Form):
    outcome: Outcome = Field(title="Outcome")
    items: list[Item] = Field(default=[], title="Asked for")
    visit_days: Whole | None = Field(default=None, title="Working days since the child was seen")
    supervision_days: Whole = Field(title="Working days since supervision")
    from_on: Day = Field(title="First day")
    reason: Short = Field(title="Reason or clause")

    @property
    def template(self) -> Template:
        return Template(frozenset(self.items), self.visit_days, self.supervision_days)
