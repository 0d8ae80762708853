"""The form of a decision."""

from pydantic import Field

from app.web.fields import Digest, Form, Note


class DecisionForm(Form):
    """`text_hash` says which words the decider was shown."""

    text_hash: Digest = Field(title="The words shown")
    points: Note = Field(default="", title="Points to fix, or why it is refused")
