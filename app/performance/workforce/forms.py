"""The form of a count of the workforce."""

from pydantic import Field

from app.performance.workforce.rules import Counted
from app.web.fields import Day, Form, Hundredths, Line, Whole


class CountForm(Form):
    """Who worked in a lot's district on a day, and who counted them."""

    as_at: Day = Field(title="Counted for")
    staff: Hundredths = Field(title="Social workers in post")
    agency: Hundredths = Field(title="Agency workers")
    vacancies: Hundredths = Field(title="Vacant posts")
    leavers: Hundredths = Field(title="Left in the twelve months before")
    contracted: Whole = Field(title="Workers that the contract asks for")
    source: Line = Field(title="Source")

    @property
    def counted(self) -> Counted:
        return Counted(**self.model_dump())
