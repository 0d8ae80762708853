"""The forms in which a contract's calendar is changed and its clocks are drafted."""

from pydantic import Field

from app.cases.due_days.rules import CalendarWish, Clocks
from app.contract.rules import CalendarAct
from app.kernel.calendar import Counting
from app.kernel.clock import StartEvent
from app.web.fields import Day, Form, Short, Whole


class CalendarForm(Form):
    act: CalendarAct = Field(title="What changes")
    counting: Counting | None = Field(default=None, title="How working days are counted")
    day: Day | None = Field(default=None, title="Day")
    reason: Short = Field(title="Reason or clause")

    @property
    def wish(self) -> CalendarWish:
        return CalendarWish(**self.model_dump())


class ClocksForm(Form):
    single_days: Whole = Field(title="Working days of a single assessment")
    single_start: StartEvent = Field(title="What starts the clock of a single assessment")
    initial_days: Whole | None = Field(default=None, title="Working days of an initial assessment")
    initial_start: StartEvent | None = Field(
        default=None, title="What starts the clock of an initial assessment"
    )
    core_days: Whole | None = Field(default=None, title="Working days of a core assessment")
    core_start: StartEvent | None = Field(
        default=None, title="What starts the clock of a core assessment"
    )
    conference_days: Whole = Field(title="Working days until a conference")
    seen_days: Whole = Field(title="Working days since the child was seen")
    decide_days: Whole = Field(title="Working days of a decision")
    chase_most: Whole = Field(title="Times that a decision is chased")
    reason: Short = Field(title="Reason or clause")

    @property
    def clocks(self) -> Clocks:
        return Clocks(**self.model_dump(exclude={"reason"}))
