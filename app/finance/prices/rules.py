"""What is paid for what: the price models, what a price may be, and how its parts are rounded.

Amounts are whole pence. A line of an invoice is worked out exactly and rounded once, to the
nearest penny, halves away from nought.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from app.kernel.days import show_date
from app.kernel.errors import Invalid
from app.kernel.labels import Labelled
from app.kernel.money import WHOLE, Pence, proportion, show
from app.people.rules import Post

_PERCENT = re.compile(r"([0-9]{1,4})(?:\.([0-9]{1,2}))? ?%?")
LONGEST_DAY = 24 * 60
LONGEST_WEEK = 200 * 60 * 60


class PriceModel(Labelled):
    """What a price is for, and the caps on what prices come to."""

    DAY_RATE = "day_rate", "Day rate"
    TEAM_WEEK = "team_week", "Fixed weekly team price"
    ASSESSMENT = "assessment", "Assessment authorised and agreed"
    CLEARED = "cleared", "Case cleared"
    SCREENED_OUT = "screened_out", "No fee for a case handed back"
    EXPENSES = "expenses", "Expenses at cost"
    RETENTION = "retention", "Retention"
    MONTH_CAP = "month_cap", "Cap on a month"
    LOT_CAP = "lot_cap", "Cap on the lot"
    HIRE = "hire", "Hire by the day, to compare with"

    @property
    def has_band(self) -> bool:
        """Whether each role band has a price of its own."""
        return self in {PriceModel.DAY_RATE, PriceModel.HIRE}

    @property
    def is_cap(self) -> bool:
        return self in {PriceModel.MONTH_CAP, PriceModel.LOT_CAP}

    @property
    def is_charged(self) -> bool:
        """Whether it makes lines of an invoice that carry value added tax."""
        return not self.is_cap and self not in {
            PriceModel.RETENTION,
            PriceModel.HIRE,
            PriceModel.SCREENED_OUT,
        }

    @property
    def is_per_case(self) -> bool:
        """Whether it is paid once for a case, and paid back when the case comes back."""
        return self in {PriceModel.ASSESSMENT, PriceModel.CLEARED}

    @property
    def amount(self) -> str:
        """What its amount is, as the form asks for it; empty where it has none of its own."""
        return _AMOUNTS.get(self, "")


_AMOUNTS = {
    PriceModel.TEAM_WEEK: "Price of a week",
    PriceModel.ASSESSMENT: "Price of an assessment",
    PriceModel.CLEARED: "Price of a case cleared",
    PriceModel.EXPENSES: "At most, in a month",
    PriceModel.MONTH_CAP: "At most, in a month",
    PriceModel.LOT_CAP: "At most, in all",
    PriceModel.HIRE: "Price of a day",
}
# More than this is a slip of the keyboard, and none is more than a column of PostgreSQL holds.
_MOST = {
    PriceModel.DAY_RATE: 300_000,
    PriceModel.TEAM_WEEK: 50_000_000,
    PriceModel.ASSESSMENT: 2_000_000,
    PriceModel.CLEARED: 2_000_000,
    PriceModel.EXPENSES: 10_000_000,
    PriceModel.MONTH_CAP: 10_000_000_000,
    PriceModel.LOT_CAP: 100_000_000_000,
    PriceModel.HIRE: 300_000,
}
MOST_OF_A_CONTRACT = 100_000_000_000


@dataclass(frozen=True)
class Parts:
    """What a day rate is made of, in pence, as the price cap on agency workers counts it."""

    pay: int = 0
    insurance: int = 0
    levy: int = 0
    holiday: int = 0
    fee: int = 0

    @property
    def total(self) -> int:
        return self.capped + self.fee

    @property
    def capped(self) -> int:
        """What the price cap counts: all that is not the agency's fee."""
        return self.pay + self.insurance + self.levy + self.holiday


PART_LABELS = {
    "pay": "Pay",
    "insurance": "Employer’s National Insurance",
    "levy": "Apprenticeship levy",
    "holiday": "Holiday pay",
    "fee": "Agency’s fee",
}


@dataclass(frozen=True)
class PriceTerms:
    """One price of one lot from a day to a day; `ends_on` is None until it is ended.

    `full_minutes` are those of a whole day; of a team's week those of full attendance, 0 where its
    price does not follow attendance. `share` is a retention's, in basis points. A case that is
    reopened within `credit_days` is paid back.
    """

    model: PriceModel
    starts_on: date
    ends_on: date | None = None
    band: Post | None = None
    clause: str = ""
    pence: int = 0
    share: int = 0
    vat: int = 0
    full_minutes: int = 0
    credit_days: int = 0
    parts: Parts = Parts()
    lot_id: int = 0
    price_id: int = 0
    version: int = 1
    billed_to: date | None = None

    @property
    def title(self) -> str:
        band = f", {self.band.label.lower()}" if self.band else ""
        return f"{self.model.label}{band}"

    def holds_on(self, day: date) -> bool:
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)

    def worth(self, minutes: int) -> Pence:
        """What so many minutes come to at a day rate, rounded once."""
        return proportion(Pence(self.pence), minutes, self.full_minutes)


def percent(typed: str) -> int:
    """Basis points of “20”, “2.5” or “5%”; ValueError with a sentence for anything else."""
    found = _PERCENT.fullmatch(typed.strip())
    if not found:
        raise ValueError("Write a percentage, for example 20 or 2.5.")
    points = int(found[1]) * 100 + int((found[2] or "").ljust(2, "0"))
    if points > WHOLE:
        raise ValueError("A percentage is at most 100.")
    return points


