"""Breakdowns about children and families, with small numbers hidden from who may not see them."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from app.cases.scope.rules import Statement, Term
from app.kernel.small_numbers import (
    Arc,
    Hidden,
    TooFew,
    hidden_among,
    is_small,
    suppress,
    suppress_together,
)
from app.reports.sections.rules import HIDDEN, Audience, Cell, Column, Shown, Table, table

FLOWS = (Term.RECEIVED, Term.HANDED_BACK, Term.TRANSFERRED, Term.CLEARED, Term.REOPENED)
LEAVING = frozenset({Term.HANDED_BACK.value, Term.CLEARED.value, "closing"})


@dataclass(frozen=True)
class Breakdown:
    """Counts of one kind of thing: a row for each lot or the like, a column for each part."""

    parts: tuple[str, ...]
    rows: Mapping[str, Sequence[int]]

    def with_two_parts(self) -> "Breakdown":
        """Without the parts that nothing is in, but with two beside each other, or none at all."""
        used = [j for j in range(len(self.parts)) if any(row[j] for row in self.rows.values())]
        kept = used if len(used) != 1 else sorted({used[0], int(used[0] == 0)})
        return Breakdown(
            tuple(self.parts[j] for j in kept),
            {name: [row[j] for j in kept] for name, row in self.rows.items()},
        )

    @property
    def counts(self) -> list[Sequence[int]]:
        return list(self.rows.values())


def lay_out(
    key: str,
    title: str,
    head: str,
    of: Breakdown,
    definition: str,
    as_at: datetime,
    audience: Audience,
) -> Table:
    """One breakdown, its parts down the side so that the table stays narrow."""
    kept = of.with_two_parts()
    hidden = None if audience.is_exact or not kept.parts else suppress(kept.counts)
    return _upright(key, title, head, kept, hidden, definition, as_at)


def lay_out_both(
    names: tuple[tuple[str, str, str], tuple[str, str, str]],
    both: tuple[Breakdown, Breakdown],
    definition: str,
    as_at: datetime,
    audience: Audience,
) -> list[Table]:
    """Two breakdowns of the same things by the same parts; `names` are key, title and head.

    Their rows' totals are told nowhere else: where one is small, no table tells them.
    """
    first, second = (one.with_two_parts() for one in both)
    hidden: tuple[Hidden | None, Hidden | None] = (None, None)
    if not audience.is_exact and first.parts:
        hidden = suppress_together(first.counts, second.counts)
    small = any(is_small(sum(row)) for one in (first, second) for row in one.counts)
    tables = [
        _upright(*name, one, hides, definition, as_at)
        for name, one, hides in zip(names, (first, second), hidden, strict=True)
    ]
    return [replace(one, totals=()) for one in tables] if small and hidden[0] else tables


def _upright(
    key: str,
    title: str,
    head: str,
    of: Breakdown,
    hidden: Hidden | None,
    definition: str,
    as_at: datetime,
) -> Table:
    shown = hidden or Hidden(
        tuple(tuple(row) for row in of.counts),
        tuple(sum(column) for column in zip(*of.counts, strict=True)),
    )
    totals = [sum(row) for row in of.counts]
    return table(
        key,
        title,
        [
            Column(head, Shown.WORDS),
            *(Column(name, added=True) for name in of.rows),
            Column("All", added=True),
        ],
        [
            [part, *(_cell(row[j]) for row in shown.rows), _cell(shown.column_totals[j])]
            for j, part in enumerate(of.parts)
            if shown.column_totals
        ],
        definition,
        as_at,
        totals=["All", *totals, sum(totals)] if of.parts else (),
    )


def _cell(count: int | None) -> Cell:
    return HIDDEN if count is None else count


def public_ledger(lots: Mapping[str, Statement]) -> dict[str, dict[str, Cell]] | None:
    """Each lot's terms, and those of all, as the public may read them, by name of lot and term.

    What is open at the start and the end is hidden only where it is small itself, since the next
    period's table begins with it. None where so little happened that lots cannot be told apart.
    """
    hidden = _hidden_of_ledger(lots)
    if hidden is None:
        return None
    everybody = {**lots, "All": together(list(lots.values()))}
    return {
        lot: {
            name: HIDDEN if (lot, name) in hidden else count
            for name, count in _terms(statement).items()
        }
        for lot, statement in everybody.items()
    }


def _hidden_of_ledger(lots: Mapping[str, Statement]) -> set[tuple[str, str]] | None:
    """What to hide with the totals of the terms shown, else with totals hidden too."""
    for totals_known in (True, False):
        try:
            return hidden_among(_ledger_arcs(lots, totals_known=totals_known and len(lots) > 1))
        except TooFew:
            continue
    return None


def terms_shown(statement: Statement) -> list[int]:
    """Opening, each term as a statement prints it, closing."""
    return [statement.before, *(statement.shown(term) for term in FLOWS), statement.closing]


def _terms(statement: Statement) -> dict[str, int]:
    names = ["before", *(term.value for term in FLOWS), "closing"]
    return dict(zip(names, terms_shown(statement), strict=True))


def together(statements: Sequence[Statement]) -> Statement:
    """The ledger of several lots as one."""
    return Statement(
        sum(one.before for one in statements),
        {term: sum(one.change(term) for one in statements) for term in FLOWS},
    )


def _ledger_arcs(
    lots: Mapping[str, Statement], *, totals_known: bool
) -> dict[tuple[str, str], Arc]:
    """The ledger as a flow: terms into lots, and out of them again."""
    arcs: dict[tuple[str, str], Arc] = {}
    whole = together(list(lots.values()))
    for lot, one in lots.items():
        changes = {"before": one.before, "closing": -one.closing}
        changes |= {term.value: one.change(term) for term in FLOWS}
        for name, change in changes.items():
            arcs[lot, name] = _arc(("term", name), ("lot", lot), change, name)
    totals = {"before": whole.before, "closing": -whole.closing}
    totals |= {term.value: whole.change(term) for term in FLOWS}
    for name, change in totals.items():
        # Everybody knows that transfers come to nought over a contract.
        known = name == Term.TRANSFERRED or (totals_known and not is_small(abs(change)))
        arcs["All", name] = _arc("all", ("term", name), change, name, known=known)
    return arcs


def _arc(start: Hashable, end: Hashable, change: int, name: str, *, known: bool = False) -> Arc:
    """A change into `end`, or out of it where it is negative; levels are known to all.

    One of nought goes the way in which it would be counted, for nobody takes it for less.
    """
    level = name in {"before", "closing"} and not is_small(abs(change))
    if change < 0 or (change == 0 and name in LEAVING):
        start, end = end, start
    return Arc(start, end, abs(change), fixed=known or level)
