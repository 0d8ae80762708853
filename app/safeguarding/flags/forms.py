"""The forms of safeguarding flags."""

from typing import Annotated

from pydantic import Field, StringConstraints

from app.safeguarding.flags.rules import Concern
from app.web.fields import Form, Note, Reference

SHORT = 500


class RaiseForm(Form):
    reference: Reference = Field(title="Case reference")
    concern: Concern = Field(title="What you are worried about")
    note: Annotated[Note, StringConstraints(max_length=SHORT)] = Field(default="", title="Note")


class ResolveForm(Form):
    resolution: Note = Field(title="What became of it")
