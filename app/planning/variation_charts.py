"""Charts of single values and moving ranges (XmR): limits, signals and what may be relied on."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import fmean
from typing import Literal

# Wheeler's constants for the mean of ranges of two.
SPREAD = 2.66
LARGEST_RANGE = 3.267
# So many values in a row on one side, or so many that only rise or only fall.
RUN = 7
# Below so many values the limits themselves are not sure.
ENOUGH = 13
# Times between rare events lean far to one side; to this power they lie evenly about their mean.
EVENED = 1 / 3.6

Rule = Literal["outside", "side", "trend", "third"]
Direction = Literal["higher", "lower", "neither"]
Verdict = Literal["pass", "fail", "inconsistent"]


@dataclass(frozen=True)
class Limits:
    """The mean of some values and the limits between which chance alone keeps them."""

    mean: float
    lower: float
    upper: float

    @property
    def third(self) -> float:
        """A third of the way from the mean to a limit."""
        return (self.upper - self.mean) / 3


@dataclass(frozen=True)
class Signal:
    """A value that chance alone seldom makes, by its place; `better` is None where neither is."""

    rule: Rule
    index: int
    better: bool | None


def xmr(
    values: Sequence[float], *, screen: bool = True, baseline: int | None = None
) -> Limits | None:
    """The limits of values in the order of time; None for fewer than two.

    Mean ± 2.66 × the mean moving range. `screen` leaves out ranges of 3.267 times their mean or
    more, once, so that a single leap does not hide itself. `baseline` takes only so many of the
    first values.
    """
    known = values[:baseline]
    if len(known) < 2:
        return None
    ranges = [abs(after - before) for before, after in pairwise(known)]
    mean_range = fmean(ranges)
    if screen:
        kept = [one for one in ranges if one < LARGEST_RANGE * mean_range]
        mean_range = fmean(kept) if kept else mean_range
    mean = fmean(known)
    return Limits(mean, mean - SPREAD * mean_range, mean + SPREAD * mean_range)


def signals(
    values: Sequence[float], limits: Limits, direction: Direction = "neither"
) -> tuple[Signal, ...]:
    """Every value that is part of a signal, in the order of time and of the rules.

    Outside a limit; seven or more on one side of the mean; seven or more that only rise or only
    fall, which a tie ends; two of three in a row in the outer third of one side.
    """
    found: dict[tuple[int, Rule], bool] = {}
    for upward in (True, False):
        signed = [one - limits.mean if upward else limits.mean - one for one in values]
        edge = 3 * limits.third
        steps = [True, *(after > before for before, after in pairwise(signed))]
        marked: dict[Rule, set[int]] = {
            "outside": {place for place, one in enumerate(signed) if one > edge},
            "side": _runs([one > 0 for one in signed]),
            "trend": _rising(steps),
            "third": _two_of_three([2 * limits.third < one for one in signed]),
        }
        found |= {(place, rule): upward for rule, places in marked.items() for place in places}
    return tuple(
        Signal(rule, place, None if direction == "neither" else upward == (direction == "higher"))
        for (place, rule), upward in sorted(found.items())
    )


def between(
    waits: Sequence[float], direction: Direction = "neither"
) -> tuple[Limits, tuple[Signal, ...]] | None:
    """The limits and signals of times between rare events; None for fewer than two.

    They are worked out of the times' powers of 1/3.6, as Nelson has it, and stand in times again.
    `direction` is where times are better.
    """
    even = [wait**EVENED for wait in waits]
    limits = xmr(even)
    if limits is None:
        return None
    found = signals(even, limits, direction)
    times = (max(one, 0.0) ** (1 / EVENED) for one in (limits.mean, limits.lower, limits.upper))
    return Limits(*times), found


def assurance(target: float, limits: Limits, direction: Direction) -> Verdict:
    """Whether what chance does with an unchanged process meets a target always, never or by luck.

    ValueError for a direction of which neither side is better.
    """
    if direction == "neither":
        raise ValueError("Without a better side no target is met or missed.")
    worst, best = (
        (limits.lower, limits.upper) if direction == "higher" else (-limits.upper, -limits.lower)
    )
    asked = target if direction == "higher" else -target
    return "pass" if worst >= asked else "fail" if best < asked else "inconsistent"


def _runs(marks: Sequence[bool]) -> set[int]:
    """The places of marks that stand seven or more in a row."""
    found: set[int] = set()
    begun = 0
    for place, mark in enumerate([*marks, False]):
        if not mark:
            found |= set(range(begun, place)) if place - begun >= RUN else set()
            begun = place + 1
    return found


def _rising(steps: Sequence[bool]) -> set[int]:
    """The places of seven or more values of which each is more than the one before it."""
    found: set[int] = set()
    begun = 0
    for place in range(1, len(steps) + 1):
        if place == len(steps) or not steps[place]:
            found |= set(range(begun, place)) if place - begun >= RUN else set()
            begun = place
    return found


def _two_of_three(far: Sequence[bool]) -> set[int]:
    """The places of far values that have another among the two before or after within three."""
    found: set[int] = set()
    for begun in range(len(far) - 2):
        places = [place for place in range(begun, begun + 3) if far[place]]
        found |= set(places) if len(places) > 1 else set()
    return found
