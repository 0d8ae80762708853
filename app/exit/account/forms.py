"""The form of a lesson."""

from pydantic import Field

from app.exit.account.rules import LessonKind
from app.web.fields import Form, Note


class LessonForm(Form):
    """What a person adds to the account."""

    kind: LessonKind = Field(title="Kind")
    words: Note = Field(title="Words")
