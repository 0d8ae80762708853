"""The form on which a person chooses a password."""

from pydantic import Field

from app.web.fields import Form, Secret


class ChooseForm(Form):
    """A password, typed twice because it is not shown."""

    password: Secret = Field(title="New password")
    again: Secret = Field(title="New password again")
