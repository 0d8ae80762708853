"""Small numbers: hides 1 to 5 in a table, and what else would give them away."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

SMALLEST_SHOWN = 6
Cell = tuple[int, int]


@dataclass(frozen=True)
class Hidden:
    """A table whose small numbers are None, and so is each that would give one of them away."""

    rows: tuple[tuple[int | None, ...], ...]
    column_totals: tuple[int | None, ...]


def suppress(rows: Sequence[Sequence[int]]) -> Hidden:
    """Hide 1 to 5, and as little more as keeps every hidden number from being worked out.

    Each row's total is known to all; column totals are shown or hidden with the rest. Needs two
    columns at least, for one alone is its row's total.
    """
    if any(len(row) < 2 for row in rows) or len({len(row) for row in rows}) > 1:
        raise ValueError("A breakdown has the same columns in each row, and at least two.")
    if not rows:
        return Hidden((), ())
    table = _Flows(rows)
    for cell in table.small():
        table.protect(cell)
    return table.hidden()


class _Flows:
    """The table as a flow: rows send their fixed totals through columns into the column totals.

    Everything hidden lies on a cycle of hidden numbers along which all may change by one, those
    in its direction up and the others, which are not zero, down: so each has a second value that
    fits with all that is shown.
    """

    def __init__(self, rows: Sequence[Sequence[int]]) -> None:
        self.height, self.width = len(rows), len(rows[0])
        totals = [sum(column) for column in zip(*rows, strict=True)]
        self.counts: dict[Cell, int] = {
            (i, j): count for i, row in enumerate([*rows, totals]) for j, count in enumerate(row)
        }
        self.suppressed: set[Cell] = set()

    def small(self) -> list[Cell]:
        return [cell for cell, count in self.counts.items() if 0 < count < SMALLEST_SHOWN]

    def protect(self, cell: Cell) -> None:
        """Hide a number and the cycle through it that hides the least besides."""
        self.suppressed |= {cell, *self._detour(cell)}

    def hidden(self) -> Hidden:
        lines = [
            tuple(None if (i, j) in self.suppressed else self.counts[i, j] for j in self._columns)
            for i in range(self.height + 1)
        ]
        return Hidden(tuple(lines[:-1]), lines[-1])

    @property
    def _columns(self) -> range:
        return range(self.width)

    def _detour(self, avoided: Cell) -> list[Cell]:
        """The cells of the cheapest way from where a cell's flow comes from to where it goes."""
        start, end = self._ends(avoided)
        costs: dict[int, int] = {start: 0}
        came: dict[int, tuple[int, Cell]] = {}
        waiting = deque([start])
        while waiting:
            node = waiting.popleft()
            for cell, target in self._steps(node):
                cost = costs[node] + self._cost(cell)
                if cell != avoided and cost < costs.get(target, cost + 1):
                    costs[target], came[target] = cost, (node, cell)
                    waiting.append(target)
        way, node = [], end
        while node != start:
            node, cell = came[node]
            way.append(cell)
        return way

    def _cost(self, cell: Cell) -> int:
        return 0 if cell in self.suppressed else self.counts[cell] + 1

    def _ends(self, cell: Cell) -> tuple[int, int]:
        """Rows are the nodes from 0, then the columns; the column totals flow into the last."""
        row, column = cell
        place = self.height + column
        return (row, place) if row < self.height else (place, self.height + self.width)

    def _steps(self, node: int) -> list[tuple[Cell, int]]:
        found = []
        for cell, count in self.counts.items():
            start, end = self._ends(cell)
            if node == start:
                found.append((cell, end))
            elif node == end and count:
                found.append((cell, start))
        return found
