"""The form of accepting a finding."""

from pydantic import Field

from app.web.fields import Form, Note


class AcceptForm(Form):
    because: Note = Field(title="Why it may stay as it is")
