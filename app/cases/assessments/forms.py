"""The forms of an assessment."""

from typing import Literal

from pydantic import Field

from app.cases.assessments.rules import Milestone, NotSeenReason, ReturnReason
from app.web.fields import Day, Form, Note, Short, Tick


class StartForm(Form):
    started_on: Day = Field(title="Day the assessment started")
    for_early_help: Tick = Field(default=False, title="Assessment for early help")


class SeenForm(Form):
    seen_on: Day = Field(title="Day the child was seen")
    alone: Literal["yes", "no"] = Field(title="Whether the child was seen alone")


class SubmitForm(Form):
    not_seen_reason: NotSeenReason | None = Field(default=None, title="Why the child was not seen")


class AuthoriseForm(Form):
    accepts_not_seen: Tick = Field(default=False, title="Accept why the child was not seen")


class ReturnForm(Form):
    reason: ReturnReason = Field(title="What it lacks most")
    points: Note = Field(title="Points to fix")


class MilestoneForm(Form):
    milestone: Milestone = Field(title="What happened")
    on: Day = Field(title="Day")


class MigrateForm(Form):
    reason: Short = Field(title="Reason")
