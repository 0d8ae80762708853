"""The form of a closure."""

from pydantic import Field

from app.agreements.closures.rules import ClosureReason, Draft
from app.web.fields import Day, Form, Line, Note


class ClosureForm(Form):
    reason: ClosureReason = Field(title="Reason for closure")
    family_told_on: Day | None = Field(default=None, title="Family told on")
    family_not_told: Line = Field(default="", title="Why the family was not told")
    referrer_told_on: Day | None = Field(default=None, title="Referrer told on")
    referrer_not_told: Line = Field(default="", title="Why the referrer was not told")
    ongoing_support: Note = Field(title="Ongoing support")
    advice: Note = Field(title="Advice if the child is referred again")

    @property
    def draft(self) -> Draft:
        return Draft(**self.model_dump())
