"""The forms of a decision, without and with conditions."""

from pydantic import Field

from app.agreements.conditions.rules import Wanted, lines_of
from app.agreements.proposals.rules import HandBackReply
from app.web.fields import Day, Digest, Form, Note, RowId


class DecisionForm(Form):
    """`text_hash` says which words the decider was shown."""

    text_hash: Digest = Field(title="The words shown")
    reply: HandBackReply | None = Field(default=None, title="Your reply to the agency")
    points: Note = Field(default="", title="Points to fix, or why it is refused")


class ConditionForm(Form):
    """One condition a line, with the day and the person for all of them."""

    text_hash: Digest = Field(title="The words shown")
    conditions: Note = Field(title="Conditions")
    due_on: Day = Field(title="To be met by")
    owner_id: RowId = Field(title="Who sees to it")

    @property
    def wanted(self) -> Wanted:
        return Wanted(lines_of(self.conditions), self.due_on, self.owner_id)