def show_percent(basis_points: int) -> str:
    """20%, or 2.5%."""
    whole, rest = divmod(basis_points, 100)
    return f"{whole}.{rest:02}".rstrip("0") + "%" if rest else f"{whole}%"


def check_price(
    new: PriceTerms, others: Iterable[PriceTerms], *, starts_on: date, ends_on: date
) -> None:
    """Raise Invalid, on the field at fault, for a price that cannot be meant.

    `others` are the lot's prices there are, `starts_on` and `ends_on` the contract's term.
    """
    _check_amount(new)
    _check_shape(new)
    if not new.clause:
        raise Invalid("clause", "Name the clause of the contract that says so.")
    term = f"The contract runs from {show_date(starts_on)} to {show_date(ends_on)}."
    if not starts_on <= new.starts_on <= ends_on:
        raise Invalid("starts_on", term)
    if new.ends_on is not None:
        if new.ends_on < new.starts_on:
            raise Invalid("ends_on", f"This is before the start on {show_date(new.starts_on)}.")
        if new.ends_on > ends_on:
            raise Invalid("ends_on", term)
    other = _overlapping(new, others)
    if other is not None:
        raise Invalid("starts_on", f"{_shown(other)} holds then already: end it first.")


def _overlapping(new: PriceTerms, others: Iterable[PriceTerms]) -> PriceTerms | None:
    """A price of the same model and band that holds on a day of this one."""
    same = (one for one in others if (one.model, one.band) == (new.model, new.band))
    return next((one for one in same if _overlap(new, one)), None)


def _check_amount(new: PriceTerms) -> None:
    if new.model is PriceModel.DAY_RATE:
        for name in PART_LABELS:
            if getattr(new.parts, name) < 0:
                raise Invalid(name, "A part of a day rate is never below nought.")
        if not new.parts.pay:
            raise Invalid("pay", "Enter what the worker is paid for the day.")
    elif new.model.amount and new.pence <= 0:
        raise Invalid("pence", "Enter an amount above nought.")
    most = _MOST.get(new.model)
    if most is not None and new.pence > most:
        field = "pay" if new.model is PriceModel.DAY_RATE else "pence"
        raise Invalid(field, f"This is at most {show(Pence(most))}.")


def _check_shape(new: PriceTerms) -> None:
    """What one model needs and no other."""
    if new.model.has_band and new.band is None:
        raise Invalid("band", "Choose the role band.")
    if new.model.has_band and not 60 <= new.full_minutes <= LONGEST_DAY:
        raise Invalid("day_hours", "A whole day is between 1 and 24 hours.")
    if new.model is PriceModel.TEAM_WEEK and not 0 <= new.full_minutes <= LONGEST_WEEK:
        raise Invalid("team_hours", "A team’s week is at most 12,000 hours.")
    if new.model is PriceModel.RETENTION and not 0 < new.share <= WHOLE // 2:
        raise Invalid("share", "A retention is above 0% and at most 50%.")
    if new.model.is_per_case and not 0 <= new.credit_days <= 730:
        raise Invalid("credit_days", "This is between 0 and 730 days.")


def _overlap(one: PriceTerms, other: PriceTerms) -> bool:
    return (other.ends_on is None or one.starts_on <= other.ends_on) and (
        one.ends_on is None or other.starts_on <= one.ends_on
    )


def _shown(price: PriceTerms) -> str:
    until = f"to {show_date(price.ends_on)}" if price.ends_on else "on"
    amount = f" of {show(Pence(price.pence))}" if price.pence else ""
    return f"“{price.title}”{amount} from {show_date(price.starts_on)} {until}"


def check_end(
    price: PriceTerms, ends_on: date, others: Iterable[PriceTerms], *, contract_ends_on: date
) -> None:
    """Raise Invalid for a last day before the price begins, or before what it was billed for.

    Nor may it reach into another of the lot's prices, `others`, as one does that followed it.
    """
    if ends_on < price.starts_on:
        raise Invalid("ends_on", f"This is before the start on {show_date(price.starts_on)}.")
    if ends_on > contract_ends_on:
        raise Invalid("ends_on", f"The contract ends on {show_date(contract_ends_on)}.")
    if price.billed_to is not None and ends_on < price.billed_to:
        raise Invalid("ends_on", f"It was billed up to {show_date(price.billed_to)}.")
    rest = [one for one in others if one.price_id != price.price_id]
    other = _overlapping(replace(price, ends_on=ends_on), rest)
    if other is not None:
        raise Invalid("ends_on", f"{_shown(other)} holds then already.")


def check_contract_cap(pence: int, *, charged: int) -> None:
    """Raise Invalid for a cap of a whole contract that cannot be meant."""
    if not 0 < pence <= MOST_OF_A_CONTRACT:
        most = show(Pence(MOST_OF_A_CONTRACT))
        raise Invalid("pence", f"This is above nought and at most {most}.")
    check_not_charged(pence, charged)


def check_not_charged(pence: int, charged: int) -> None:
    """Raise Invalid for a cap below what was charged."""
    if pence < charged:
        raise Invalid("pence", f"{show(Pence(charged))} was charged already.")


def in_force(prices: Sequence[PriceTerms], model: PriceModel, on: date) -> PriceTerms | None:
    """The price of a model without bands on a day."""
    return next((one for one in prices if one.model is model and one.holds_on(on)), None)


def of_month(
    prices: Iterable[PriceTerms], model: PriceModel, first: date, last: date
) -> PriceTerms | None:
    """The last price of a model in a month; one that ended in mid-month still is of it."""
    held = [
        one
        for one in prices
        if one.model is model
        and one.starts_on <= last
        and (one.ends_on is None or first <= one.ends_on)
    ]
    return max(held, key=lambda one: one.starts_on, default=None)
