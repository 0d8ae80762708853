"""Whose turn a case is, what is late, and which children are to be visited soon."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from app.cases.holds.rules import Running
from app.cases.states import CaseState
from app.kernel.labels import Labelled


class Turn(Labelled):
    """The parts of one list of tasks, the most pressing first."""

    OVERDUE = "overdue", "Overdue"
    DUE = "due", "Due within five working days"
    MINE = "mine", "Waiting for you"
    OTHERS = "others", "Waiting for others"


WITH_OTHERS = {
    CaseState.SUBMITTED: "the team manager’s authorisation",
    CaseState.PROPOSED: "the District Manager’s decision",
}


@dataclass(frozen=True)
class Task:
    """One case of the practitioner's; `see_by` is the last day for the next visit.

    `in_enquiry` tells that a section 47 enquiry runs, which is theirs to finish.
    """

    case_id: int
    reference: str
    state: CaseState
    open_flags: int
    due_on: date | None
    seen_on: date | None
    see_by: date
    is_primary: bool
    held: Running | None
    in_enquiry: bool = False

    @property
    def waits_for(self) -> str:
        """Whom the case waits for, in words; empty where it is the practitioner's turn."""
        if self.in_enquiry:
            return ""
        if self.held is not None:
            return f"{self.held.reason.words}, back on its day"
        return WITH_OTHERS.get(self.state, "")

    def is_late(self, today: date) -> bool:
        """Whether the assessment's clock has run out, whoever the case waits for."""
        return self.state.clock_runs and self.due_on is not None and self.due_on < today


def turn_of(task: Task, today: date, soon: date) -> Turn:
    """Where in the list a case stands; `soon` is the last day that counts as due."""
    if task.waits_for:
        return Turn.OTHERS
    if task.is_late(today):
        return Turn.OVERDUE
    due = task.state.clock_runs and task.due_on is not None and task.due_on <= soon
    return Turn.DUE if due else Turn.MINE


def sorted_out(tasks: Iterable[Task], today: date, soon: date) -> dict[Turn, list[Task]]:
    """Every task under its turn, in the order given; turns without any are left out."""
    found: dict[Turn, list[Task]] = {turn: [] for turn in Turn}
    for task in tasks:
        found[turn_of(task, today, soon)].append(task)
    return {turn: rows for turn, rows in found.items() if rows}


def visits_due(tasks: Iterable[Task], soon: date) -> list[Task]:
    """The children to be seen by a day, the longest due first; a held case's child too."""
    return sorted((task for task in tasks if task.see_by <= soon), key=lambda task: task.see_by)
