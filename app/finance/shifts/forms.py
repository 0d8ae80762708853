"""The forms of timesheets: a difference from the rota, a correction, and the week meant."""

from enum import StrEnum

from pydantic import Field

from app.finance.shifts.rules import Kind
from app.people.fields import Minutes
from app.web.fields import Day, Form, Line, RowId


class Way(StrEnum):
    """Whether a correction adds hours or takes them away."""

    MORE = "more"
    FEWER = "fewer"


class _Different(Form):
    day: Day = Field(title="Day")
    kind: Kind = Field(title="What was different")
    minutes: Minutes | None = Field(default=None, title="Extra hours")
    other_lot_id: RowId | None = Field(default=None, title="Lot they worked for")
    note: Line = Field(default="", title="Note")


class OwnDifferenceForm(_Different):
    """How a worker's own day differed from the rota."""

    lot_id: RowId = Field(title="Lot")


class DifferenceForm(_Different):
    """How one worker's day differed from the rota."""

    practitioner_id: RowId = Field(title="Worker")


class CorrectionForm(Form):
    """What a signed week got wrong."""

    practitioner_id: RowId = Field(title="Worker")
    day: Day = Field(title="Day")
    way: Way = Field(title="More or fewer hours")
    minutes: Minutes = Field(title="Hours")
    reason: Line = Field(title="Reason")


class WeekForm(Form):
    """The week that a button is about, by default the running one."""

    week: Day | None = Field(default=None, title="Week")
