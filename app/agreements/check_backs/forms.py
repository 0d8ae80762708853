"""The form of what is asked two weeks after a handover."""

from typing import Literal

from pydantic import Field

from app.agreements.check_backs.rules import Answers
from app.web.fields import Day, Form, Short


class CheckForm(Form):
    allocated: Literal["yes", "no"] = Field(title="Whether the child has a named worker")
    seen_on: Day | None = Field(default=None, title="Seen by the new worker on")
    returned: Literal["yes", "no"] = Field(title="Whether the case came back")
    note: Short = Field(default="", title="Note")

    @property
    def answers(self) -> Answers:
        return Answers(self.allocated == "yes", self.seen_on, self.returned == "yes", self.note)
