"""The form of a transfer between lots."""

from pydantic import Field

from app.web.fields import Form, RowId


class TransferForm(Form):
    lot_id: RowId = Field(title="Lot")
