"""The steps an exit strategy begins with, when a gate may be passed, and what is not ready."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused

RESIDUAL_WEEKS = 8
MOST_STEPS = 100


@dataclass(frozen=True)
class StepTerms:
    """What a step is, when it is due and who answers for it on either side."""

    number: int
    title: str
    gate: bool
    due_on: date
    agency_owner: str
    council_owner: str


@dataclass(frozen=True)
class StepState:
    """A step as it stands."""

    number: int
    title: str
    gate: bool
    due_on: date
    agency_owner: str
    council_owner: str
    done_on: date | None


# Title, whether it is a gate, weeks after the start (positive) or before the end (negative).
_DEFAULT = (
    ("Exit strategy agreed by both sides", True, 4),
    ("Receiving teams and their weekly intake confirmed for each lot", False, 6),
    ("Handover rules agreed: chronology, visit, plan, family told", False, 6),
    ("First review of the exit strategy", False, 13),
    ("Receiving team named for each open case", True, -RESIDUAL_WEEKS),
    ("Visits and reviews due in the last fortnight taken over by the council", False, -6),
    ("Plan for each practitioner after the contract", False, -6),
    ("No new case to the agency", True, -4),
    ("Open safeguarding flags, delays and audit actions handed to the council", False, -2),
    ("Last case handed over or closed", True, 0),
    ("Access to the council's systems ended", False, 0),
    ("Data returned and deleted, with a certificate", True, 4),
    ("Final report against aims, time and budget", False, 6),
    ("Re-referrals of cleared cases looked at after 90 days", False, 13),
)
_AFTER_END = 10


def default_steps(starts_on: date, ends_on: date) -> tuple[StepTerms, ...]:
    """The steps of a new contract, each on a weekday, those before the end never past it."""
    steps = []
    for number, (title, gate, weeks) in enumerate(_DEFAULT, start=1):
        if number >= _AFTER_END or weeks < 0:
            due = ends_on + timedelta(weeks=weeks)
        else:
            due = starts_on + timedelta(weeks=weeks)
        if number < _AFTER_END:
            due = min(max(due, starts_on), ends_on)
        steps.append(
            StepTerms(number, title, gate, _weekday(due), "Project manager", "Head of service")
        )
    return tuple(steps)


def check_step(terms: StepTerms, taken: Sequence[int]) -> None:
    """Raise Invalid, on the field at fault, for a step that cannot stand beside the others."""
    if not 1 <= terms.number <= MOST_STEPS:
        raise Invalid("number", f"Steps are numbered from 1 to {MOST_STEPS}.")
    if terms.number in taken:
        raise Invalid("number", f"There is already a step {terms.number}.")


def check_done(step: StepState, steps: Sequence[StepState]) -> None:
    """Refused for a gate while a step before it is not done."""
    waiting = [one.number for one in steps if one.number < step.number and one.done_on is None]
    if step.gate and waiting:
        listed = ", ".join(map(str, waiting))
        raise Refused(
            f"This gate is passed only when each step before it is done; not yet: {listed}."
        )


def check_undone(step: StepState, steps: Sequence[StepState]) -> None:
    """Refused for a step before a gate that has been passed."""
    passed = [one.number for one in steps if one.gate and one.number > step.number and one.done_on]
    if passed:
        raise Refused(f"Gate {min(passed)} has been passed on the strength of this step.")


def not_ready(
    steps: Sequence[StepState],
    *,
    open_cases: int,
    without_plan: int,
    ends_on: date,
    today: date,
) -> list[str]:
    """What stands in the way of an orderly exit, in words; empty when nothing does."""
    found = []
    if not steps:
        found.append("There is no exit strategy yet.")
    late = [one for one in steps if one.done_on is None and one.due_on < today]
    for one in late:
        kind = "Gate" if one.gate else "Step"
        found.append(f"{kind} {one.number} was due on {show_date(one.due_on)}: {one.title}.")
    ownerless = [one.number for one in steps if not (one.agency_owner and one.council_owner)]
    if ownerless:
        listed = ", ".join(map(str, ownerless))
        found.append(f"Not owned by both sides: {listed}.")
    if without_plan and today >= ends_on - timedelta(weeks=RESIDUAL_WEEKS):
        found.append(
            f"{without_plan:,} of {open_cases:,} open cases have no outcome plan yet,"
            f" and the contract ends on {show_date(ends_on)}."
        )
    if open_cases and today > ends_on:
        found.append(f"The contract has ended with {open_cases:,} cases open.")
    return found


def _weekday(day: date) -> date:
    """The day itself, or the Friday before a weekend."""
    return day - timedelta(days=max(0, day.weekday() - 4))
