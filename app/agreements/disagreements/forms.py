"""The forms on which a position is written and a disagreement is settled."""

from pydantic import Field

from app.agreements.disagreements.rules import Outcome
from app.web.fields import Form, Note


class PositionForm(Form):
    said: Note = Field(title="Position")


class SettleForm(Form):
    outcome: Outcome = Field(title="What comes of it")
    said: Note = Field(title="Your view")
