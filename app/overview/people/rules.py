"""How work is spread over workers: the range, the middle and the heaviest, never a mean alone."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Spread:
    """The least, median, mean, 90th percentile and most of some whole numbers, and their Gini.

    The Gini coefficient is 0.00 where all are alike and nears 1 where one has everything.
    """

    least: int
    median: str
    mean: str
    ninetieth: int
    most: int
    gini: str


def spread(numbers: Sequence[int]) -> Spread | None:
    """How numbers are spread; percentiles are the nearest rank. None where there are none."""
    if not numbers:
        return None
    ordered = sorted(numbers)
    rank = -(-len(ordered) * 90 // 100)
    return Spread(
        ordered[0],
        _median(ordered),
        _mean(ordered),
        ordered[rank - 1],
        ordered[-1],
        _gini(ordered),
    )


def share(points: int, available: int) -> int | None:
    """Points carried as a percentage of those that can be, rounded; None where none can."""
    return None if available <= 0 else (points * 200 + available) // (2 * available)


def _mean(numbers: Sequence[int]) -> str:
    """To one place, halves up."""
    tenths = (sum(numbers) * 20 + len(numbers)) // (2 * len(numbers))
    return f"{tenths // 10}.{tenths % 10}"


def _gini(ordered: Sequence[int]) -> str:
    """To two places, halves up, from numbers of which none is below 0."""
    number, total = len(ordered), sum(ordered)
    if not total:
        return "0.00"
    weighed = sum((2 * place - number - 1) * one for place, one in enumerate(ordered, start=1))
    hundredths = (200 * weighed + number * total) // (2 * number * total)
    return f"{hundredths // 100}.{hundredths % 100:02}"


def _median(ordered: Sequence[int]) -> str:
    upper = len(ordered) // 2
    if len(ordered) % 2:
        return str(ordered[upper])
    doubled = ordered[upper - 1] + ordered[upper]
    return f"{doubled // 2}.5" if doubled % 2 else str(doubled // 2)
