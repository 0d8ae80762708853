"""The form in which what cases and milestones count is drafted."""

from pydantic import Field

from app.finance.earned_points.rules import LABELS
from app.web.fields import Form, Line, Whole


class TermsForm(Form):
    """Weights and milestones, each in per cent."""

    child_and_family: Whole = Field(title=LABELS["child_and_family"])
    initial: Whole = Field(title=LABELS["initial"])
    core: Whole = Field(title=LABELS["core"])
    protection: Whole = Field(title=LABELS["protection"])
    assessed: Whole = Field(title=LABELS["assessed"])
    agreed: Whole = Field(title=LABELS["agreed"])
    screened: Whole = Field(title=LABELS["screened"])
    assessed_weeks: Whole = Field(title=LABELS["assessed_weeks"])
    agreed_weeks: Whole = Field(title=LABELS["agreed_weeks"])
    reason: Line = Field(title="Why it changes")
