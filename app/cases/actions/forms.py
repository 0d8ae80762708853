"""The forms on which an action is set, dropped or given to somebody else."""

from pydantic import Field

from app.cases.actions.rules import What
from app.web.fields import Day, Form, RowId, Short


class ActionForm(Form):
    what: What = Field(title="What is to be done")
    owner_id: RowId = Field(title="Who does it")
    due_on: Day = Field(title="By when")
    note: Short = Field(default="", title="More about it")


class DropForm(Form):
    reason: Short = Field(title="Why it is dropped")


class GiveForm(Form):
    owner_id: RowId = Field(title="Who does it")
