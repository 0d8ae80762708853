"""The forms of the allocation desk."""

from pydantic import Field

from app.cases.allocation.rules import Override, OverrideReason
from app.cases.register.rules import ChangeReason
from app.web.fields import Form, Line, RowId


class LimitsForm(Form):
    """The part of a form that says why soft limits are passed."""

    override: OverrideReason | None = Field(default=None, title="Reason for passing the limits")
    note: Line = Field(default="", title="In a few words")

    @property
    def overriding(self) -> Override | None:
        return Override(self.override, self.note) if self.override else None


class AllocateForm(LimitsForm):
    practitioner_id: RowId = Field(title="Practitioner")
    co_worker_id: RowId | None = Field(default=None, title="Co-worker")


class ReallocateForm(AllocateForm):
    reason: ChangeReason = Field(title="Reason for the change")
