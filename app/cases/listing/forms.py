"""The form on which a view of the list of cases is saved."""

from typing import Annotated

from pydantic import Field, StringConstraints

from app.access.roles import Role
from app.web.fields import Form, Hidden, Line, RowId


class SavedViewForm(Form):
    name: Annotated[Line, StringConstraints(max_length=60)] = Field(title="Name")
    shared_with: Role | None = Field(default=None, title="Who sees it")
    replaces: RowId | None = Field(default=None, title="Save it as")
    filter: Annotated[str, StringConstraints(max_length=500), Hidden()] = ""
