"""When a waiting child's review, visit and escalation fall due."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.cases.ladder import rules as ladder
from app.cases.ladder.rules import Answer, Standing
from app.cases.register.rules import Priority
from app.contract.rules import Waiting
from app.kernel.calendar import WorkingCalendar
from app.kernel.days import show_date
from app.kernel.errors import Invalid
from app.kernel.labels import Labelled

LEVELS = (Priority.URGENT, Priority.HIGH, Priority.MEDIUM, Priority.LOW)
WEEK = timedelta(weeks=1)


class RiskDecision(Labelled):
    """What a manager decides when they look at the risk of waiting."""

    MAY_WAIT = "may_wait", "Safe to wait until the next review"
    SEE_CHILD = "see_child", "Duty sees the child before the next review"
    ALLOCATE_FIRST = "allocate_first", "To be allocated before others"
    SAFEGUARD = "safeguard", "A safeguarding flag was raised at once"
    HAND_BACK = "hand_back", "Not for the project: to be handed back"


@dataclass(frozen=True)
class Wait:
    """A case without a named worker, as the contract's terms look at it."""

    unallocated_on: date
    seen_on: date | None
    risk_review_on: date | None


@dataclass(frozen=True)
class Due:
    """What is due for a waiting child, and how long the wait is on the day of reading."""

    days: int
    working_days: int
    review_by: date
    see_by: date
    review_overdue: bool
    unseen: bool


def due(wait: Wait, terms: Waiting, calendar: WorkingCalendar, today: date) -> Due:
    """What is due under the contract's terms; working days by the contract's own count."""
    first_review = wait.unallocated_on + timedelta(days=terms.review_days)
    review_by = wait.risk_review_on or first_review
    see_by = (wait.seen_on or wait.unallocated_on) + timedelta(days=terms.seen_days)
    return Due(
        days=(today - wait.unallocated_on).days,
        working_days=calendar.days_between(wait.unallocated_on, today),
        review_by=review_by,
        see_by=see_by,
        review_overdue=review_by < today,
        unseen=see_by < today,
    )


def standing(
    wait: Wait, terms: Waiting, calendar: WorkingCalendar, today: date, last: Answer | None
) -> Standing | None:
    """Where on the ladder the wait stands today: it comes there after the contract's weeks."""
    first = wait.unallocated_on + WEEK * terms.escalate_weeks
    return ladder.standing(first, terms.answer_days, calendar, today, last)


def check_review(next_review_on: date, terms: Waiting, today: date) -> None:
    """The next review lies ahead, and no later than the contract's interval allows."""
    latest = today + timedelta(days=terms.review_days)
    if next_review_on <= today:
        raise Invalid("next_review_on", "The next review lies ahead of today.")
    if next_review_on > latest:
        raise Invalid(
            "next_review_on",
            f"The contract asks for a review every {terms.review_days} days, so by"
            f" {show_date(latest)}.",
        )
