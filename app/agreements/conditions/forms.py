"""The form on which a condition is recorded as met."""

from pydantic import Field

from app.web.fields import Form, Short


class MeetForm(Form):
    note: Short = Field(title="How it was met")
