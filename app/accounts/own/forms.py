"""The forms on which a person changes their password and proves who they are."""

from typing import Annotated

from pydantic import Field

from app.web.fields import Form, Hidden, Secret


class PasswordForm(Form):
    """The present password proves who asks; the new one is typed twice."""

    present: Secret = Field(title="Present password")
    password: Secret = Field(title="New password")
    again: Secret = Field(title="New password again")


class ProofForm(Form):
    """Where the answer leads; what proves who is there is read before the form."""

    next: Annotated[str, Hidden()] = "/"
