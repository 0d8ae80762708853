"""The form of a risk review."""

from pydantic import Field

from app.cases.register.rules import Priority
from app.cases.waiting.rules import RiskDecision
from app.web.fields import Day, Form, Short


class ReviewForm(Form):
    level: Priority = Field(title="Level of risk")
    decision: RiskDecision = Field(title="Decision")
    next_review_on: Day = Field(title="Next review")
    note: Short = Field(default="", title="More about it")
