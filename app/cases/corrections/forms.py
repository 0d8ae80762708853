"""The form on which the facts of one case are corrected."""

from pydantic import Field

from app.web.fields import Day, Form, Line, Reference


class CorrectForm(Form):
    referred_on: Day = Field(title="Referred on")
    age_band: Line = Field(default="", title="Age", json_schema_extra={"choice": True})
    primary_need: Line = Field(default="", title="Primary need", json_schema_extra={"choice": True})
    family_key: Reference = Field(default="", title="Family key")
    source_team: Line = Field(default="", title="Source team")
