"""The forms of child protection plans and of their reviews."""

from pydantic import Field

from app.safeguarding.reviews.rules import ReviewResult
from app.web.fields import Day, Form


class PlanForm(Form):
    starts_on: Day = Field(title="Day of the conference that made the plan")


class ReviewForm(Form):
    held_on: Day = Field(title="Day of the review conference")
    result: ReviewResult = Field(title="What it decided")
