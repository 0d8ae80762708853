"""What is hidden in reports cannot be worked out, checked by linear programs over 1,100 tables."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from random import Random

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import coo_matrix

from app.cases.scope.rules import Statement, Term
from app.kernel.small_numbers import suppress, suppress_together
from app.reports.sections.hiding import Breakdown, lay_out_both, public_ledger, terms_shown
from app.reports.sections.rules import HIDDEN, Audience, Table

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
ROUNDS = 8
FREE = frozenset({"transferred"})


@dataclass
class Known:
    """Everything that readers see of many tables, as equations between unknown numbers."""

    truth: list[float] = field(default_factory=list)
    hidden: list[int] = field(default_factory=list)
    bounds: list[tuple[float | None, float | None]] = field(default_factory=list)
    entries: list[tuple[int, int, float]] = field(default_factory=list)
    sums: list[float] = field(default_factory=list)

    def number(self, truth: int, *, shown: bool, signed: bool = False) -> int:
        self.truth.append(truth)
        self.bounds.append((truth, truth) if shown else (None, None) if signed else (0, None))
        if not shown:
            self.hidden.append(len(self.truth) - 1)
        return len(self.truth) - 1

    def adds_up(self, parts: Sequence[tuple[int, float]], to: float) -> None:
        self.entries += [(len(self.sums), place, factor) for place, factor in parts]
        self.sums.append(to)

    def recoverable(self, chance: Random) -> list[int]:
        """The hidden numbers for which no second value was found that fits with all else.

        Each round goes to a corner of what is possible; a number that ever differs there from
        the truth cannot be known. What no round moved is led down and up alone. Unbounded ones
        are held within a hundred of the truth.
        """
        rows, columns, values = zip(*self.entries, strict=True)
        equations = coo_matrix((values, (rows, columns)), (len(self.sums), len(self.truth)))
        limits = [
            (t - 100 if low is None else low, t + 100 if high is None else high)
            for (low, high), t in zip(self.bounds, self.truth, strict=True)
        ]
        left = set(self.hidden)
        aims = [{place: chance.choice((-1, 1)) for place in self.hidden} for _ in range(ROUNDS)]
        aims += [{place: sign} for place in sorted(self.hidden) for sign in (-1, 1)]
        for aim in aims:
            if not left & aim.keys():
                continue
            weights = np.zeros(len(self.truth))
            for place in left & aim.keys():
                weights[place] = aim[place] * chance.uniform(1, 2)
            found = linprog(weights, A_eq=equations.tocsr(), b_eq=self.sums, bounds=limits)
            assert found.status == 0, found.message
            left -= {place for place in left if abs(found.x[place] - self.truth[place]) > 0.5}
        return sorted(left)


def a_count(chance: Random) -> int:
    return chance.choice((0, 0, chance.randint(1, 5), chance.randint(1, 5), chance.randint(6, 40)))


def a_breakdown(known: Known, chance: Random) -> None:
    """One table of known row totals, with the totals of its columns."""
    rows = [
        [a_count(chance) for _ in range(chance.randint(2, 4))] for _ in range(chance.randint(1, 4))
    ]
    rows = [row[: min(map(len, rows))] for row in rows]
    hidden = suppress(rows)
    margin = margin_of(known, rows, hidden.column_totals)
    lay_out(known, rows, hidden.rows, margin)


def two_breakdowns(known: Known, chance: Random) -> None:
    """Two tables of the same things, whose shared totals are the same numbers."""
    width = chance.randint(2, 4)
    rows = [[a_count(chance) for _ in range(width)] for _ in range(chance.randint(1, 3))]
    others = [[0] * width for _ in range(chance.randint(2, 4))]
    for row in rows:
        for place, count in enumerate(row):
            for _ in range(count):
                others[chance.randrange(len(others))][place] += 1
    first, second = suppress_together(rows, others)
    assert first.column_totals == second.column_totals
    margin = margin_of(known, rows, first.column_totals)
    lay_out(known, rows, first.rows, margin)
    lay_out(known, others, second.rows, margin)


def two_tables(known: Known, chance: Random) -> None:
    """Two such tables as they are laid out, whose rows' totals may be told of neither."""
    lots = {f"Lot {n}": [a_count(chance) for _ in range(3)] for n in range(chance.randint(1, 3))}
    holders = {f"Holder {n}": [0] * 3 for n in range(chance.randint(2, 4))}
    for place, count in (
        (place, count) for row in lots.values() for place, count in enumerate(row)
    ):
        for _ in range(count):
            holders[chance.choice(list(holders))][place] += 1
    both = Breakdown(("X", "Y", "Z"), lots), Breakdown(("X", "Y", "Z"), holders)
    heads = ("a", "A", "Part"), ("b", "B", "Part")
    margins: dict[str, int] = {}
    tables = lay_out_both(heads, both, "D", NOW, Audience.COMMISSIONER)
    for found, of in zip(tables, both, strict=True):
        read_across(known, found, of, margins)


