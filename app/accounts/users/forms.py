"""The forms on which an administrator invites and edits a person."""

from pydantic import Field

from app.access.roles import Organisation, Role
from app.web.fields import Day, Form, Line, RowId


class InviteForm(Form):
    """Who is invited, as what, and to which lots."""

    name: Line = Field(title="Name")
    email: Line = Field(title="Email address")
    role: Role = Field(title="Role")
    organisation: Organisation | None = Field(default=None, title="Organisation")
    lots: list[RowId] = Field(default=[], title="Lots")


class EditForm(Form):
    """What an administrator changes of a person."""

    name: Line = Field(title="Name")
    role: Role = Field(title="Role")
    organisation: Organisation | None = Field(default=None, title="Organisation")
    lots: list[RowId] = Field(default=[], title="Lots")
    active_until: Day | None = Field(default=None, title="Last day")
