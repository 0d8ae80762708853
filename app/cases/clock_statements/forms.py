"""The forms by which a statement of the clock is issued and its lines are answered."""

from pydantic import Field

from app.cases.clock_statements.rules import Answer
from app.web.fields import Day, Form, Short


class IssueForm(Form):
    week: Day = Field(title="Week ending")


class AnswerForm(Form):
    answer: Answer = Field(title="Answer")
    words: Short = Field(default="", title="What is wrong")
