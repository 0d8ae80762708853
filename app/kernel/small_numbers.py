"""Small numbers: hides 1 to 5 in tables, and what else would give them away."""

from collections import defaultdict, deque
from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

SMALLEST_SHOWN = 6
Key = TypeVar("Key", bound=Hashable)


@dataclass(frozen=True)
class Hidden:
    """A table whose small numbers are None, and so is each that would give one of them away."""

    rows: tuple[tuple[int | None, ...], ...]
    column_totals: tuple[int | None, ...]


@dataclass(frozen=True)
class Arc:
    """A number as a flow: what enters a node also leaves it, as parts add up to their total.

    Tables that share a margin share its arc. One that is `fixed` is known to all and never hidden.
    """

    start: Hashable
    end: Hashable
    count: int
    fixed: bool = False


class TooFew(ValueError):
    """A small number cannot be hidden, for nothing beside it may be."""


def is_small(count: int) -> bool:
    return 0 < count < SMALLEST_SHOWN


def suppress(rows: Sequence[Sequence[int]]) -> Hidden:
    """Hide 1 to 5, and as little more as keeps every hidden number from being worked out.

    Each row's total is known to all; column totals are shown or hidden with the rest. Needs two
    columns at least, for one alone is its row's total.
    """
    if any(len(row) < 2 for row in rows) or len({len(row) for row in rows}) > 1:
        raise ValueError("A breakdown has the same columns in each row, and at least two.")
    if not rows:
        return Hidden((), ())
    hidden = hidden_among(table_arcs(rows))
    lines = [
        tuple(None if (i, j) in hidden else count for j, count in enumerate(row))
        for i, row in enumerate([*rows, column_totals(rows)])
    ]
    return Hidden(tuple(lines[:-1]), lines[-1])


def suppress_together(
    rows: Sequence[Sequence[int]], others: Sequence[Sequence[int]]
) -> tuple[Hidden, Hidden]:
    """The same for two tables of the same things by the same columns, whose totals they share."""
    if column_totals(rows) != column_totals(others):
        raise ValueError("Two breakdowns of the same things have the same column totals.")
    arcs: dict[tuple[str, int, int], Arc] = {}
    for i, row in enumerate(rows):
        arcs["one", i, -1] = Arc("all", ("one", i), sum(row), fixed=True)
        arcs |= {("one", i, j): Arc(("one", i), ("in", j), n) for j, n in enumerate(row)}
    totals = column_totals(rows)
    arcs |= {("all", 0, j): Arc(("in", j), ("out", j), n) for j, n in enumerate(totals)}
    for i, row in enumerate(others):
        arcs |= {("other", i, j): Arc(("out", j), ("other", i), n) for j, n in enumerate(row)}
        arcs["other", i, -1] = Arc(("other", i), "all", sum(row), fixed=True)
    hidden = hidden_among(arcs)
    shown = [
        [
            tuple(None if (name, i, j) in hidden else n for j, n in enumerate(row))
            for i, row in enumerate(lines)
        ]
        for name, lines in (("one", rows), ("other", others), ("all", [totals]))
    ]
    margin = shown[2][0] if totals else ()
    return Hidden(tuple(shown[0]), margin), Hidden(tuple(shown[1]), margin)


def table_arcs(rows: Sequence[Sequence[int]]) -> dict[tuple[int, int], Arc]:
    """A table of known row totals as arcs by place; its column totals are the last row."""
    height = len(rows)
    arcs: dict[tuple[int, int], Arc] = {
        (i, -1): Arc("all", i, sum(row), fixed=True) for i, row in enumerate(rows)
    }
    for i, row in enumerate(rows):
        arcs |= {(i, j): Arc(i, (j,), count) for j, count in enumerate(row)}
    totals = enumerate(column_totals(rows))
    return arcs | {(height, j): Arc((j,), "all", count) for j, count in totals}


def column_totals(rows: Sequence[Sequence[int]]) -> tuple[int, ...]:
    return tuple(sum(column) for column in zip(*rows, strict=True))


def hidden_among(arcs: Mapping[Key, Arc]) -> set[Key]:
    """Which numbers of a network to hide: the small ones and the least besides.

    Everything hidden lies on a cycle of hidden numbers along which all may change by one, those
    in its direction up and the others, which are not zero, down: so each has a second value that
    fits with all that is shown. TooFew where a small number lies on no such cycle.
    """
    network = _Network(arcs)
    for key, arc in arcs.items():
        if not arc.fixed and is_small(arc.count):
            network.protect(key)
    return network.hidden


class _Network(Generic[Key]):
    """Arcs by their names, with those hidden so far."""

    def __init__(self, arcs: Mapping[Key, Arc]) -> None:
        self.arcs = arcs
        self.hidden: set[Key] = set()
        self.leaving: dict[Hashable, list[tuple[Key, Hashable]]] = defaultdict(list)
        balance: dict[Hashable, int] = defaultdict(int)
        for key, arc in arcs.items():
            balance[arc.start] -= arc.count
            balance[arc.end] += arc.count
            if not arc.fixed:
                self.leaving[arc.start].append((key, arc.end))
                if arc.count:
                    self.leaving[arc.end].append((key, arc.start))
        if any(balance.values()):
            raise ValueError("The parts do not add up to their totals.")

    def protect(self, key: Key) -> None:
        """Hide a number and the cycle through it that hides the least besides."""
        self.hidden |= {key, *self._detour(key)}

    def _detour(self, avoided: Key) -> Iterator[Key]:
        """The arcs of the cheapest way from where an arc's flow comes from to where it goes."""
        start, end = self.arcs[avoided].start, self.arcs[avoided].end
        costs: dict[Hashable, int] = {start: 0}
        came: dict[Hashable, tuple[Hashable, Key]] = {}
        waiting = deque([start])
        while waiting:
            node = waiting.popleft()
            for key, target in self.leaving[node]:
                cost = costs[node] + self._cost(key)
                if key != avoided and cost < costs.get(target, cost + 1):
                    costs[target], came[target] = cost, (node, key)
                    waiting.append(target)
        if end not in came:
            raise TooFew("Nothing can be hidden beside a small number.")
        node = end
        while node != start:
            node, key = came[node]
            yield key

    def _cost(self, key: Key) -> int:
        return 0 if key in self.hidden else self.arcs[key].count + 1
