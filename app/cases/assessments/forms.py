"""The forms of an assessment."""

from typing import Literal

from pydantic import Field

from app.cases.assessments.rules import NotSeenReason
from app.web.fields import Day, Form, Note, Tick


class StartForm(Form):
    started_on: Day = Field(title="Day the assessment started")


class SeenForm(Form):
    seen_on: Day = Field(title="Day the child was seen")
    alone: Literal["yes", "no"] = Field(title="Whether the child was seen alone")


class SubmitForm(Form):
    not_seen_reason: NotSeenReason | None = Field(default=None, title="Why the child was not seen")


class AuthoriseForm(Form):
    accepts_not_seen: Tick = Field(default=False, title="Accept why the child was not seen")


class ReturnForm(Form):
    points: Note = Field(title="Points to fix")
