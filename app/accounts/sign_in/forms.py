"""The form of the sign-in page."""

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from app.web.fields import Form, Secret, clean

Email = Annotated[str, BeforeValidator(clean), StringConstraints(max_length=254)]


class SignInForm(Form):
    """Who signs in, and where to go then."""

    email: Email = Field(title="Email address")
    password: Secret = Field(title="Password")
    next: str = "/"


class DemoForm(Form):
    """Where one press at an invented person's name leads."""

    next: str = "/"
