"""The form in which a sentence is put in other words."""

from pydantic import Field

from app.web.fields import Form, Note, Tick


class SentenceForm(Form):
    text: Note = Field(default="", title="Sentence")
    left_out: Tick = Field(default=False, title="Leave it out")
