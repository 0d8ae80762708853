"""The steps an exit strategy begins with, when a step is done and how both sides pass a gate."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.access.roles import Organisation
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled

RESIDUAL_WEEKS = 8
MOST_STEPS = 100


class Workstream(Labelled):
    """Which part of leaving a step belongs to."""

    GOVERNANCE = "governance", "Governance"
    CASES = "cases", "Cases and receiving teams"
    PEOPLE = "people", "People"
    SYSTEMS = "systems", "Access and data"
    ACCOUNT = "account", "Final account"


@dataclass(frozen=True)
class StepTerms:
    """What a step is, when it is due and who answers for it on either side."""

    number: int
    title: str
    workstream: Workstream
    gate: bool
    due_on: date
    agency_owner: str
    council_owner: str


@dataclass(frozen=True)
class StepState(StepTerms):
    """A step as it stands."""

    done_on: date | None


W = Workstream
# Title, workstream, whether it is a gate, weeks after the start (positive) or before the end.
_DEFAULT = (
    ("Exit strategy agreed by both sides", W.GOVERNANCE, True, 4),
    ("Receiving teams and their weekly intake confirmed for each lot", W.CASES, False, 6),
    ("Handover rules agreed: chronology, visit, plan, family told", W.CASES, False, 6),
    ("First review of the exit strategy", W.GOVERNANCE, False, 13),
    ("Receiving team named for each open case", W.CASES, True, -RESIDUAL_WEEKS),
    ("Visits and reviews due in the last fortnight taken over by the council", W.CASES, False, -6),
    ("Plan for each practitioner after the contract", W.PEOPLE, False, -6),
    ("No new case to the agency", W.GOVERNANCE, True, -4),
    (
        "Open safeguarding flags, delays and audit actions handed to the council",
        W.CASES,
        False,
        -2,
    ),
    ("Last case handed over or closed", W.CASES, True, 0),
    ("Access to the council’s systems ended", W.SYSTEMS, False, 0),
    ("Data returned and deleted, with a certificate", W.SYSTEMS, True, 4),
    ("Final report against aims, time and budget", W.ACCOUNT, False, 6),
    ("Re-referrals of cleared cases looked at after 90 days", W.ACCOUNT, False, 13),
)
_AFTER_END = 10


def default_steps(starts_on: date, ends_on: date) -> tuple[StepTerms, ...]:
    """The steps of a new contract, each on a weekday, those before the end never past it."""
    steps = []
    for number, (title, workstream, gate, weeks) in enumerate(_DEFAULT, start=1):
        if number >= _AFTER_END or weeks < 0:
            due = ends_on + timedelta(weeks=weeks)
        else:
            due = starts_on + timedelta(weeks=weeks)
        if number < _AFTER_END:
            due = min(max(due, starts_on), ends_on)
        owners = "Project manager", "Head of service"
        steps.append(StepTerms(number, title, workstream, gate, _weekday(due), *owners))
    return tuple(steps)


def check_step(terms: StepTerms, taken: Sequence[int]) -> None:
    """Raise Invalid, on the field at fault, for a step that cannot stand beside the others."""
    if not 1 <= terms.number <= MOST_STEPS:
        raise Invalid("number", f"Steps are numbered from 1 to {MOST_STEPS}.")
    if terms.number in taken:
        raise Invalid("number", f"There is already a step {terms.number}.")


def check_done(step: StepState) -> None:
    """Refused for a gate, which nobody passes alone."""
    if step.gate:
        raise Refused("A gate is passed when both sides have agreed to it.")


def check_gate(
    step: StepState,
    steps: Sequence[StepState],
    signed: Collection[Organisation],
    side: Organisation,
) -> None:
    """Refused where a side cannot agree to a gate now."""
    if not step.gate:
        raise Refused("Only a gate is agreed by both sides; another step is marked done.")
    if side in signed:
        raise Refused(f"The {side.value} has already agreed to this gate.")
    waiting = [one.number for one in steps if one.number < step.number and one.done_on is None]
    if waiting:
        listed = ", ".join(map(str, waiting))
        raise Refused(
            f"This gate is passed only when each step before it is done; not yet: {listed}."
        )


def check_undone(step: StepState, steps: Sequence[StepState]) -> None:
    """Refused for a step before a gate that has been passed."""
    passed = [one.number for one in steps if one.gate and one.number > step.number and one.done_on]
    if passed:
        raise Refused(f"Gate {min(passed)} has been passed on the strength of this step.")


def check_own(signatures: int) -> None:
    """Refused for whoever would open a gate that their own side has not agreed to."""
    if not signatures:
        raise Refused("Your side has not agreed to this gate, and nobody takes back the other’s.")


def check_change(step: StepState) -> None:
    """Refused for a gate that has been passed, whose words stand under two signatures."""
    if step.gate and step.done_on:
        raise Refused("Both sides have agreed to this gate. Open it again before it is changed.")


def entries(terms: StepTerms) -> dict[str, str]:
    """A step under the names that its form gives to its answers."""
    return {
        "Number": str(terms.number),
        "Step": terms.title,
        "Workstream": terms.workstream.label,
        "Gate": "yes" if terms.gate else "",
        "Due on": show_date(terms.due_on),
        "Owner in the agency": terms.agency_owner,
        "Owner in the council": terms.council_owner,
    }


def _weekday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
