"""How the ledger becomes a burn-down, weekly counts and tables that give no small number away."""

from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.cases.scope.rules import Change, Term
from app.kernel.days import week_ending

WEEK = timedelta(days=7)
SMALLEST_SHOWN = 6
PERIOD_WEEKS = 4
SCOPE = frozenset({Term.OPENING, Term.RECEIVED, Term.HANDED_BACK, Term.TRANSFERRED})
ARRIVING = frozenset({Term.RECEIVED, Term.REOPENED})


@dataclass(frozen=True)
class DayPoint:
    """Levels at the end of a day.

    `scope` is every case the contract ever brought, less those handed back; `reopened` are those
    of the open cases that had been cleared once before.
    """

    day: date
    open: int
    scope: int
    cleared: int
    reopened: int


@dataclass(frozen=True)
class Week:
    """What was cleared, and what was received or reopened, in the week ending that Friday."""

    ending: date
    cleared: int
    arrived: int


@dataclass(frozen=True)
class Reading:
    """One posting of a case that was reopened at some time."""

    case_id: int
    term: Term
    cases: int
    lot_id: int
    day: date


@dataclass(frozen=True)
class Hidden:
    """A table whose small numbers are None, and so is each that would give one of them away."""

    rows: tuple[tuple[int | None, ...], ...]
    column_totals: tuple[int | None, ...]


def reading_days(first: date, today: date) -> list[date]:
    """The first day, every Friday after it and today."""
    fridays = []
    friday = week_ending(first)
    while friday < today:
        fridays.append(friday)
        friday += WEEK
    return sorted({first, *fridays, today})


def burn_down(
    changes: Sequence[Change], reopened: Sequence[tuple[date, int]], today: date
) -> tuple[DayPoint, ...]:
    """Levels on each reading day; `reopened` are dated changes in cases open once more."""
    if not changes:
        return ()
    days = reading_days(min(change.day for change in changes), today)
    everything = _levels(((c.day, c.cases) for c in changes), days)
    scope = _levels(((c.day, c.cases) for c in changes if c.term in SCOPE), days)
    cleared = _levels(((c.day, -c.cases) for c in changes if c.term is Term.CLEARED), days)
    again = _levels(reopened, days)
    return tuple(map(DayPoint, days, everything, scope, cleared, again))


def still_reopened(readings: Iterable[Reading]) -> list[tuple[date, int, int]]:
    """The day, the lot and by how much the number of open cases changed that were reopened.

    `readings` are all the postings of those cases in the order in which they were made.
    """
    again: set[int] = set()
    found = []
    for one in readings:
        if one.term is Term.REOPENED:
            again.add(one.case_id)
            found.append((one.day, one.lot_id, 1))
        elif one.case_id in again:
            found.append((one.day, one.lot_id, one.cases))
            if one.term is not Term.TRANSFERRED:
                again.remove(one.case_id)
    return found


def full_weeks(changes: Iterable[Change], today: date) -> tuple[Week, ...]:
    """Each week from the first change to the last Friday before today, empty weeks too."""
    changes = list(changes)
    if not changes:
        return ()
    cleared: Counter[date] = Counter()
    arrived: Counter[date] = Counter()
    for change in changes:
        if change.term is Term.CLEARED:
            cleared[week_ending(change.day)] -= change.cases
        elif change.term in ARRIVING:
            arrived[week_ending(change.day)] += change.cases
    friday, weeks = week_ending(min(change.day for change in changes)), []
    while friday < today:
        weeks.append(Week(friday, cleared[friday], arrived[friday]))
        friday += WEEK
    return tuple(weeks)


def cleared_by(changes: Iterable[Change]) -> Counter[tuple[date, int, str]]:
    """Cases cleared by week ending, lot and outcome."""
    counts: Counter[tuple[date, int, str]] = Counter()
    for change in changes:
        if change.term is Term.CLEARED:
            counts[week_ending(change.day), change.lot_id, change.outcome] -= change.cases
    return counts


def periods(first: date, today: date) -> tuple[tuple[date, ...], ...]:
    """The week endings of each complete period of four weeks since `first`.

    Periods are fixed and complete, so that no two tables read on different days can be set
    against each other to find what one week or one day added.
    """
    fridays, friday = [], week_ending(first)
    while friday < today:
        fridays.append(friday)
        friday += WEEK
    whole = len(fridays) // PERIOD_WEEKS
    return tuple(
        tuple(fridays[place * PERIOD_WEEKS : (place + 1) * PERIOD_WEEKS]) for place in range(whole)
    )


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


def _levels(changes: Iterable[tuple[date, int]], days: Sequence[date]) -> list[int]:
    """The running sum of dated changes at the end of each of the days, which rise."""
    due = deque(sorted(changes))
    level, levels = 0, []
    for day in days:
        while due and due[0][0] <= day:
            level += due.popleft()[1]
        levels.append(level)
    return levels


Cell = tuple[int, int]


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
