"""The forms of an option period: what it is, and what the council does with it."""

from pydantic import Field

from app.performance.options.rules import Decision, Terms
from app.web.fields import Day, Form, Line, Short


class OptionForm(Form):
    """An option as it was signed."""

    title: Line = Field(title="Option", max_length=80)
    clause: Line = Field(default="", title="Clause", max_length=40)
    decide_by: Day = Field(title="To be taken up by")
    extends_to: Day = Field(title="The contract then ends on")

    @property
    def terms(self) -> Terms:
        return Terms(**self.model_dump())


class DecisionForm(Form):
    """What the council does with an option, and why."""

    decision: Decision = Field(title="Decision")
    reason: Short = Field(title="Reason")
