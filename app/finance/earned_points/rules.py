"""What cases count in earned value, and what their milestones earn.

Weights and credits are percentages, so that a part is a ten-thousandth of a point.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date

from app.cases.states import CLEARED, CaseState
from app.kernel.clock import AssessmentType
from app.kernel.days import week_ending
from app.kernel.errors import Invalid
from app.kernel.labels import Labelled

POINT = 10_000


class Step(Labelled):
    """What changes the points of a lot: cases that come and go, and milestones."""

    ENTERED = "entered", "Came in"
    REMOVED = "removed", "Taken out"
    ASSESSED = "assessed", "Assessment authorised"
    AGREED = "agreed", "Plan agreed"
    CLEARED = "cleared", "Closed or handed over"
    SCREENED = "screened", "Screened and handed back"
    REVERSED = "reversed", "Earned before and lost again"


MILESTONES = (Step.ASSESSED, Step.AGREED, Step.CLEARED, Step.SCREENED)


@dataclass(frozen=True)
class Terms:
    """What cases weigh and milestones earn, each in per cent; number 0 holds until one is agreed.

    A case earns the whole of its weight when it is cleared. `protection` is added to the weight of
    a child who is under child protection when the case comes. The weeks are those that the plan has
    from a milestone to the case's end, so that plan and work count alike.
    """

    child_and_family: int = 100
    initial: int = 60
    core: int = 100
    protection: int = 50
    assessed: int = 40
    agreed: int = 70
    screened: int = 20
    assessed_weeks: int = 4
    agreed_weeks: int = 2
    number: int = 0


STANDARD = Terms()
LABELS = {
    "child_and_family": "Child and family assessment, %",
    "initial": "Initial assessment, %",
    "core": "Core assessment, %",
    "protection": "More for a child under child protection, %",
    "assessed": "Assessment authorised, %",
    "agreed": "Plan agreed, %",
    "screened": "Screened and handed back, %",
    "assessed_weeks": "Planned weeks from an authorised assessment to the end",
    "agreed_weeks": "Planned weeks from an agreed plan to the end",
}
LIMITS = {
    **dict.fromkeys(("child_and_family", "initial", "core"), (1, 500)),
    "protection": (0, 500),
    **dict.fromkeys(("assessed", "agreed", "screened"), (0, 100)),
    **dict.fromkeys(("assessed_weeks", "agreed_weeks"), (0, 26)),
}


@dataclass(frozen=True)
class Move:
    """One move of a case."""

    on: date
    after: CaseState
    stays: bool = False


@dataclass(frozen=True)
class Amounts:
    """What one step came to: parts earned, and the weight, number and days of waiting of cases.

    `days` are those between referral and arrival, by which early and late picks can be told apart.
    """

    earned: int = 0
    weight: int = 0
    cases: int = 0
    days: int = 0

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(
            self.earned + other.earned,
            self.weight + other.weight,
            self.cases + other.cases,
            self.days + other.days,
        )

    def __neg__(self) -> "Amounts":
        return Amounts(-self.earned, -self.weight, -self.cases, -self.days)


NOTHING = Amounts()
Cells = Mapping[tuple[date, Step, bool], Amounts]
"""By week and step, and whether the case had been handed back before and was sent again."""


@dataclass(frozen=True)
class Week:
    """One step of one lot's week; `original` tells the opening list from later work."""

    lot_id: int
    friday: date
    original: bool
    step: Step
    amounts: Amounts


@dataclass(frozen=True)
class Weighed:
    """A case as it was weighed when it came."""

    weight: int
    days: int


def weigh(kind: AssessmentType, terms: Terms, *, protection: bool) -> int:
    """A case's weight in parts."""
    weights = {
        AssessmentType.CHILD_AND_FAMILY: terms.child_and_family,
        AssessmentType.INITIAL: terms.initial,
        AssessmentType.CORE: terms.core,
    }
    return (weights[kind] + (terms.protection if protection else 0)) * 100


