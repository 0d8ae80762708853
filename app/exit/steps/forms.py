"""The forms of a step of the exit strategy and of agreeing a gate."""

from pydantic import Field

from app.exit.steps.rules import StepTerms, Workstream
from app.web.fields import Day, Digest, Form, Line, Tick, Whole


class StepForm(Form):
    """A step as a person types it."""

    number: Whole = Field(title="Number")
    title: Line = Field(title="Step")
    workstream: Workstream = Field(title="Workstream")
    gate: Tick = Field(default=False, title="Gate")
    due_on: Day = Field(title="Due on")
    agency_owner: Line = Field(default="", title="Owner in the agency")
    council_owner: Line = Field(default="", title="Owner in the council")

    @property
    def terms(self) -> StepTerms:
        return StepTerms(**self.model_dump())


class AgreeForm(Form):
    """The digest of the words of a gate as the person who agrees to it read them."""

    words: Digest = Field(default="", title="What was read")
