"""The form that asks what a file of several lots is for."""

from typing import Annotated, Literal, get_args

from pydantic import Field, StringConstraints

from app.web.fields import Form, Hidden, Short

Ending = Literal["csv", "xlsx", "json"]
ENDINGS = get_args(Ending)


class PurposeForm(Form):
    """The filter of the list, as it stands in an address, and what its file is for."""

    filter: Annotated[str, StringConstraints(max_length=10_000), Hidden()] = ""
    ending: Annotated[Ending, Hidden()] = "csv"
    purpose: Short = Field(title="What the file is for")
