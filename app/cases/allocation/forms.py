"""The forms of the allocation desk."""

from pydantic import Field

from app.cases.register.rules import ChangeReason
from app.web.fields import Form, RowId


class AllocateForm(Form):
    practitioner_id: RowId = Field(title="Practitioner", json_schema_extra={"choice": True})
    co_worker_id: RowId | None = Field(default=None, title="Co-worker")


class ReallocateForm(AllocateForm):
    reason: ChangeReason = Field(title="Reason for the change")
