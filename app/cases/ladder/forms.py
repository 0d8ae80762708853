"""The form of the decision that ends an escalation."""

from pydantic import Field

from app.cases.ladder.rules import Promise
from app.web.fields import Day, Form, Short


class DecisionForm(Form):
    decision: Promise = Field(title="Decision")
    until: Day = Field(title="Last day")
    note: Short = Field(default="", title="More about it")
