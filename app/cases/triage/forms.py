"""The forms of triage: a case's priority and a contract's order."""

from pydantic import Field

from app.cases.register.rules import Criterion, Priority, PriorityReason
from app.web.fields import Day, Form, Line, Tick


class PriorityForm(Form):
    priority: Priority = Field(title="Priority")
    reason: PriorityReason = Field(title="Reason")
    next_review_on: Day = Field(title="Next review")
    child_protection: Tick = Field(default=False, title="Child protection")


class OrderForm(Form):
    first: Criterion = Field(title="What comes first")
    second: Criterion | None = Field(default=None, title="What comes second")
    third: Criterion | None = Field(default=None, title="What comes third")
    fourth: Criterion | None = Field(default=None, title="What comes fourth")
    fifth: Criterion | None = Field(default=None, title="What comes fifth")
    sixth: Criterion | None = Field(default=None, title="What comes sixth")
    seventh: Criterion | None = Field(default=None, title="What comes seventh")
    reason: Line = Field(title="Why the order changes")

    @property
    def order(self) -> tuple[Criterion, ...]:
        """The criteria in their order; a place left empty is skipped."""
        return tuple(chosen for name in PLACES if (chosen := getattr(self, name)) is not None)


PLACES = tuple(name for name in OrderForm.model_fields if name != "reason")
