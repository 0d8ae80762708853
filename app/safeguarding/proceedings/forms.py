"""The forms of pre-proceedings."""

from pydantic import Field

from app.safeguarding.proceedings.rules import Decision, Step
from app.web.fields import Day, Form


class BeginForm(Form):
    gateway_on: Day = Field(title="Day of the legal gateway meeting")
    next_review_on: Day = Field(title="Next review")


class StepForm(Form):
    step: Step = Field(title="What happened")
    on: Day = Field(title="When it happened")
    next_review_on: Day = Field(title="Next review")


class DecideForm(Form):
    decision: Decision = Field(title="What was decided")
