"""The form in which a version of a definition is drafted."""

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from app.web.fields import Form, Line, Whole, clean

Words = Annotated[str, BeforeValidator(clean), StringConstraints(min_length=1, max_length=400)]


class DraftForm(Form):
    """What a version of a definition changes, and why."""

    words: Words = Field(title="What it says")
    within: Whole | None = Field(default=None, title="Days allowed")
    reason: Line = Field(title="Why it changes")
