"""What may be billed: the facts of a month, and how long they are paid for."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from fractions import Fraction

from app.finance.prices.rules import PriceModel, PriceTerms
from app.kernel.days import week_beginning, week_ending
from app.kernel.labels import Labelled
from app.people.rules import Post

WEEK = timedelta(weeks=1)


class LineKind(Labelled):
    """What a line of an invoice or a credit note is for."""

    DAY_RATE = "day_rate", "Days worked"
    TEAM_WEEK = "team_week", "Team’s weeks"
    ASSESSMENT = "assessment", "Assessments"
    CLEARED = "cleared", "Cases cleared"
    SCREENED_OUT = "screened_out", "Cases handed back"
    EXPENSES = "expenses", "Expenses"
    MILESTONE = "milestone", "Milestone"
    RETENTION = "retention", "Retention"
    RETENTION_PAID = "retention_paid", "Retention paid out"
    SERVICE_CREDIT = "service_credit", "Service credit"
    CASE_CREDIT = "case_credit", "Credit for cases that came back"


# What caps count.
CHARGES = frozenset(
    {
        LineKind.DAY_RATE,
        LineKind.TEAM_WEEK,
        LineKind.ASSESSMENT,
        LineKind.CLEARED,
        LineKind.SCREENED_OUT,
        LineKind.EXPENSES,
        LineKind.MILESTONE,
    }
)
# What a retention holds a share of: work, not what was laid out or is paid for a milestone.
RETAINED = CHARGES - {LineKind.EXPENSES, LineKind.MILESTONE}


@dataclass(frozen=True)
class CaseEvent:
    """What a case is paid for, and when it happened; `turn` counts from 1 after each credit."""

    case_id: int
    on: date
    turn: int
    at: datetime


@dataclass(frozen=True)
class ShiftDone:
    """Signed minutes of one worker's day; a correction may be minus."""

    shift_id: int
    practitioner_id: int
    band: Post
    day: date
    minutes: int


@dataclass(frozen=True)
class ExpenseDone:
    """A signed expense."""

    expense_id: int
    practitioner_id: int
    day: date
    pence: int


@dataclass(frozen=True)
class MilestoneDone:
    """A milestone that the council certified."""

    milestone_id: int
    title: str
    clause: str
    achieved_on: date
    pence: int
    vat: int


@dataclass(frozen=True)
class CreditDone:
    """A service credit, in pence above nought; `key` names its failure once and for all."""

    key: str
    words: str
    clause: str
    pence: int


@dataclass(frozen=True)
class CreditWaived:
    """A credit waived after an invoice took it off: pence above nought, and the tax of its line."""

    failure: str
    words: str
    clause: str
    pence: int
    vat_pence: int

    @property
    def key(self) -> str:
        return f"{self.failure}{WAIVED}"


# Ends the source of what is given back, which names the same failure as what was taken off.
WAIVED = " waived"


def failure_of(source: str) -> int:
    """The failure behind a line of service credits, taken off or given back."""
    return int(source.removesuffix(WAIVED))


@dataclass(frozen=True)
class Entry:
    """One piece of a line's evidence that is no case; `source` is unique among those of its kind.

    `quantity` is in minutes for shifts and weeks, in pence for what has a price of its own.
    """

    source: str
    day: date
    quantity: int
    practitioner_id: int | None = None


@dataclass(frozen=True)
class WeekBilled:
    """The minutes by which a team's week was billed, corrections counted in, and how often."""

    minutes: int
    times: int = 1


@dataclass(frozen=True)
class Evidence:
    """What happened in a lot up to a month's end and was not billed yet, and what it is paid by.

    `fridays` are the weeks of a team's price that are to be billed, each over, and `weeks` those
    that were, by their Fridays. `charged` is what the lot, and `charged_in_contract` what its
    contract, was charged before; `retained` what is held back of it, with its tax; `released` says
    that the council certified what pays it out.
    """

    starts_on: date
    ends_on: date
    prices: Sequence[PriceTerms]
    cases: dict[PriceModel, Sequence[CaseEvent]] = field(default_factory=dict)
    shifts: Sequence[ShiftDone] = ()
    attended: Sequence[ShiftDone] = ()
    fridays: Sequence[date] = ()
    weeks: Mapping[date, WeekBilled] = field(default_factory=dict)
    expenses: Sequence[ExpenseDone] = ()
    milestones: Sequence[MilestoneDone] = ()
    credits: Sequence[CreditDone] = ()
    waived: Sequence[CreditWaived] = ()
    charged: int = 0
    contract_cap: int | None = None
    charged_in_contract: int = 0
    retained: int = 0
    retained_vat: int = 0
    released: bool = False


def attended(shifts: Iterable[ShiftDone], friday: date) -> int | None:
    """The signed minutes of a week; None where none of it is signed."""
    first = week_beginning(friday)
    own = [one.minutes for one in shifts if first <= one.day <= friday]
    return sum(own) if own else None


def attendance(price: PriceTerms, minutes: int) -> Fraction:
    """Which part of a week's price so many minutes earn; never above the whole."""
    if not price.full_minutes:
        return Fraction(1)
    return min(Fraction(1), Fraction(max(0, minutes), price.full_minutes))


def fridays_over(since: date, until: date) -> list[date]:
    """The Fridays from one day to another, the first one first."""
    first = week_ending(since)
    return [first + WEEK * back for back in range(((until - first).days // 7) + 1)]


@dataclass(frozen=True)
class Return:
    """A case that came back: reopened, or handed back as none of the project's."""

    on: date
    handed_back: bool = False


def stands(on: date, returned: Return | None, credit_days: int) -> bool:
    """Whether what happened on a day is still paid for, given how the case came back since."""
    if returned is None:
        return True
    return not returned.handed_back and (returned.on - on).days > credit_days


def is_of_this_work(authorised_on: date | None, reopened_on: date | None) -> bool:
    """Whether an assessment belongs to the work since a case was last reopened."""
    return authorised_on is not None and (reopened_on is None or authorised_on >= reopened_on)
