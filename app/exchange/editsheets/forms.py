"""The answers that an edit sheet asks for."""

from typing import Annotated

from pydantic import Field, StringConstraints

from app.web.fields import Form, Hidden, Line, RowId, Short, Tick


class MakeForm(Form):
    """The filter of the list of cases, as it stands in an address, and what its sheet is for."""

    filter: Annotated[str, StringConstraints(max_length=500), Hidden()] = ""
    purpose: Short = Field(default="", title="What the sheet is for")


class TakeBackForm(Form):
    """The file itself comes beside the form; its name here carries messages."""

    file: Line = Field(default="", title="File")


class ApplyForm(Form):
    rows: list[RowId] = Field(default_factory=list, title="Rows to apply")
    all: Tick = Field(default=False, title="Every row that can be applied")
