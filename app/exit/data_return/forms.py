"""The forms of what the council says of a contract's data."""

from pydantic import Field

from app.exit.data_return.rules import Terms
from app.web.fields import Digest, Form, Short, Tick, Whole


class TermsForm(Form):
    """How long the data is kept, and whether it is held."""

    keep_months: Whole = Field(title="Months kept after the end")
    legal_hold: Tick = Field(default=False, title="Legal hold")
    hold_reason: Short = Field(default="", title="Why the data is held")

    @property
    def terms(self) -> Terms:
        return Terms(self.keep_months, self.legal_hold, self.hold_reason)


class ReceiveForm(Form):
    """The hash of the manifest that the council found in the file it received."""

    manifest_sha256: Digest = Field(title="SHA-256 of manifest.json")
