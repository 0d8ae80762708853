"""The forms of a milestone: what it is, what shows it, and the certificate."""

from pydantic import Field

from app.finance.milestones.rules import MilestoneTerms
from app.finance.prices.forms import Percent
from app.web.fields import Day, Form, Line, Note, Pence, Short, Tick


class MilestoneForm(Form):
    """What is to be achieved, and what is paid for it."""

    title: Line = Field(title="What is to be achieved", min_length=1)
    clause: Line = Field(title="Clause", max_length=40)
    due_on: Day = Field(title="Due on")
    pence: Pence = Field(title="Payment")
    vat: Percent = Field(default=0, title="Value added tax")
    releases: Tick = Field(default=False, title="Pays the retention out")

    @property
    def terms(self) -> MilestoneTerms:
        return MilestoneTerms(**self.model_dump())


class EvidenceForm(Form):
    """What shows that it is achieved."""

    evidence: Note = Field(title="What shows it", min_length=1)


class CertificateForm(Form):
    """The council's certificate."""

    achieved_on: Day = Field(title="Achieved on")
    certificate: Short = Field(title="What the council is satisfied with", min_length=1)
