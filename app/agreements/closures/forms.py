"""The forms of a closure and of the checklist before one."""

from pydantic import Field

from app.agreements.closures.rules import (
    Achieved,
    ClosureReason,
    Draft,
    Involvement,
    Item,
    Support,
    Told,
)
from app.web.fields import Day, Form, Line, Note, Short


class ClosureForm(Form):
    reason: ClosureReason = Field(title="Reason for closure")
    family_told_on: Day | None = Field(default=None, title="Family told on")
    family_not_told: Line = Field(default="", title="Why the family was not told")
    referrer_told_on: Day | None = Field(default=None, title="Referrer told on")
    referrer_not_told: Line = Field(default="", title="Why the referrer was not told")
    involvement: list[Involvement] = Field(default=[], title="Reasons for involvement")
    achieved: Achieved = Field(title="What was achieved")
    views: Note = Field(title="Views of child and family")
    agencies_told: list[Told] = Field(default=[], title="Agencies told")
    support_from: Support = Field(title="Support led by")
    ongoing_support: Note = Field(title="Ongoing support")
    advice: Note = Field(title="Advice if the child is referred again")
    ticked: list[Item] = Field(default=[], title="Checklist")

    @property
    def draft(self) -> Draft:
        said = self.model_dump()
        several = ("involvement", "agencies_told", "ticked")
        return Draft(**said | {name: frozenset(said[name]) for name in several})


class TemplateForm(Form):
    """What a council asks to be ticked off, from a day on."""

    items: list[Item] = Field(default=[], title="What is asked")
    from_on: Day = Field(title="First day")
    reason: Short = Field(title="Reason or clause")
