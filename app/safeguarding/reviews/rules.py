"""When a child protection plan is to be reviewed, and what a review may say."""

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled

# As the census counts them: three months from the conference that made the plan, then six.
TO_FIRST, TO_NEXT = timedelta(days=91), timedelta(days=183)
SATURDAY = 5
T = TypeVar("T")


class ReviewResult(Labelled):
    """What a review conference decided."""

    GOES_ON = "goes_on", "The plan goes on"
    ENDS = "ends", "The plan ends"


@dataclass(frozen=True)
class Listed:
    """What a council's list says of a plan."""

    starts_on: date
    ended_on: date | None
    latest_review_on: date | None


@dataclass(frozen=True)
class Reviewed:
    """A plan with the reviews held of it, in the order of their days."""

    starts_on: date
    review_due_on: date
    ended_on: date | None
    held: tuple[date, ...]

    @property
    def next_due_on(self) -> date | None:
        """By when the next review is to be held; None where the plan has ended."""
        if self.ended_on is not None:
            return None
        return self.held[-1] + TO_NEXT if self.held else self.review_due_on

    @property
    def late(self) -> tuple[date, ...]:
        """The reviews that were held after the day by which they were due."""
        due = self.review_due_on
        found = []
        for on in self.held:
            if on > due:
                found.append(on)
            due = on + TO_NEXT
        return tuple(found)

    def is_overdue(self, today: date) -> bool:
        """Whether the next review should have been held by now."""
        return self.next_due_on is not None and self.next_due_on < today


def first_due(listed: Listed) -> date:
    """By when the first known review of a listed plan was due.

    A list tells the latest review alone: of those before it nothing is known, nor judged.
    """
    due = listed.starts_on + TO_FIRST
    return max(due, listed.latest_review_on) if listed.latest_review_on else due


def same(listed: Listed, plans: Iterable[T], of: Callable[[T], Reviewed]) -> T | None:
    """The plan that a list tells of, among those known of the child; None for one more.

    A list may give another day for its beginning than we have: what runs there and here is one.
    """
    known = list(plans)
    for plan in known:
        if of(plan).starts_on == listed.starts_on:
            return plan
    if listed.ended_on is not None:
        return None
    return next((plan for plan in known if of(plan).ended_on is None), None)


def check_start(starts_on: date, known: Collection[date], *, runs: bool, today: date) -> None:
    """Raise for a plan that cannot have begun so, or beside one that runs."""
    if runs:
        raise Refused("A child protection plan runs already. Record the conference that ends it.")
    _check_day("starts_on", starts_on, today)
    if starts_on in known:
        raise Invalid("starts_on", "A plan that began on this day is recorded already.")


def check_review(held_on: date, plan: Reviewed, today: date) -> None:
    """Raise for a review that cannot have been held, or that is recorded already."""
    if plan.ended_on is not None:
        raise Refused("This plan has ended.")
    _check_day("held_on", held_on, today)
    if held_on <= plan.starts_on:
        raise Invalid("held_on", "The review is not after the conference that made the plan.")
    if held_on in plan.held:
        raise Invalid("held_on", "A review on this day is recorded already.")


def check_end(held_on: date, plan: Reviewed, *, enquiry_runs: bool) -> None:
    """A plan ends with its last review, and not in the middle of an enquiry."""
    if enquiry_runs:
        raise Refused("A section 47 enquiry runs: record its outcome before the plan ends.")
    if plan.held and held_on < plan.held[-1]:
        raise Invalid("held_on", "A later review is recorded, at which the plan went on.")


def _check_day(field: str, on: date, today: date) -> None:
    if on > today:
        raise Invalid(field, "This day has not come yet.")
    if on.weekday() >= SATURDAY:
        raise Invalid(field, "A conference is not held at a weekend.")
