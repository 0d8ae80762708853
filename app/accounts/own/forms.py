"""The form on which a person changes their password."""

from pydantic import Field

from app.web.fields import Form, Secret


class PasswordForm(Form):
    """The present password proves who asks; the new one is typed twice."""

    present: Secret = Field(title="Present password")
    password: Secret = Field(title="New password")
    again: Secret = Field(title="New password again")
