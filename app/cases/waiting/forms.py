"""The forms of a risk review and of the decision that ends an escalation."""

from pydantic import Field

from app.cases.ladder.rules import Promise
from app.cases.register.rules import Priority
from app.cases.waiting.rules import RiskDecision
from app.web.fields import Day, Form, Short


class ReviewForm(Form):
    level: Priority = Field(title="Level of risk")
    decision: RiskDecision = Field(title="Decision")
    next_review_on: Day = Field(title="Next review")
    note: Short = Field(default="", title="More about it")


class DecisionForm(Form):
    decision: Promise = Field(title="Decision")
    until: Day = Field(title="Until")
    note: Short = Field(default="", title="More about it")
