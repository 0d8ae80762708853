"""The forms of spellings."""

from pydantic import Field

from app.exchange.cells import Worker
from app.web.fields import Form, Line, RowId


class SayForm(Form):
    meaning: Line = Field(title="What it means", json_schema_extra={"choice": True})


class WorkerForm(Form):
    contract_id: RowId = Field(title="Contract")
    text: Line = Field(title="What stands in the worker column")
    meaning: Worker = Field(title="What it means")
