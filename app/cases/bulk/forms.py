"""The forms of bulk acts: what to do to which cases, and what the act needs to know."""

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from app.cases.register.rules import ChangeReason, Priority, PriorityReason
from app.web.fields import Day, Form, Hidden, RowId, Short, Tick


class Choice(StrEnum):
    """What may be done to chosen cases; the first and the last two lead to desks of their own."""

    ALLOCATE = "allocate"
    CO_WORKER = "co_worker"
    TRANSFER = "transfer"
    PRIORITY = "priority"
    MIGRATE = "migrate"
    EXPORT = "export"
    EDIT = "edit"


class ChooseForm(Form):
    act: Choice = Field(title="What to do")
    case: list[RowId] = Field(default_factory=list, title="Cases")
    everything: Tick = Field(default=False, title="Every case of the list")
    filter: Annotated[str, StringConstraints(max_length=500), Hidden()] = ""


class AnswersForm(Form):
    to_lot_id: RowId | None = Field(default=None, title="Lot")
    co_worker_id: RowId | None = Field(default=None, title="Co-worker")
    change_reason: ChangeReason | None = Field(default=None, title="Reason for the change")
    priority: Priority | None = Field(default=None, title="Priority")
    priority_reason: PriorityReason | None = Field(default=None, title="Reason")
    next_review_on: Day | None = Field(default=None, title="Next review")
    reason: Short = Field(default="", title="Reason")
