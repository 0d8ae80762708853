"""The form of an outcome plan."""

from pydantic import Field

from app.plans.rules import Draft, HandBackAdvice, HandBackReason, Outcome
from app.web.fields import Day, Form, Note, RowId, Short


class PlanForm(Form):
    outcome: Outcome = Field(title="Outcome")
    receiving_team_id: RowId | None = Field(default=None, title="Receiving team")
    hand_back_reason: HandBackReason | None = Field(default=None, title="Reason for handing back")
    hand_back_advice: HandBackAdvice | None = Field(default=None, title="Advice given")
    advice_note: Short = Field(default="", title="More about the advice")
    target_on: Day = Field(title="Target date")
    rationale: Note = Field(title="Rationale")
    conditions: Note = Field(default="", title="Conditions")

    @property
    def draft(self) -> Draft:
        return Draft(**self.model_dump())
