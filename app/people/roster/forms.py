"""The forms of the roster: a worker's terms, and the lots they work in."""

from pydantic import Field

from app.people.fields import Minutes
from app.people.rules import Post
from app.web.fields import Day, Form, Line, RowId, Tick, Whole


class TermsForm(Form):
    """A worker's terms."""

    name: Line = Field(title="Name")
    post: Post = Field(title="Post")
    qualified: Tick = Field(default=False, title="Qualified social worker")
    starts_on: Day = Field(title="First day")
    ends_on: Day | None = Field(default=None, title="Last day")
    weekly_minutes: Minutes = Field(title="Hours a week")
    weekdays: list[str] = Field(default=[], title="Days")
    asye: Tick = Field(default=False, title="In their ASYE")
    home_lot_id: RowId | None = Field(default=None, title="Lives in")
    case_limit: Whole = Field(title="Limit of cases")


class NewWorkerForm(TermsForm):
    """The terms of somebody new, with the lots they come to."""

    lots: list[RowId] = Field(default=[], title="Lots")


class PlaceForm(Form):
    """The lot somebody works in, from when to when."""

    lot_id: RowId = Field(title="Lot")
    starts_on: Day | None = Field(default=None, title="First day")
    ends_on: Day | None = Field(default=None, title="Last day")