def read_across(known: Known, found: Table, of: Breakdown, margins: dict[str, int]) -> None:
    """What one table tells: its numbers, what they come to across, and down where it is told."""
    down: dict[str, list[int]] = {name: [] for name in of.rows}
    for part, *cells, margin in found.rows:
        place = of.parts.index(str(part))
        told = [
            known.number(row[place], shown=cell != HIDDEN)
            for row, cell in zip(of.rows.values(), cells, strict=True)
        ]
        for name, number in zip(of.rows, told, strict=True):
            down[name].append(number)
        whole = sum(row[place] for row in of.rows.values())
        if part not in margins:
            margins[str(part)] = known.number(whole, shown=margin != HIDDEN)
        known.adds_up([*((one, 1) for one in told), (margins[str(part)], -1)], 0)
    totals = found.totals[1 : 1 + len(of.rows)] or [None] * len(of.rows)
    for (name, row), total in zip(of.rows.items(), totals, strict=True):
        assert total is None or not 0 < int(total) < 6
        if down[name]:
            whole = known.number(sum(row), shown=total is not None)
            known.adds_up([*((one, 1) for one in down[name]), (whole, -1)], 0)


def margin_of(
    known: Known, rows: Sequence[Sequence[int]], shown: Sequence[int | None]
) -> list[int]:
    totals = [sum(column) for column in zip(*rows, strict=True)]
    for total, seen in zip(totals, shown, strict=True):
        assert seen in (None, total)
        assert seen is None or not 0 < seen < 6
    return [
        known.number(total, shown=seen is not None)
        for total, seen in zip(totals, shown, strict=True)
    ]


def lay_out(
    known: Known,
    rows: Sequence[Sequence[int]],
    shown: Sequence[Sequence[int | None]],
    margin: Sequence[int],
) -> None:
    places = []
    for row, seen in zip(rows, shown, strict=True):
        assert all(one in (None, count) for one, count in zip(seen, row, strict=True))
        assert not any(one is not None and 0 < one < 6 for one in seen)
        places.append(
            [
                known.number(count, shown=one is not None)
                for one, count in zip(seen, row, strict=True)
            ]
        )
        known.adds_up([(place, 1) for place in places[-1]], sum(row))
    for place, column in zip(margin, zip(*places, strict=True), strict=True):
        known.adds_up([*((one, 1) for one in column), (place, -1)], 0)


NAMES = ("before", "received", "handed_back", "transferred", "cleared", "reopened", "closing")
SIGNS = (1, 1, -1, 1, -1, 1, -1)


def a_ledger(known: Known, chance: Random) -> None:
    """A period's ledger as the public reads it; None of it where lots cannot be told apart."""
    number = chance.randint(1, 4)
    moved = [chance.choice((0, 0, -3, 4, 9)) for _ in range(number - 1)]
    lots = {
        f"Lot {place}": Statement(
            chance.randint(20, 60),
            {
                Term.RECEIVED: a_count(chance),
                Term.HANDED_BACK: -chance.choice((0, 0, 2, 7)),
                Term.TRANSFERRED: transferred,
                Term.CLEARED: -a_count(chance),
                Term.REOPENED: chance.choice((0, 0, 1, 8)),
            },
        )
        for place, transferred in enumerate([*moved, -sum(moved)])
    }
    if any(one.closing < 0 for one in lots.values()):
        return
    told = public_ledger(lots)
    if told is None:
        return
    columns: dict[str, list[int]] = {name: [] for name in NAMES}
    for lot, one in lots.items():
        row = []
        for name, truth in zip(NAMES, terms_shown(one), strict=True):
            cell = told[lot][name]
            assert cell in (HIDDEN, truth)
            assert cell == HIDDEN or not 0 < abs(truth) < 6
            row.append(known.number(truth, shown=cell != HIDDEN, signed=name in FREE))
            columns[name].append(row[-1])
        known.adds_up(list(zip(row, SIGNS, strict=True)), 0)
    for name, places in columns.items():
        truth = int(sum(known.truth[place] for place in places))
        cell = told["All"][name]
        assert cell in (HIDDEN, truth)
        total = known.number(truth, shown=cell != HIDDEN)
        known.adds_up([*((place, 1) for place in places), (total, -1)], 0)


def check(make: Callable[[Known, Random], None], tables: int) -> int:
    chance, hidden = Random(20261120), 0
    for _ in range(tables // 100):
        known = Known()
        for _ in range(100):
            make(known, chance)
        assert known.recoverable(chance) == []
        hidden += len(known.hidden)
    return hidden


def test_no_hidden_number_of_a_breakdown_can_be_worked_out() -> None:
    assert check(a_breakdown, 400) > 1_000


def test_no_hidden_number_of_two_tables_that_share_a_margin_can_be_worked_out() -> None:
    assert check(two_breakdowns, 400) > 1_000


def test_no_small_total_of_two_tables_can_be_worked_out() -> None:
    chance, small = Random(20261122), 0
    for _ in range(3):
        known = Known()
        for _ in range(100):
            two_tables(known, chance)
        few = [one for one in known.hidden if 0 < known.truth[one] < 6]
        assert not set(known.recoverable(chance)) & set(few)
        small += len(few)
    assert small > 300


def test_no_hidden_number_of_the_public_ledger_can_be_worked_out() -> None:
    assert check(a_ledger, 300) > 500


def test_a_number_that_its_total_gives_away_is_found_by_this_check() -> None:
    known = Known()
    one, other = known.number(3, shown=False), known.number(8, shown=True)
    known.adds_up([(one, 1), (other, 1)], 11)
    assert known.recoverable(Random(1)) == [one]
