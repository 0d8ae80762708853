"""The forms in which an expense is recorded."""

from pydantic import Field

from app.finance.expenses.rules import ExpenseKind
from app.web.fields import Day, Form, Line, Pence, Reference, RowId


class _Expense(Form):
    day: Day = Field(title="Day")
    kind: ExpenseKind = Field(title="What it was for")
    pence: Pence = Field(title="Amount")
    receipt: Reference = Field(title="Reference of the receipt")
    note: Line = Field(default="", title="Note")


class OwnExpenseForm(_Expense):
    """What a worker spent themselves."""

    lot_id: RowId = Field(title="Lot")


class ExpenseForm(_Expense):
    """What one worker spent."""

    practitioner_id: RowId = Field(title="Worker")