def check_terms(terms: Terms) -> None:
    """Raise Invalid, on the figure at fault, for terms that cannot be meant."""
    for name, (lowest, highest) in LIMITS.items():
        if not lowest <= getattr(terms, name) <= highest:
            raise Invalid(name, f"This is between {lowest} and {highest}.")
    if terms.agreed < terms.assessed:
        raise Invalid("agreed", "A plan agreed earns no less than an assessment authorised.")
    if terms.agreed_weeks > terms.assessed_weeks:
        raise Invalid("agreed_weeks", "A plan is agreed after its assessment, so nearer the end.")


def figures(terms: Terms) -> dict[str, int]:
    """Every figure but the number, by name."""
    return {one.name: getattr(terms, one.name) for one in fields(Terms) if one.name != "number"}


def shown(terms: Terms) -> dict[str, str]:
    """Every figure under its name, in words."""
    return {LABELS[name]: str(value) for name, value in figures(terms).items()}


def terms_on(versions: Sequence[tuple[date, Terms]]) -> Callable[[date], Terms]:
    """What held on a day; `versions` are those agreed with their first day, oldest first."""
    days = [day for day, _ in versions]
    every = [STANDARD, *(terms for _, terms in versions)]
    return lambda day: every[bisect_right(days, day)]


def replay(case: Weighed, moves: Iterable[Move], terms: Callable[[date], Terms]) -> Cells:
    """What a case's moves, in their order, add to the weeks of its lot.

    It comes in with its first move. One that was handed back comes in once more when it is sent
    again; one that was withdrawn only takes back that it was taken out. An agreed plan earns only
    where an assessment was authorised. A handed-back case keeps what screening earns.
    """
    cells: dict[tuple[date, Step, bool], Amounts] = {}
    whole = Amounts(0, case.weight, 1, case.days)
    held, inside, cleared, again = 0, False, False, False
    left: CaseState | None = None
    for move in moves:
        found: list[tuple[Step, Amounts]] = []
        if not inside:
            withdrawn = left is CaseState.WITHDRAWN
            found.append((Step.REMOVED, -whole) if withdrawn else (Step.ENTERED, whole))
            held, again = 0, again or left is CaseState.HANDED_BACK
        want = held if move.stays else _credit(case.weight, held, move.after, terms(move.on))
        found += _earned(move.after, held, want)
        if (move.after in CLEARED) is not cleared:
            cleared = not cleared
            found.append((Step.CLEARED, whole if cleared else -whole))
        inside, held = move.after not in _GONE, want
        if not inside:
            left = move.after
            found.append((Step.REMOVED, Amounts(0, case.weight - held, 1, case.days)))
        for step, amounts in found:
            place = week_ending(move.on), step, again
            cells[place] = cells.get(place, NOTHING) + amounts
    return cells


def _earned(after: CaseState, held: int, want: int) -> list[tuple[Step, Amounts]]:
    """What is earned, or lost again, on the way to a state."""
    if want < held:
        return [(Step.REVERSED, Amounts(want - held, 0, 1))]
    return [(_STEPS[after], Amounts(want - held))] if want > held else []


_GONE = frozenset({CaseState.HANDED_BACK, CaseState.WITHDRAWN})
_STEPS = {
    CaseState.AUTHORISED: Step.ASSESSED,
    CaseState.AGREED: Step.AGREED,
    CaseState.HANDED_OVER: Step.CLEARED,
    CaseState.CLOSED: Step.CLEARED,
    CaseState.HANDED_BACK: Step.SCREENED,
}


def _credit(weight: int, held: int, after: CaseState, terms: Terms) -> int:
    """The parts that a case of a weight holds in a state, when it held so many before."""
    if after in CLEARED:
        return weight
    if after is CaseState.AUTHORISED:
        return weight * terms.assessed // 100
    if after is CaseState.PROPOSED:
        return min(held, weight * terms.assessed // 100)
    if after is CaseState.AGREED:
        return weight * terms.agreed // 100 if held else 0
    if after is CaseState.HANDED_BACK:
        return weight * terms.screened // 100
    return 0


def difference(before: Cells, after: Cells) -> dict[tuple[date, Step, bool], Amounts]:
    """What must be added to some cells so that they hold others."""
    changes = {}
    for place in before.keys() | after.keys():
        change = after.get(place, NOTHING) + -before.get(place, NOTHING)
        if change != NOTHING:
            changes[place] = change
    return changes
