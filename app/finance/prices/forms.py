"""The forms in which prices, caps and codes are agreed."""

from typing import Annotated

from pydantic import BeforeValidator, Field

from app.finance.prices.rules import PART_LABELS, Parts, PriceModel, PriceTerms, percent
from app.people.fields import Minutes
from app.people.rules import Post
from app.web.fields import Day, Form, Line, Pence, Short, Whole


def _percent(typed: object) -> object:
    return percent(typed) if isinstance(typed, str) else typed


Percent = Annotated[int, BeforeValidator(_percent)]


class PriceForm(Form):
    """A price of one model; what its model does not ask for stays empty."""

    model: PriceModel = Field(title="What it is for")
    band: Post | None = Field(default=None, title="Role band")
    pence: Pence = Field(default=0, title="Amount")
    pay: Pence = Field(default=0, title=PART_LABELS["pay"])
    insurance: Pence = Field(default=0, title=PART_LABELS["insurance"])
    levy: Pence = Field(default=0, title=PART_LABELS["levy"])
    holiday: Pence = Field(default=0, title=PART_LABELS["holiday"])
    fee: Pence = Field(default=0, title=PART_LABELS["fee"])
    share: Percent = Field(default=0, title="Share held back")
    vat: Percent = Field(default=0, title="Value added tax")
    day_hours: Minutes = Field(default=0, title="Hours of a whole day")
    team_hours: Whole = Field(default=0, title="Hours of a full week")
    credit_days: Whole = Field(default=0, title="Paid back when reopened within")
    starts_on: Day = Field(title="First day")
    ends_on: Day | None = Field(default=None, title="Last day")
    clause: Line = Field(title="Clause", max_length=40)

    @property
    def terms(self) -> PriceTerms:
        """What was typed, as the rules take it."""
        parts = Parts(self.pay, self.insurance, self.levy, self.holiday, self.fee)
        return PriceTerms(
            self.model,
            self.starts_on,
            self.ends_on,
            self.band,
            self.clause,
            parts.total if self.model is PriceModel.DAY_RATE else self.pence,
            self.share,
            self.vat,
            self.team_hours * 60 if self.model is PriceModel.TEAM_WEEK else self.day_hours,
            self.credit_days,
            parts,
        )


class EndForm(Form):
    """The last day of a price."""

    ends_on: Day = Field(title="Last day")


class CodesForm(Form):
    """Under which codes a lot's invoices are booked."""

    cost_centre: Line = Field(title="Cost centre", max_length=20)
    ledger_code: Line = Field(title="Ledger code", max_length=20)


class CapForm(Form):
    """What all lots of a contract may be charged together."""

    pence: Pence = Field(title="Most that may be charged, in all")
    clause: Line = Field(title="Clause", max_length=40)
    reason: Short = Field(title="Why it is set")
