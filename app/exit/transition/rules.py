"""What may be offered to whom, and how many workers a lot has week by week."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.cases.scope.rules import WEEK
from app.kernel.days import show_date, week_beginning, week_ending
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled

MOST_WORKERS = 500


class Engagement(Labelled):
    """As what somebody would stay."""

    LOCUM = "locum", "Locum"
    PERMANENT = "permanent", "Permanent"


class Answer(Labelled):
    """What a worker said to an offer."""

    WAITING = "waiting", "Not answered yet"
    ACCEPTED = "accepted", "Accepted"
    DECLINED = "declined", "Declined"


@dataclass(frozen=True)
class OfferTerms:
    """An offer of the council, and the worker's answer."""

    engagement: Engagement
    post: str
    offered_on: date
    starts_on: date | None
    answer: Answer
    answered_on: date | None


@dataclass(frozen=True)
class Stay:
    """When somebody is in a lot's team; open where a day is None."""

    lot_id: int
    starts_on: date | None
    ends_on: date | None

    def is_on(self, day: date) -> bool:
        begun = self.starts_on is None or self.starts_on <= day
        return begun and (self.ends_on is None or self.ends_on >= day)


@dataclass(frozen=True)
class Heads:
    """Workers in a lot's team on a Friday, beside how many were planned; None without a plan."""

    week_ending: date
    rota: int
    planned: int | None

    @property
    def short(self) -> int:
        return max(0, (self.planned or 0) - self.rota)


def check_offer(terms: OfferTerms, *, consented: bool, today: date) -> None:
    """Raise for an offer that cannot be: Refused without consent, else Invalid on the field."""
    if not consented:
        raise Refused("This worker has not agreed to be named to the council.")
    if terms.offered_on > today:
        raise Invalid("offered_on", f"{show_date(terms.offered_on)} has not come yet.")
    answered = terms.answer is not Answer.WAITING
    if answered and terms.answered_on is None:
        raise Invalid("answered_on", "Enter the day of the answer.")
    if terms.answered_on is not None:
        if not answered:
            raise Invalid("answer", "Say what the answer was.")
        if not terms.offered_on <= terms.answered_on <= today:
            raise Invalid("answered_on", "The answer came after the offer, and not after today.")


def check_step(workers: int, from_on: date, runs: tuple[date, date]) -> None:
    """Raise Invalid, on the field at fault, for a step of the plan that cannot be."""
    if workers > MOST_WORKERS:
        raise Invalid("workers", f"At most {MOST_WORKERS} workers.")
    if not runs[0] <= from_on <= runs[1]:
        raise Invalid(
            "from_on", f"The contract runs from {show_date(runs[0])} to {show_date(runs[1])}."
        )


def heads(
    stays: Iterable[Stay], steps: Sequence[tuple[date, int]], today: date, ends_on: date
) -> list[Heads]:
    """A lot's workers on each Friday from this week to the end; steps are in order of day."""
    stays, friday, found = list(stays), week_ending(today), []
    while week_beginning(friday) <= ends_on:
        day = min(friday, ends_on)
        planned = next((number for begins, number in reversed(steps) if begins <= day), None)
        found.append(Heads(friday, sum(one.is_on(day) for one in stays), planned))
        friday += WEEK
    return found
