"""The form in which a contract's calendar is changed."""

from pydantic import Field

from app.cases.due_days.rules import CalendarWish
from app.contract.rules import CalendarAct
from app.kernel.calendar import Counting
from app.web.fields import Day, Form, Short


class CalendarForm(Form):
    act: CalendarAct = Field(title="What changes")
    counting: Counting | None = Field(default=None, title="How working days are counted")
    day: Day | None = Field(default=None, title="Day")
    reason: Short = Field(title="Reason or clause")

    @property
    def wish(self) -> CalendarWish:
        return CalendarWish(**self.model_dump())
