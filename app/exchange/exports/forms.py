"""The form that asks what a file of several lots is for."""

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from app.web.fields import Form, Hidden, Short


class PurposeForm(Form):
    """The filter of the list, as it stands in an address, and what its file is for."""

    filter: Annotated[str, StringConstraints(max_length=10_000), Hidden()] = ""
    ending: Annotated[Literal["csv", "xlsx"], Hidden()] = "csv"
    purpose: Short = Field(title="What the file is for")
