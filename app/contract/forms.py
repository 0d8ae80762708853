"""The forms in which what is agreed in a contract is changed."""

from pydantic import Field

from app.contract.rules import Placeholder, Waiting
from app.web.fields import Day, Form, RowId, Short, Tick, Whole


class IntakeForm(Form):
    """How many cases a receiving team can take over in a week."""

    weekly_intake: Whole = Field(title="Weekly intake")


class WaitingForm(Form):
    """What is asked for while a child has no named worker, from a day on."""

    review_days: Whole = Field(title="Days between risk reviews")
    seen_days: Whole = Field(title="Days within which the child is seen")
    escalate_weeks: Whole = Field(title="Weeks until a case is escalated")
    answer_days: Whole = Field(title="Working days for each answer")
    named: list[Placeholder] = Field(default=[], title="Taken for a named worker")
    from_on: Day = Field(title="First day")
    reason: Short = Field(title="Reason or clause")

    @property
    def terms(self) -> Waiting:
        return Waiting(
            self.review_days,
            self.seen_days,
            self.escalate_weeks,
            self.answer_days,
            frozenset(self.named),
        )


class ManagerForm(Form):
    """Who a lot's District Manager is from now on."""

    user_id: RowId = Field(title="District Manager")


class DeputyForm(Form):
    """Who stands in for a lot's District Manager, and from when until when."""

    lot_id: RowId = Field(title="Lot")
    user_id: RowId = Field(title="Deputy")
    starts_on: Day = Field(title="First day")
    ends_on: Day = Field(title="Last day")
    away: Tick = Field(default=False, title="The District Manager is away")
