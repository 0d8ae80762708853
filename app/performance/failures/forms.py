"""The forms by which a failure is put right and its credit waived."""

from pydantic import Field

from app.performance.failures.rules import PlanDecision, PlanTerms
from app.web.fields import Day, Form, Line, Note, Short, Whole


class PlanForm(Form):
    """Why a service level failed, and how that is put right."""

    cause: Short = Field(title="Cause")
    steps: Note = Field(title="Steps")
    owner: Line = Field(title="Owner", max_length=80)
    due_on: Day = Field(title="Put right by")

    @property
    def terms(self) -> PlanTerms:
        return PlanTerms(**self.model_dump())


class DecisionForm(Form):
    """What the council says of the plan that waits."""

    number: Whole = Field(title="Plan")
    decision: PlanDecision = Field(title="Decision")
    reason: Short = Field(default="", title="Reason")


class WaiverForm(Form):
    """Why a credit is waived."""

    reason: Short = Field(title="Reason")
