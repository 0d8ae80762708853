"""The form on which advice is written down."""

from pydantic import Field

from app.assurance.advice.rules import Asker, Topic
from app.web.fields import Day, Form, Line, Note, Reference, RowId, Short, Whole


class AdviceForm(Form):
    given_on: Day = Field(title="Given on")
    lot_id: RowId = Field(title="Lot")
    team: Line = Field(title="Council team")
    asker: Asker = Field(title="Who asked")
    topic: Topic = Field(title="Topic")
    question: Short = Field(title="What was asked")
    answer: Note = Field(title="What was answered")
    minutes: Whole = Field(title="Minutes")
    reference: Reference = Field(default="", title="Case reference")
