"""The national return of agency workers: quarters, rules met and what is not known yet."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.kernel.days import show_date
from app.kernel.errors import Invalid
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
    def code(self) -> str:
        return f"{self.year}-Q{self.number}"

    @property
    def label(self) -> str:
        return f"{show_date(self.starts_on)} to {show_date(self.ends_on)}"


def quarter_of(day: date) -> Quarter:
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


def breaches(
    engaged: Engaged, *, starts_on: date, qualified_on: date | None, references: int
) -> tuple[str, ...]:
    """The rules on agency workers that an engagement does not meet, or not as far as is known."""
    faults = (
        _experience(starts_on, qualified_on),
        _apart(starts_on, engaged.left_post_on),
        _notice(engaged.notice_weeks),
        "" if references else "no reference",
        "pay not known" if engaged.hourly_pence is None else "",
        _price_cap(engaged),
    )
    return tuple(fault for fault in faults if fault)


def _experience(starts_on: date, qualified_on: date | None) -> str:
    if qualified_on is None:
        return "qualifying date not known"
    met = years_after(qualified_on, YEARS_QUALIFIED) <= starts_on
    return "" if met else f"qualified less than {YEARS_QUALIFIED} years before"


def _apart(starts_on: date, left_post_on: date | None) -> str:
    too_soon = left_post_on is not None and starts_on - left_post_on < APART
    return "less than three months after a permanent post" if too_soon else ""


def _notice(weeks: int | None) -> str:
    if weeks is None:
        return "notice not known"
    return f"less than {NOTICE_WEEKS} weeks of notice" if weeks < NOTICE_WEEKS else ""


def _price_cap(engaged: Engaged) -> str:
    if not engaged.over_price_cap:
        return ""
    signed = engaged.cap_signed_by
    return f"above the price cap, {f'signed off by {signed}' if signed else 'not signed off'}"
