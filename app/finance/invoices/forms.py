"""The forms of an invoice: the month it bills, and a payment."""

from pydantic import Field

from app.web.fields import Day, Form, Pence, RowId


class DraftForm(Form):
    """A lot's month; `month` is its first day."""

    lot_id: RowId = Field(title="Lot")
    month: Day = Field(title="Month")


class PaymentForm(Form):
    """An amount that was paid."""

    pence: Pence = Field(title="Amount paid")
    paid_on: Day = Field(title="Paid on")
