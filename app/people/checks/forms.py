"""The forms in which checks and steps of the induction are recorded."""

from typing import Annotated

from pydantic import BeforeValidator, Field, StringConstraints

from app.people.checks.rules import LABELS
from app.web.fields import Day, Form, Reference, RowId, Tick, Whole, clean

Sentence = Annotated[str, BeforeValidator(clean), StringConstraints(max_length=200)]


class ChecksForm(Form):
    """What is known of a worker; an empty answer is unknown."""

    registration_number: Reference = Field(default="", title=LABELS["registration_number"])
    registration_expires_on: Day | None = Field(
        default=None, title=LABELS["registration_expires_on"]
    )
    dbs_on: Day | None = Field(default=None, title=LABELS["dbs_on"])
    dbs_update_service: Tick = Field(default=False, title=LABELS["dbs_update_service"])
    references: Whole = Field(default=0, title=LABELS["references"])
    qualified_on: Day | None = Field(default=None, title=LABELS["qualified_on"])
    experience_exception: Sentence = Field(default="", title=LABELS["experience_exception"])
    right_to_work_on: Day | None = Field(default=None, title=LABELS["right_to_work_on"])
    right_to_work_expires_on: Day | None = Field(
        default=None, title=LABELS["right_to_work_expires_on"]
    )
    approved_on: Day | None = Field(default=None, title=LABELS["approved_on"])
    steps: list[RowId] = Field(default=[], title="Induction")


class StepForm(Form):
    """A step that the induction is to ask for."""

    name: Annotated[str, BeforeValidator(clean), StringConstraints(max_length=80)] = Field(
        title="Step"
    )
