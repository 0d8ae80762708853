"""The form on which a sampled supervision is graded."""

from pydantic import Field

from app.assurance.supervision.rules import Grade
from app.web.fields import Form, Short


class GradeForm(Form):
    grade: Grade = Field(title="Grade")
    note: Short = Field(default="", title="Why")
