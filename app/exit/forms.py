"""The form of a step of the exit strategy."""

from pydantic import Field

from app.web.fields import Day, Form, Line, Tick, Whole


class StepForm(Form):
    """A step as a person types it."""

    number: Whole = Field(title="Number")
    title: Line = Field(title="Step")
    gate: Tick = Field(default=False, title="Gate")
    due_on: Day = Field(title="Due on")
    agency_owner: Line = Field(default="", title="Owner in the agency")
    council_owner: Line = Field(default="", title="Owner in the council")
