"""The form of settling a difference."""

from pydantic import Field

from app.exchange.differences.rules import State
from app.web.fields import Form, Note


class SettleForm(Form):
    how: State = Field(title="Which is right")
    because: Note = Field(title="How you know")
