"""How a period of a service level is judged, what a failure costs, and how it is put right."""

import calendar
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled
from app.kernel.money import Pence, share, show
from app.performance.service_levels.rules import Rag, Terms, rag
from app.planning.variation_charts import Direction

# The agency plans within so many days of the notice how it puts a failure right.
PLAN_WITHIN = timedelta(days=10)
# A plan is for a quarter of a year at most: what takes longer is a variation.
LONGEST_PLAN = timedelta(days=92)
PER_MILLE = 10
# One case of four more or less is a quarter: that is luck, and no failure.
LEAST_EVENTS = 5


class Result(Labelled):
    """What a period came to."""

    MET = "met", "Met"
    WITHIN = "within", "Within the tolerance"
    FAILED = "failed", "Failed"
    NOT_JUDGED = "not_judged", "Too little to judge"

    @property
    def tone(self) -> str:
        return {"met": "good", "within": "warn", "failed": "bad"}.get(self.value, "plain")


class PlanDecision(Labelled):
    """What the council says of a rectification plan."""

    ACCEPTED = "accepted", "Accepted"
    REJECTED = "rejected", "Rejected"


@dataclass(frozen=True)
class PlanTerms:
    """Why a service level failed, and who puts it right, how and until when."""

    cause: str
    steps: str
    owner: str
    due_on: date


@dataclass(frozen=True)
class CreditGiven:
    """An earlier failure of the same service level: its period's last day, and its credit."""

    ends_on: date
    pence: int


def result(
    terms: Terms, direction: Direction, value: float | None, events: int | None, ends_on: date
) -> Result:
    """What a value at a period's end comes to, against what was asked for on that day.

    `events` are those that it rests on, None for a plain count; of fewer than five nothing is said.
    """
    if events is not None and events < LEAST_EVENTS:
        return Result.NOT_JUDGED
    return {
        Rag.GREEN: Result.MET,
        Rag.AMBER: Result.WITHIN,
        Rag.RED: Result.FAILED,
        Rag.NONE: Result.NOT_JUDGED,
    }[rag(terms, direction, value, ends_on)]


def months_to_judge(terms: Terms, in_force_from: date, until: date) -> list[tuple[date, date]]:
    """The first and last days of the whole months that a service level is judged for.

    They lie within its period, and ended after both sides had signed and before the day `until`.
    """
    first = terms.starts_on.replace(day=1)
    if first < terms.starts_on:
        first = _last_of(first) + timedelta(days=1)
    months = []
    while (last := _last_of(first)) <= min(terms.ends_on, until - timedelta(days=1)):
        if last >= in_force_from:
            months.append((first, last))
        first = last + timedelta(days=1)
    return months


def credit(terms: Terms, given: Sequence[CreditGiven], ends_on: date) -> tuple[int, int]:
    """What a failure costs by itself and what of it is due under the cap, in pence.

    `given` are the credits, not waived, of the failures before it; those of the twelve months up
    to `ends_on` count towards the cap.
    """
    whole = terms.credit_pence or int(
        share(Pence(terms.charge_pence), terms.credit_per_mille * PER_MILLE)
    )
    spent = sum(one.pence for one in _lately(given, ends_on))
    return whole, max(min(whole, terms.cap_pence - spent), 0)


def repeat(given: Sequence[CreditGiven], ends_on: date) -> int:
    """Which failure this is of the twelve months up to its period's end; 1 is the first."""
    return len(_lately(given, ends_on)) + 1


def say_due(measure: str, ends_on: date, whole: int, due: int) -> str:
    """A credit in the words of an invoice's line."""
    said = f"{measure}: service level failed in the month to {show_date(ends_on)}"
    return f"{said}; {show(Pence(whole))}, limited by the cap" if due < whole else said


def check_plan(plan: PlanTerms, today: date) -> None:
    """Raise Invalid for a plan that is over already or takes too long."""
    if plan.due_on < today:
        raise Invalid("due_on", f"{show_date(plan.due_on)} is in the past.")
    if plan.due_on > today + LONGEST_PLAN:
        raise Invalid("due_on", "A plan puts it right within three months.")


def why_no_plan(last: PlanDecision | None, *, waiting: bool, late: bool, closed: bool) -> str:
    """Why no plan may follow, empty where one may; `last` is what was said of the last.

    One that was accepted holds until it is `late`: it did not put it right by its day.
    """
    if closed:
        return "This failure is closed."
    if waiting:
        return "The last plan waits for the council."
    if last is PlanDecision.ACCEPTED and not late:
        return "The council has accepted a plan: carry it out."
    return ""


def check_waits(*, waiting: bool) -> None:
    """Raise Refused without a plan that waits for the council."""
    if not waiting:
        raise Refused("No plan waits for a decision.")


def check_decision(*, waiting: bool, reason: str, decision: PlanDecision) -> None:
    """Raise Refused without a plan that waits, Invalid for a rejection without its reason."""
    check_waits(waiting=waiting)
    if decision is PlanDecision.REJECTED and not reason:
        raise Invalid("reason", "Say why the plan is rejected.")


def check_close(last: PlanDecision | None, *, closed: bool) -> None:
    """Refused unless the failure is open and its last plan was accepted."""
    if closed:
        raise Refused("This failure is closed already.")
    if last is not PlanDecision.ACCEPTED:
        raise Refused("A failure is closed once its plan was accepted and carried out.")


def check_waiver(*, waived: bool, pence: int) -> None:
    """Refused unless there is a credit, in pence, that was not waived yet."""
    if waived:
        raise Refused("This credit is waived already.")
    if not pence:
        raise Refused("There is no credit to waive.")


@dataclass(frozen=True)
class Course:
    """How far the putting right of a failure has come."""

    notified_on: date
    planned: bool
    decision: PlanDecision | None
    due_on: date | None
    closed: bool

    def standing(self, today: date) -> tuple[str, str]:
        """In words, with the tone of a tag."""
        if self.closed:
            return "Closed", "good"
        if not self.planned or self.decision is PlanDecision.REJECTED:
            due = self.notified_on + PLAN_WITHIN
            which = "New plan" if self.planned else "Plan"
            if today > due:
                return f"{which} late, due {show_date(due)}", "bad"
            return f"{which} due {show_date(due)}", "warn"
        if self.decision is None:
            return "Plan with the council", "note"
        if self.due_on is not None and self.is_late(today):
            return f"To be put right by {show_date(self.due_on)}, late", "bad"
        return "Plan accepted", "note"

    def is_late(self, today: date) -> bool:
        """Whether the day of a plan that was accepted is over, and the failure is not."""
        accepted = self.decision is PlanDecision.ACCEPTED and not self.closed
        return accepted and self.due_on is not None and today > self.due_on


def _lately(given: Sequence[CreditGiven], ends_on: date) -> list[CreditGiven]:
    since = _year_before(ends_on)
    return [one for one in given if since < one.ends_on < ends_on]


def _last_of(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def _year_before(day: date) -> date:
    """The same day a year before; the last of its month where that month is shorter."""
    first = day.replace(year=day.year - 1, day=1)
    return first.replace(day=min(day.day, _last_of(first).day))
