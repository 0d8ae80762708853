"""The forms of families."""

from pydantic import Field

from app.cases.families.rules import Decision
from app.web.fields import Form, Note, Reference


class DecideForm(Form):
    decision: Decision = Field(title="What the two cases are")
    because: Note = Field(title="How you know")


class JoinForm(Form):
    reference: Reference = Field(title="Reference")
    because: Note = Field(title="How you know")
