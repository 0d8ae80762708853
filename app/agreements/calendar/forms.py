"""The forms of the calendar."""

from pydantic import Field

from app.web.fields import Day, Form, RowId, Short, Tick, Whole


class BookForm(Form):
    week: Day = Field(title="Week of the handover")


class IntakeForm(Form):
    first: Day = Field(title="From the week of")
    last: Day = Field(title="To the week of")
    intake: Whole = Field(title="Children a week")
    note: Short = Field(default="", title="Note")


class LockForm(Form):
    week: Day = Field(title="Week")
    locked: Tick = Field(default=False, title="Locked")


class SmoothForm(Form):
    lot_id: RowId = Field(title="Lot")
