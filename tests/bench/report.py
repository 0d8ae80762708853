"""The figures as lines beside their floors, for a person or as JSON."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

from rich.console import Console
from rich.table import Table

from tests.bench.asking import Cost


@dataclass
class Line:
    """One operation by number of cases, and the most that is expected of it.

    Each cost stands beside that of its floor in the same round, as a machine works faster and
    slower from one second to the next. `ratio` is to that floor, `growth` from the smallest number
    of cases to the largest, and `p50` and `p95` are milliseconds at the largest.
    """

    name: str
    costs: dict[int, Cost] = field(default_factory=dict)
    floors: dict[int, Cost] = field(default_factory=dict)
    ratio: float | None = None
    growth: float | None = None
    p50: float | None = None
    p95: float | None = None

    def add(self, cases: int, cost: Cost) -> None:
        self.costs[cases] = self.costs.get(cases, Cost()) + cost

    def add_floor(self, cases: int, cost: Cost) -> None:
        self.floors[cases] = self.floors.get(cases, Cost()) + cost

    @property
    def times_floor(self) -> float | None:
        """Processor time over the floor's of the same round, at the largest number of cases."""
        return self._times_floor(max(self.costs))

    @property
    def grown(self) -> float | None:
        """Processor time at the largest number of cases over that at the smallest.

        Where there are floors, it is that beside their growth: the two were measured minutes apart,
        and a floor asks for as much of either.
        """
        least, most = min(self.costs), max(self.costs)
        if most == least:
            return None
        small, large = self._times_floor(least), self._times_floor(most)
        if small is None or large is None:
            return self.costs[most].cpu / self.costs[least].cpu
        return large / small

    def _times_floor(self, cases: int) -> float | None:
        if cases not in self.floors:
            return None
        rounds = zip(self.costs[cases].cpus, self.floors[cases].cpus, strict=True)
        return median(ours / bare for ours, bare in rounds)

    @property
    def expected(self) -> str:
        said = [f"≤ {self.ratio:g}× floor"] if self.ratio is not None else []
        said += [f"growth ≤ {self.growth:g}"] if self.growth is not None else []
        said += [f"p50 ≤ {self.p50:g} ms"] if self.p50 is not None else []
        said += [f"p95 ≤ {self.p95:g} ms"] if self.p95 is not None else []
        return ", ".join(said)

    @property
    def is_met(self) -> bool | None:
        """Whether it is as expected; None where nothing is."""
        largest = self.costs[max(self.costs)]
        pairs = [
            (self.times_floor, self.ratio),
            (self.grown, self.growth),
            (largest.p50, self.p50),
            (largest.p95, self.p95),
        ]
        judged = [it <= most for it, most in pairs if it is not None and most is not None]
        return all(judged) if judged else None

    def plain(self) -> dict[str, Any]:
        """The line for JSON, times in milliseconds."""
        return {
            "operation": self.name,
            "cases": {
                str(cases): {"p50": cost.p50, "p95": cost.p95, "cpu": cost.cpu}
                for cases, cost in self.costs.items()
            },
            "floor_cpu": {str(cases): cost.cpu for cases, cost in self.floors.items()},
            "ratio": self.times_floor,
            "growth": self.grown,
            "expected": self.expected,
            "met": self.is_met,
        }


def show(lines: Sequence[Line], memory: Mapping[int, Mapping[str, float]]) -> None:
    """Print the table: p50/p95 in milliseconds, then processor milliseconds for one request."""
    sizes = sorted({cases for line in lines for cases in line.costs})
    table = Table(title="Milliseconds: p50/p95, processor")
    table.add_column("Operation")
    for cases in sizes:
        table.add_column(f"{cases:,} cases", justify="right")
    for head in ("Floor", "Ratio", "Growth"):
        table.add_column(head, justify="right")
    table.add_column("Expected")
    table.add_column("")
    for line in lines:
        most = max(line.costs)
        table.add_row(
            line.name,
            *(cell(line.costs.get(cases)) for cases in sizes),
            f"{line.floors[most].cpu:.1f}" if most in line.floors else "",
            times(line.times_floor),
            times(line.grown),
            line.expected,
            {True: "ok", False: "over", None: ""}[line.is_met],
        )
    screen = Console(highlight=False)
    screen.print(table)
    for cases, figures in memory.items():
        said = ", ".join(f"{name} {mebibytes:.0f}" for name, mebibytes in figures.items())
        screen.print(f"Memory at {cases:,} cases, MiB: {said}")


def cell(cost: Cost | None) -> str:
    if cost is None:
        return ""
    return f"{cost.p50:,.1f}/{cost.p95:,.1f}  {cost.cpu:,.1f}"


def times(number: float | None) -> str:
    return "" if number is None else f"{number:.2f}×"
