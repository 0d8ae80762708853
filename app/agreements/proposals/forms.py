"""The form of a decision."""

from pydantic import Field

from app.agreements.proposals.rules import HandBackReply
from app.web.fields import Digest, Form, Note


class DecisionForm(Form):
    """`text_hash` says which words the decider was shown."""

    text_hash: Digest = Field(title="The words shown")
    reply: HandBackReply | None = Field(default=None, title="Your reply to the agency")
    points: Note = Field(default="", title="Points to fix, or why it is refused")
