"""The forms of a handover."""

from pydantic import Field

from app.agreements.handovers.rules import Checklist
from app.web.fields import Day, Form, Line


class ChecklistForm(Form):
    chronology_current_on: Day | None = Field(
        default=None, title="Chronology brought up to date on"
    )
    family_told_on: Day | None = Field(default=None, title="Family told on")

    @property
    def checklist(self) -> Checklist:
        return Checklist(**self.model_dump())


class AcceptForm(Form):
    receiving_worker: Line = Field(title="Receiving worker")
