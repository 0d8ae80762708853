"""The forms of an agenda and of what is decided or heard on one item of it."""

from pydantic import Field

from app.agreements.conditions.rules import Wanted, lines_of
from app.agreements.meetings.rules import Heard
from app.agreements.proposals.rules import Answer, Decision, HandBackReply
from app.kernel.errors import Invalid
from app.web.fields import Day, Digest, Form, Line, Note, RowId, Short


class AgendaForm(Form):
    lot_id: RowId = Field(title="Lot")
    title: Line = Field(title="Title")
    held_on: Day = Field(title="Held on")
    present: Short = Field(default="", title="Who takes part")
    proposals: list[RowId] = Field(default=[], title="Proposals")


class ItemForm(Form):
    """`text_hash` says which words were on the table."""

    text_hash: Digest = Field(title="The words shown")
    decision: Decision = Field(title="Decision")
    reply: HandBackReply | None = Field(default=None, title="Your reply to the agency")
    points: Note = Field(default="", title="Points to fix, or why it is refused")
    conditions: Note = Field(default="", title="Conditions")
    due_on: Day | None = Field(default=None, title="To be met by")
    owner_id: RowId | None = Field(default=None, title="Who sees to it")
    note: Note = Field(default="", title="For the minutes")

    @property
    def answer(self) -> Answer:
        """The decision; Invalid for conditions without a day and a person, or on no agreement."""
        return Answer(self.decision, self.points, self.reply, self._wanted())

    @property
    def heard(self) -> Heard:
        return Heard(self.decision, self.points)

    def _wanted(self) -> Wanted | None:
        if not self.conditions:
            return None
        if self.decision is not Decision.AGREED:
            raise Invalid("conditions", "Only an agreement has conditions.")
        if self.due_on is None:
            raise Invalid("due_on", "Enter the day by which they are to be met.")
        if self.owner_id is None:
            raise Invalid("owner_id", "Choose who sees to it.")
        return Wanted(lines_of(self.conditions), self.due_on, self.owner_id)
