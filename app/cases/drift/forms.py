"""The forms on which a case is put aside and a contract's terms of drift are agreed."""

from pydantic import Field

from app.cases.drift.rules import Aside, Policy
from app.web.fields import Day, Form, Short, Whole


class AsideForm(Form):
    reason: Aside = Field(title="Reason")
    until: Day = Field(title="Last day")
    note: Short = Field(default="", title="More about it")


class TermsForm(Form):
    idle_days: Whole = Field(title="Working days without anything happening")
    flagged_days: Whole = Field(title="The same with an open safeguarding flag")
    council_days: Whole = Field(title="The same with the District Manager, for a recorded reason")
    percent: Whole = Field(title="Per cent of the lot’s cases that had left the stage")
    least: Whole = Field(title="Cases that must have left a stage before its history counts")
    most: Whole = Field(title="Cases on a lot’s list at most")
    reason: Short = Field(title="Reason or clause")

    @property
    def policy(self) -> Policy:
        return Policy(**self.model_dump(exclude={"reason"}))
