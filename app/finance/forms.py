"""The forms in which a budget is planned and a week's cost is recorded."""

from pydantic import Field

from app.finance.rules import CostKind
from app.web.fields import Day, Form, Line, Pence, RowId


class CostForm(Form):
    """One lot's cost of one kind in one week."""

    lot_id: RowId = Field(title="Lot")
    day: Day = Field(title="Week")
    kind: CostKind = Field(title="Kind")
    pence: Pence = Field(title="Amount")
    note: Line = Field(default="", title="Note")


class BudgetForm(Form):
    """The same amount for each week from one day to another."""

    lot_id: RowId = Field(title="Lot")
    first: Day = Field(title="First day")
    last: Day = Field(title="Last day")
    pence: Pence = Field(title="Amount for each week")
    reason: Line = Field(default="", title="Why it changes")
