"""The form in which a practitioner is invited."""

from pydantic import Field

from app.web.fields import Form, Line, RowId


class InviteWorkerForm(Form):
    """Which practitioner, and where their link is sent."""

    worker_id: RowId = Field(title="Practitioner")
    email: Line = Field(title="Email address")
