"""The forms in which a service level is drafted and changed."""

from pydantic import Field

from app.performance.measures.rules import Cohort, Measure
from app.performance.service_levels.rules import Terms
from app.web.fields import Day, Form, Hundredths, Line, Pence, RowId, Short, Tick, Whole


class TermsForm(Form):
    """What is agreed, as a person types it."""

    clause: Line = Field(title="Clause", max_length=40)
    starts_on: Day = Field(title="First day")
    ends_on: Day = Field(title="Last day")
    from_value: Hundredths = Field(title="Target on the first day")
    to_value: Hundredths = Field(title="Target on the last day")
    tolerance: Hundredths = Field(default=0, title="Tolerance")
    publishable: Tick = Field(default=False, title="Published as a key performance indicator")
    critical: Tick = Field(default=False, title="Critical")
    credit_pence: Pence = Field(default=0, title="Service credit for each failure")
    credit_per_mille: Whole = Field(default=0, title="Or a share of the month’s charge")
    charge_pence: Pence = Field(default=0, title="The month’s charge")
    cap_pence: Pence = Field(default=0, title="Most that credits come to in twelve months")
    reason: Short = Field(title="Reason")

    @property
    def terms(self) -> Terms:
        return Terms(**self.model_dump(include=set(Terms.__dataclass_fields__)))


class SubjectForm(Form):
    """What a service level is about."""

    lot_id: RowId = Field(title="Lot")
    measure: Measure = Field(title="Measure")
    cohort: Cohort = Field(default=Cohort.ALL, title="Work")


class LevelForm(TermsForm, SubjectForm):
    """A service level that is new: what it is about, and then what is agreed, as on its page."""
