"""The forms on which a support session is written down and added to."""

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from app.assurance.sessions.rules import Kind, Meeting, Theme
from app.web.fields import Day, Form, RowId, clean

LONGEST = 4000


def _lines(typed: object) -> object:
    return clean(typed, lines=True)


Words = Annotated[str, BeforeValidator(_lines), StringConstraints(max_length=LONGEST)]


class SessionForm(Form):
    kind: Kind = Field(title="Kind of session")
    supervisee_id: RowId = Field(title="With whom")
    held_on: Day = Field(title="Held on")
    liaison_on: Day | None = Field(default=None, title="Spoken with the head of service on")
    themes: list[Theme] = Field(default=[], title="Themes")
    words: Words = Field(default="", title="What was said")

    @property
    def meeting(self) -> Meeting:
        return Meeting(self.kind, self.supervisee_id, self.held_on, self.liaison_on)


class NoteForm(Form):
    words: Words = Field(title="What you want to add")
