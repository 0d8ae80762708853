"""The form in which time is taken from a worker's hours."""

from pydantic import Field

from app.people.capacity.rules import Reason
from app.people.fields import Minutes
from app.web.fields import Day, Form


class ReductionForm(Form):
    """Why somebody has fewer hours, from when to when; no hours mean whole days."""

    reason: Reason = Field(title="Reason")
    starts_on: Day = Field(title="First day")
    ends_on: Day = Field(title="Last day")
    minutes_a_week: Minutes | None = Field(default=None, title="Hours a week")
