"""The form in which a points table is drafted."""

from pydantic import Field

from app.people.fields import Minutes
from app.people.points.rules import LABELS
from app.web.fields import Form, Line, Whole


class PointsForm(Form):
    """Every figure of a points table, and why it changes."""

    standard: Whole = Field(title=LABELS["standard"])
    complex: Whole = Field(title=LABELS["complex"])
    highly_complex: Whole = Field(title=LABELS["highly_complex"])
    to_start: Whole = Field(title=LABELS["to_start"])
    assessing: Whole = Field(title=LABELS["assessing"])
    decision: Whole = Field(title=LABELS["decision"])
    handover: Whole = Field(title=LABELS["handover"])
    local: Whole = Field(title=LABELS["local"])
    county: Whole = Field(title=LABELS["county"])
    outside: Whole = Field(title=LABELS["outside"])
    co_worker: Whole = Field(title=LABELS["co_worker"])
    asye: Whole = Field(title=LABELS["asye"])
    ramp_weeks: Whole = Field(title=LABELS["ramp_weeks"])
    full_time_points: Whole = Field(title=LABELS["full_time_points"])
    full_time_minutes: Minutes = Field(title=LABELS["full_time_minutes"])
    target_cases: Whole = Field(title=LABELS["target_cases"])
    new_cases_a_week: Whole = Field(title=LABELS["new_cases_a_week"])
    unstarted_cases: Whole = Field(title=LABELS["unstarted_cases"])
    unstarted_days: Whole = Field(title=LABELS["unstarted_days"])
    reason: Line = Field(title="Why it changes")
