"""The forms of unresolved child-protection issues."""

from pydantic import Field

from app.safeguarding.issues.rules import Answer, Trouble
from app.web.fields import Form, Line, Short


class CoverForm(Form):
    action_taken: Short = Field(title="What was done")
    cover: Line = Field(title="Who covers tonight")


class IssueForm(CoverForm):
    trouble: Trouble = Field(title="What is not settled")


class AnswerForm(Form):
    answer: Answer = Field(title="How it ended")
    note: Short = Field(default="", title="More about it")
