"""When a waiting child's review, visit and escalation fall due, and who answers for them."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.access.roles import Role
from app.cases.register.rules import Priority
from app.contract.rules import Waiting
from app.kernel.calendar import WorkingCalendar
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled

LEVELS = (Priority.URGENT, Priority.HIGH, Priority.MEDIUM, Priority.LOW)
LONGEST_PROMISE = timedelta(days=28)
WEEK = timedelta(weeks=1)


class RiskDecision(Labelled):
    """What a manager decides when they look at the risk of waiting."""

    MAY_WAIT = "may_wait", "Safe to wait until the next review"
    SEE_CHILD = "see_child", "Duty sees the child before the next review"
    ALLOCATE_FIRST = "allocate_first", "To be allocated before others"
    SAFEGUARD = "safeguard", "A safeguarding flag was raised at once"
    HAND_BACK = "hand_back", "Not for the project: to be handed back"


class Promise(Labelled):
    """The decision that ends an escalation, for as long as it holds."""

    ALLOCATED = "allocated", "It is allocated by that day"
    COVERED = "covered", "A named worker on duty covers it until that day"
    MORE_STAFF = "more_staff", "Another worker comes by that day"
    HANDED_BACK = "handed_back", "It is handed back by that day"
    ACCEPTED = "accepted", "The wait is accepted until that day"


class Rung(StrEnum):
    """The steps of the ladder, the lowest first."""

    label: str
    role: Role

    def __new__(cls, value: str, label: str, role: Role) -> "Rung":
        rung = str.__new__(cls, value)
        rung._value_ = value
        rung.label = label
        rung.role = role
        return rung

    TEAM_MANAGER = "team_manager", "Team manager", Role.TEAM_MANAGER
    DISTRICT_MANAGER = "district_manager", "District Manager", Role.DISTRICT_MANAGER
    HEAD_OF_SERVICE = "head_of_service", "Head of service", Role.COUNCIL_PROJECT_MANAGER

    @property
    def words(self) -> str:
        """The step within a sentence."""
        return self.label if self is Rung.DISTRICT_MANAGER else self.label.lower()

    @property
    def above(self) -> "Rung":
        """The next step up; the highest has none above itself."""
        rungs = list(Rung)
        return rungs[min(rungs.index(self) + 1, len(rungs) - 1)]


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


@dataclass(frozen=True)
class Answer:
    """The last decision on a wait: the step that gave it and the day until which it holds."""

    rung: Rung
    until: date


@dataclass(frozen=True)
class Standing:
    """Where on the ladder a wait stands: since when, and by when an answer is due."""

    rung: Rung
    reached_on: date
    answer_by: date
    is_late: bool


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
    """Where the wait stands today; None before its time and while a decision holds.

    An unanswered step gives way to the next once its working days are over. When a decision no
    longer holds and the child still waits, the ladder goes on above the step that gave it.
    """
    if last is None:
        rung, reached = Rung.TEAM_MANAGER, wait.unallocated_on + WEEK * terms.escalate_weeks
    else:
        rung, reached = last.rung.above, last.until + timedelta(days=1)
    if today < reached:
        return None
    answer_by = calendar.add(reached, terms.answer_days)
    while answer_by < today and rung is not rung.above:
        rung, reached = rung.above, answer_by + timedelta(days=1)
        answer_by = calendar.add(reached, terms.answer_days)
    return Standing(rung, reached, answer_by, answer_by < today)


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


def check_answerer(role: Role | None, rung: Rung) -> None:
    """Whoever the step names answers it, or somebody further up; nobody below."""
    rungs = list(Rung)
    if role not in {one.role for one in rungs[rungs.index(rung) :]}:
        raise Refused(f"This escalation is with the {rung.words}.")


def check_until(until: date, today: date) -> None:
    """A decision holds for a while, and not for longer than four weeks."""
    if until < today:
        raise Invalid("until", f"{show_date(until)} is in the past.")
    if until > today + LONGEST_PROMISE:
        raise Invalid(
            "until", f"A decision holds until {show_date(today + LONGEST_PROMISE)} at most."
        )
