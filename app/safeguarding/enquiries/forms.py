"""The forms of section 47 enquiries."""

from pydantic import Field

from app.safeguarding.enquiries.rules import Agencies, ConferenceResult, EnquiryOutcome
from app.safeguarding.thresholds.forms import BecauseForm
from app.web.fields import Day, Form, RowId


class OpenForm(BecauseForm):
    strategy_on: Day = Field(title="Day of the strategy discussion")
    agencies: Agencies = Field(title="Who makes the enquiry")
    # Only from somebody who may change who holds a case.
    practitioner_id: RowId | None = Field(default=None, title="Who holds the case meanwhile")


class OutcomeForm(BecauseForm):
    concluded_on: Day = Field(title="Day it ended")
    outcome: EnquiryOutcome = Field(title="What it leads to")


class ConferenceForm(Form):
    conference_on: Day = Field(title="Day of the conference")
    result: ConferenceResult | None = Field(default=None, title="What it decided")
