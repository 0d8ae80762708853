"""The national return of agency workers: quarters, rules met and what is not known yet."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from app.kernel.days import show_date
from app.kernel.errors import Invalid
from app.kernel.labels import Labelled
from app.people.checks.rules import YEARS_QUALIFIED, years_after

# The rules ask for four weeks' notice, and three months between a permanent post and agency work
# in the same region.
NOTICE_WEEKS = 4
APART = timedelta(days=92)
MOST_PENCE = 50_000
LABELS = {
    "hourly_pence": "Hourly pay",
    "notice_weeks": "Weeks of notice",
    "left_post_on": "Left their last permanent post on",
    "over_price_cap": "Paid above the price cap",
    "cap_signed_by": "Who at the council signed that off",
}


class Rule(Labelled):
    """The national rules on agency workers that are judged for each engagement."""

    EXPERIENCE = "experience", f"Qualified for {YEARS_QUALIFIED} years"
    APART = "apart", "Three months after a permanent post in the region"
    NOTICE = "notice", f"{NOTICE_WEEKS} weeks of notice"
    REFERENCE = "reference", "A reference"
    PRICE_CAP = "price_cap", "Pay within the price cap"


class Fault(NamedTuple):
    """A rule that is not met, or, where not `known`, of which nobody knows whether it is."""

    rule: Rule
    words: str
    known: bool = True


class Standing(NamedTuple):
    """Of how many engagements a rule is met, is not, and is not known to be."""

    rule: Rule
    met: int
    not_met: int
    unknown: int


@dataclass(frozen=True)
class Engaged:
    """What is recorded of an engagement; an empty value is unknown.

    `left_post_on` is the last day of a permanent post with a council of the same region.
    """

    hourly_pence: int | None = None
    notice_weeks: int | None = None
    left_post_on: date | None = None
    over_price_cap: bool = False
    cap_signed_by: str = ""


@dataclass(frozen=True)
class Quarter:
    """A quarter of the calendar year, as the return has it."""

    year: int
    number: int

    @property
    def starts_on(self) -> date:
        return date(self.year, 3 * self.number - 2, 1)

    @property
    def ends_on(self) -> date:
        after = Quarter(self.year + self.number // 4, self.number % 4 + 1)
        return after.starts_on - timedelta(days=1)

    @property
    def months(self) -> list[date]:
        """The first day of each of its months."""
        return [date(self.year, 3 * self.number - left, 1) for left in (2, 1, 0)]

    @property
    def code(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def label(self) -> str:
        return f"{show_date(self.starts_on)} to {show_date(self.ends_on)}"


def quarter_of(day: date) -> Quarter:
    """The calendar quarter of a day."""
    return Quarter(day.year, (day.month + 2) // 3)


def quarters(first: date, last: date) -> list[Quarter]:
    """The quarters from one day to another, the latest first."""
    found = [quarter_of(first)]
    while found[-1].ends_on < last:
        found.append(quarter_of(found[-1].ends_on + timedelta(days=1)))
    return found[::-1]


def check_engaged(engaged: Engaged, today: date) -> None:
    """Raise Invalid, on the field at fault, for what cannot be recorded."""
    pence = engaged.hourly_pence
    if pence is not None and not 0 < pence <= MOST_PENCE:
        raise Invalid("hourly_pence", f"Hourly pay is up to £{MOST_PENCE // 100}.")
    if engaged.notice_weeks is not None and engaged.notice_weeks > 52:
        raise Invalid("notice_weeks", "Notice is at most 52 weeks.")
    if engaged.left_post_on is not None and engaged.left_post_on > today:
        raise Invalid("left_post_on", f"This is after today, {show_date(today)}.")
    if engaged.cap_signed_by and not engaged.over_price_cap:
        raise Invalid("cap_signed_by", "Only pay above the price cap is signed off.")


def faults_of(
    engaged: Engaged, *, starts_on: date, qualified_on: date | None, references: int
) -> tuple[Fault, ...]:
    """The rules on agency workers that an engagement does not meet, or not as far as is known."""
    found = (
        _experience(starts_on, qualified_on),
        _apart(starts_on, engaged.left_post_on),
        _notice(engaged.notice_weeks),
        None if references else Fault(Rule.REFERENCE, "no reference"),
        _price_cap(engaged),
    )
    return tuple(fault for fault in found if fault)


def standings(all_faults: Sequence[Sequence[Fault]]) -> list[Standing]:
    """Of each rule how many engagements meet it, do not, and are not known to."""
    told = Counter((fault.rule, fault.known) for faults in all_faults for fault in faults)
    return [
        Standing(
            rule,
            len(all_faults) - told[rule, True] - told[rule, False],
            told[rule, True],
            told[rule, False],
        )
        for rule in Rule
    ]


def _experience(starts_on: date, qualified_on: date | None) -> Fault | None:
    if qualified_on is None:
        return Fault(Rule.EXPERIENCE, "qualifying date not known", known=False)
    if years_after(qualified_on, YEARS_QUALIFIED) <= starts_on:
        return None
    return Fault(Rule.EXPERIENCE, f"qualified less than {YEARS_QUALIFIED} years before")


def _apart(starts_on: date, left_post_on: date | None) -> Fault | None:
    too_soon = left_post_on is not None and starts_on - left_post_on < APART
    words = "less than three months after a permanent post"
    return Fault(Rule.APART, words) if too_soon else None


def _notice(weeks: int | None) -> Fault | None:
    if weeks is None:
        return Fault(Rule.NOTICE, "notice not known", known=False)
    if weeks >= NOTICE_WEEKS:
        return None
    return Fault(Rule.NOTICE, f"less than {NOTICE_WEEKS} weeks of notice")


def _price_cap(engaged: Engaged) -> Fault | None:
    if engaged.over_price_cap:
        signed = f"signed off by {engaged.cap_signed_by}" if engaged.cap_signed_by else ""
        return Fault(Rule.PRICE_CAP, f"above the price cap, {signed or 'not signed off'}")
    if engaged.hourly_pence is None:
        return Fault(Rule.PRICE_CAP, "pay not known", known=False)
    return None
