"""The form by which a case is found not to be for the project."""

from pydantic import Field

from app.plans.rules import HandBackAdvice, HandBackReason
from app.web.fields import Form, Short


class HandBackForm(Form):
    reason: HandBackReason = Field(title="Why it is not for the project")
    evidence: Short = Field(title="What shows it")
    advice: HandBackAdvice = Field(title="Advice given")
    advice_note: Short = Field(default="", title="More about the advice")
