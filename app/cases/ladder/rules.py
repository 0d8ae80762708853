"""The steps of the escalation ladder: whose each is, how long it lasts, and what ends it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from app.access.roles import Role
from app.kernel.calendar import WorkingCalendar
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled

LONGEST_PROMISE = timedelta(days=28)


class Promise(Labelled):
    """The decision that ends an escalation, for as long as it holds."""

    ALLOCATED = "allocated", "It is allocated by that day"
    COVERED = "covered", "A named worker on duty covers it until that day"
    MORE_STAFF = "more_staff", "Another worker comes by that day"
    UNBLOCKED = "unblocked", "What holds it up is resolved by that day"
    GO_ON = "go_on", "The case goes on without it by that day"
    HANDED_BACK = "handed_back", "It is handed back by that day"
    ACCEPTED = "accepted", "The wait is accepted until that day"


# What can be decided about a child without a worker, and about a delay.
OF_WAITS = (
    Promise.ALLOCATED,
    Promise.COVERED,
    Promise.MORE_STAFF,
    Promise.HANDED_BACK,
    Promise.ACCEPTED,
)
OF_DELAYS = (Promise.UNBLOCKED, Promise.GO_ON, Promise.HANDED_BACK, Promise.ACCEPTED)


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


def rung_of(role: Role | None) -> Rung | None:
    """The step that a role answers; None for those who stand on none."""
    return next((rung for rung in Rung if rung.role is role), None)


@dataclass(frozen=True)
class Answer:
    """The last decision on a matter: the step that gave it and the day until which it holds."""

    rung: Rung
    until: date


@dataclass(frozen=True)
class Standing:
    """Where on the ladder a matter stands: since when, and by when an answer is due."""

    rung: Rung
    reached_on: date
    answer_by: date
    is_late: bool


def standing(
    first: date, answer_days: int, calendar: WorkingCalendar, today: date, last: Answer | None
) -> Standing | None:
    """Where a matter stands today that comes to the lowest step on its `first` day.

    None before that day and while a decision holds. An unanswered step gives way to the next once
    its `answer_days` working days are over. When a decision no longer holds and the matter is
    still there, the ladder goes on above the step that gave it.
    """
    if last is None:
        rung, reached = Rung.TEAM_MANAGER, first
    else:
        rung, reached = last.rung.above, last.until + timedelta(days=1)
    if today < reached:
        return None
    answer_by = calendar.add(reached, answer_days)
    while answer_by < today and rung is not rung.above:
        rung, reached = rung.above, answer_by + timedelta(days=1)
        answer_by = calendar.add(reached, answer_days)
    return Standing(rung, reached, answer_by, answer_by < today)


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
