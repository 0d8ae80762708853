"""The form in which a week's cost is recorded."""

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
