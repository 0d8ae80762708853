"""The forms of a training session, of a system problem, and of what was done about one."""

from pydantic import Field

from app.assurance.training.rules import Area, Topic
from app.web.fields import Day, Form, Line, RowId, Short, Whole


class SessionForm(Form):
    contract_id: RowId = Field(title="Contract")
    held_on: Day = Field(title="Held on")
    topic: Topic = Field(title="Topic")
    title: Line = Field(title="Title")
    minutes: Whole = Field(title="Minutes")
    workers: list[RowId] = Field(default=[], title="Who came of our team")
    council_people: Whole = Field(default=0, title="People of the council who came")


class ProblemForm(Form):
    contract_id: RowId = Field(title="Contract")
    area: Area = Field(title="Where it is")
    words: Short = Field(title="What is wrong")
    session_id: RowId | None = Field(default=None, title="Found in a session")


class FixForm(Form):
    fix: Short = Field(title="What was done")
