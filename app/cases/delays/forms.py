"""The forms on which a delay is recorded, changed, ended and replied to."""

from pydantic import Field

from app.cases.actions.rules import What
from app.cases.delays.rules import Ask, DelayReason, Reply
from app.kernel.clock import Holder
from app.web.fields import Day, Form, RowId, Short


class DelayForm(Form):
    reason: DelayReason = Field(title="Reason")
    holder: Holder | None = Field(default=None, title="Who holds it up")
    owner_id: RowId = Field(title="Who ends it")
    begins_on: Day = Field(title="Since")
    expected_end: Day = Field(title="Expected end")
    ask: Ask = Field(default=Ask.NOTHING, title="What we ask of the council")
    solution: Short = Field(default="", title="Proposed solution")
    recorded_on: Day | None = Field(default=None, title="Recorded on ICS on")


class ChangeForm(Form):
    holder: Holder = Field(title="Who holds it up")
    owner_id: RowId = Field(title="Who ends it")
    expected_end: Day = Field(title="Expected end")
    ask: Ask = Field(title="What we ask of the council")
    solution: Short = Field(default="", title="Proposed solution")
    recorded_on: Day | None = Field(default=None, title="Recorded on ICS on")


class EndForm(Form):
    ended_on: Day = Field(title="Ended on")


class ReplyForm(Form):
    reply: Reply = Field(title="Reply")
    until: Day | None = Field(default=None, title="Last day")
    owner_id: RowId | None = Field(
        default=None, title="Who acts", json_schema_extra={"choice": True}
    )
    what: What = Field(default=What.OTHER, title="What is to be done")
    note: Short = Field(default="", title="More about it")
