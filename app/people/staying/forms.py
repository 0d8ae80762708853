"""The form in which a worker's wish to stay is recorded."""

from pydantic import Field

from app.people.staying.rules import Intent
from app.web.fields import Day, Form, Line


class WishForm(Form):
    """What a worker says about staying, and whether the council may know."""

    intent: Intent = Field(title="What they say")
    consent_on: Day | None = Field(default=None, title="Agreed to be named on")
    post: Line = Field(default="", title="Post they would take")
    starts_on: Day | None = Field(default=None, title="First day")
