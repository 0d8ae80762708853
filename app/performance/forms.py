"""The form in which a lot's target is changed."""

from pydantic import Field

from app.web.fields import Day, Form, Line, Whole


class TargetForm(Form):
    """A lot's target as a person types it."""

    opening_backlog: Whole = Field(title="Opening backlog")
    starts_on: Day = Field(title="First day")
    ends_on: Day = Field(title="Last day")
    ramp_weeks: Whole = Field(default=0, title="Weeks of rising pace")
    clause: Line = Field(default="", title="Clause", max_length=40)
