"""The form in which an engagement is recorded."""

from pydantic import Field

from app.people.engagement.rules import LABELS
from app.web.fields import Day, Form, Line, Pence, Tick, Whole


class EngagementForm(Form):
    """What the national return asks; an empty answer is unknown."""

    hourly_pence: Pence | None = Field(default=None, title=LABELS["hourly_pence"])
    notice_weeks: Whole | None = Field(default=None, title=LABELS["notice_weeks"])
    left_post_on: Day | None = Field(default=None, title=LABELS["left_post_on"])
    over_price_cap: Tick = Field(default=False, title=LABELS["over_price_cap"])
    cap_signed_by: Line = Field(default="", title=LABELS["cap_signed_by"])
