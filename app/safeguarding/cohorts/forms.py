"""The form of a case's cohorts."""

from pydantic import Field

from app.cases.register.rules import Cohort
from app.web.fields import Form


class CohortsForm(Form):
    cohorts: list[Cohort] = Field(default_factory=list, title="Cohorts")
