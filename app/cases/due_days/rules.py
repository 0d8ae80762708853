"""What a change of the calendar must say, and what a contract's clocks may be."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from app.contract.rules import CalendarAct
from app.kernel.calendar import Counting
from app.kernel.clock import AssessmentType, ClockRule, StartEvent
from app.kernel.errors import Invalid


@dataclass(frozen=True)
class CalendarWish:
    """One change: how clocks count from now on, or a day off more or less."""

    act: CalendarAct
    reason: str
    counting: Counting | None = None
    day: date | None = None


def check_wish(wish: CalendarWish) -> None:
    """Raise Invalid, on the field at fault, for a change that does not say what it changes."""
    counts = wish.act is CalendarAct.COUNTING
    if counts and wish.counting is None:
        raise Invalid("counting", "Choose how working days are counted.")
    if counts and wish.day is not None:
        raise Invalid("day", "Leave the day empty: only the way of counting changes.")
    if not counts and wish.day is None:
        raise Invalid("day", "Enter the day.")
    if not counts and wish.counting is not None:
        raise Invalid("counting", "Leave this as it is: only a day changes.")


@dataclass(frozen=True)
class Clocks:
    """How long what may take in a contract, in working days, and what starts each clock.

    A kind of assessment that the contract does not know has neither days nor a start.
    """

    single_days: int
    single_start: StartEvent
    initial_days: int | None
    initial_start: StartEvent | None
    core_days: int | None
    core_start: StartEvent | None
    conference_days: int
    seen_days: int
    decide_days: int
    chase_most: int

    @property
    def rules(self) -> tuple[ClockRule, ...]:
        """The clock of each kind that the contract knows."""
        found = [
            (kind, getattr(self, f"{name}_start"), getattr(self, f"{name}_days"))
            for name, kind in KINDS.items()
        ]
        return tuple(ClockRule(kind, start, days) for kind, start, days in found if start and days)


KINDS = {
    "single": AssessmentType.CHILD_AND_FAMILY,
    "initial": AssessmentType.INITIAL,
    "core": AssessmentType.CORE,
}
# What may start an assessment's clock.
STARTS = tuple(one for one in StartEvent if one is not StartEvent.STRATEGY_DISCUSSION)
# The least and the most that each number may be, under the name of its field.
LIMITS = {
    "single_days": (5, 90),
    "initial_days": (1, 30),
    "core_days": (5, 90),
    "conference_days": (1, 40),
    "seen_days": (1, 60),
    "decide_days": (1, 30),
    "chase_most": (0, 10),
}
LABELS = {
    "single_days": "Single assessment, working days",
    "single_start": "Single assessment starts with",
    "initial_days": "Initial assessment, working days",
    "initial_start": "Initial assessment starts with",
    "core_days": "Core assessment, working days",
    "core_start": "Core assessment starts with",
    "conference_days": "Initial child protection conference, working days",
    "seen_days": "Child seen before an ending, working days",
    "decide_days": "The council’s decision, working days",
    "chase_most": "Times that a decision is chased",
}


def check_clocks(clocks: Clocks, known: Collection[AssessmentType]) -> None:
    """Raise Invalid, on the field at fault, for clocks that cannot be meant.

    `known` are the kinds of assessment that the contract has clocks for, which it keeps.
    """
    for name, (least, most) in LIMITS.items():
        number = getattr(clocks, name)
        if number is not None and not least <= number <= most:
            raise Invalid(name, f"Write a number from {least} to {most}.")
    for name, kind in KINDS.items():
        days, start = getattr(clocks, f"{name}_days"), getattr(clocks, f"{name}_start")
        if (days is None) is not (start is None):
            lacking = f"{name}_days" if days is None else f"{name}_start"
            raise Invalid(lacking, "Say both how many working days and what starts them.")
        if days is None and kind in known:
            raise Invalid(f"{name}_days", "Cases of this kind may be open: it keeps its clock.")
        if start not in (None, *STARTS):
            raise Invalid(f"{name}_start", "Choose what starts the clock from the list.")


def shown(clocks: Clocks) -> dict[str, str]:
    """Everything that is agreed of the clocks under its name, in words."""
    return {LABELS[name]: _words(getattr(clocks, name)) for name in LABELS}


def differences(before: Clocks, after: Clocks) -> list[tuple[str, str, str]]:
    """What one version says otherwise than another: the name, before and after."""
    old, new = shown(before), shown(after)
    return [(name, old[name], new[name]) for name in old if old[name] != new[name]]


def moved(before: Clocks, after: Clocks) -> frozenset[AssessmentType]:
    """The kinds whose clock starts with something else."""
    starts = {
        kind: (getattr(before, f"{name}_start"), getattr(after, f"{name}_start"))
        for name, kind in KINDS.items()
    }
    return frozenset(kind for kind, (was, now) in starts.items() if was not in (None, now))


def started_on(
    event: StartEvent, happened: Mapping[StartEvent, date | None], reopened_on: date | None
) -> date | None:
    """When a clock that starts with an event began; a reopened case counts from then on.

    None while the event has not happened: the clock starts with it.
    """
    return reopened_on or happened.get(event)


def _words(value: int | StartEvent | None) -> str:
    if value is None:
        return "Not used"
    return value.words.capitalize() if isinstance(value, StartEvent) else str(value)
