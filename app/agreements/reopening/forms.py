"""The form of a reopening."""

from pydantic import Field

from app.agreements.reopening.rules import ReopenReason
from app.web.fields import Form


class ReopenForm(Form):
    reason: ReopenReason = Field(title="Reason for reopening")
