"""The forms in which a case is put on hold and a hold is looked at again."""

from pydantic import Field

from app.cases.holds.rules import HoldReason
from app.web.fields import Day, Form, RowId, Short


class HoldForm(Form):
    reason: HoldReason = Field(title="What the case waits for")
    owner_id: RowId = Field(title="Who sees to it")
    began_on: Day = Field(title="Since")
    review_on: Day = Field(title="Look at it again on")
    until_on: Day = Field(title="Returns on")
    note: Short = Field(default="", title="More about it")


class RenewForm(Form):
    owner_id: RowId = Field(title="Who sees to it")
    review_on: Day = Field(title="Look at it again on")
    until_on: Day = Field(title="Returns on")
    note: Short = Field(default="", title="More about it")
