"""The form that asks for everything held on one reference."""

from pydantic import Field

from app.web.fields import Form, Reference, Short


class SubjectForm(Form):
    reference: Reference = Field(title="Reference")
    request: Short = Field(title="Whose request it is")
