"""The form of a threshold decision, and the answers that acts which decide one share."""

from typing import Literal

from pydantic import Field

from app.safeguarding.thresholds.rules import Rationale, Threshold
from app.safeguarding.thresholds.service import Because
from app.web.fields import Day, Form

YesNo = Literal["yes", "no"]


class BecauseForm(Form):
    rationale: Rationale = Field(title="Why")
    partners_told: YesNo = Field(title="Whether partner agencies were told")

    @property
    def because(self) -> Because:
        return Because(self.rationale, self.partners_told == "yes")


class DecisionForm(BecauseForm):
    threshold: Threshold = Field(title="Threshold")
    met: YesNo = Field(title="Whether it is met")
    decided_on: Day = Field(title="Day of the decision")
