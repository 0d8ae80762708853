"""The forms of safeguarding flags."""

from typing import Literal

from pydantic import Field

from app.safeguarding.flags.rules import Called, CallOutcome, Concern
from app.web.fields import Day, Form, Note, Reference, TimeOfDay, Urgent

SHORT = 500


class RaiseForm(Form):
    reference: Reference = Field(title="Case reference")
    concern: Concern = Field(title="What you are worried about")
    note: Urgent = Field(default="", title="Note")
    called: Called | None = Field(default=None, title="Who you rang")
    outcome: CallOutcome | None = Field(default=None, title="What came of the call")


class ResolveForm(Form):
    resolution: Note = Field(title="What became of it")


class CallForm(Form):
    called: Called = Field(title="Who was rung")
    outcome: CallOutcome = Field(title="What came of the call")
    on: Day = Field(title="Day of the call")
    clock: TimeOfDay = Field(title="Time of the call")
    which: Literal["", "first", "second"] = Field(default="", title="Which of the two hours")


class AttachForm(Form):
    reference: Reference = Field(title="Case reference")
