"""The forms of a line: a query, the reply, and how it is settled."""

from pydantic import Field

from app.web.fields import Form, Pence, Short


class QueryForm(Form):
    """What the council queries."""

    reason: Short = Field(title="What is queried", min_length=1)


class ReplyForm(Form):
    """What the agency says to it."""

    reply: Short = Field(title="Reply", min_length=1)


class SettleForm(Form):
    """What the council accepts of a queried line."""

    pence: Pence = Field(title="Amount accepted")
    settlement: Short = Field(title="Why this is settled so", min_length=1)
