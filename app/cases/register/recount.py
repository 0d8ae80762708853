"""Counts the register and the ledger again, to prove the counters and totals or to mend them."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func
from sqlmodel import col, delete, select

from app.cases.register.models import Case
from app.cases.scope.models import NO_CLOCK, CaseCounter, DailyTotal, LedgerPosting
from app.cases.scope.rules import Term
from app.cases.states import CLOCK_RUNS, CaseState
from app.kernel.acts import Act
from app.work.uow import UnitOfWork

Counts = Mapping[tuple[Any, ...], int]


@dataclass(frozen=True)
class Recount:
    """Where kept counts differ from a count made now: key, what is kept, what is counted."""

    differences: tuple[tuple[tuple[Any, ...], int, int], ...]

    @property
    def ok(self) -> bool:
        return not self.differences


def recount(uow: UnitOfWork) -> Recount:
    """Compare counters with the register, totals with the postings, and both with what is open."""
    pairs = (
        (_kept_counters(uow), _counted_cases(uow)),
        (_kept_totals(uow), _summed_postings(uow)),
        (_open_by_ledger(uow), _open_by_register(uow)),
    )
    return Recount(tuple(found for kept, counted in pairs for found in _differences(kept, counted)))


def rebuild(uow: UnitOfWork) -> None:
    """Write the counters and totals anew from the register and the postings."""
    with uow.command(Act.COUNTERS_REBUILD):
        uow.note("case_counters", differences=len(recount(uow).differences))
        uow.session.exec(delete(CaseCounter))
        uow.session.exec(delete(DailyTotal))
        uow.load(CaseCounter, _as_rows(_counted_cases(uow), "lot_id", "state", "due_on"))
        uow.load(DailyTotal, _as_rows(_summed_postings(uow), "lot_id", "day", "term", "outcome"))


def _as_rows(counts: Counts, *names: str) -> list[dict[str, Any]]:
    return [{**dict(zip(names, key, strict=True)), "cases": n} for key, n in counts.items()]


def _differences(kept: Counts, counted: Counts) -> list[tuple[tuple[Any, ...], int, int]]:
    return [
        (key, kept.get(key, 0), counted.get(key, 0))
        for key in {**kept, **counted}
        if kept.get(key, 0) != counted.get(key, 0)
    ]


def _counted_cases(uow: UnitOfWork) -> dict[tuple[Any, ...], int]:
    due = col(Case.due_on)
    found = uow.session.execute(
        select(col(Case.lot_id), col(Case.state), due, func.count()).group_by(
            col(Case.lot_id), col(Case.state), due
        )
    ).all()
    counts: dict[tuple[Any, ...], int] = {}
    for lot_id, state, due_on, number in found:
        running = CaseState(state) in CLOCK_RUNS and due_on is not None
        key = (lot_id, CaseState(state), due_on if running else NO_CLOCK)
        counts[key] = counts.get(key, 0) + number
    return counts


def _kept_counters(uow: UnitOfWork) -> dict[tuple[Any, ...], int]:
    columns: tuple[Any, ...] = (
        CaseCounter.lot_id,
        CaseCounter.state,
        CaseCounter.due_on,
        CaseCounter.cases,
    )
    rows = uow.session.execute(select(*columns)).all()
    return {(lot_id, state, due_on): cases for lot_id, state, due_on, cases in rows}


def _summed_postings(uow: UnitOfWork) -> dict[tuple[Any, ...], int]:
    key: tuple[Any, ...] = (
        col(LedgerPosting.lot_id),
        col(LedgerPosting.effective_on),
        col(LedgerPosting.term),
        col(LedgerPosting.outcome),
    )
    columns = (*key, func.sum(col(LedgerPosting.cases)))
    rows = uow.session.execute(select(*columns).group_by(*key)).all()
    return {(lot, day, Term(term), outcome): int(n) for lot, day, term, outcome, n in rows}


def _kept_totals(uow: UnitOfWork) -> dict[tuple[Any, ...], int]:
    columns: tuple[Any, ...] = (
        DailyTotal.lot_id,
        DailyTotal.day,
        DailyTotal.term,
        DailyTotal.outcome,
        DailyTotal.cases,
    )
    rows = uow.session.execute(select(*columns)).all()
    return {(lot, day, term, outcome): cases for lot, day, term, outcome, cases in rows}


def _open_by_ledger(uow: UnitOfWork) -> dict[tuple[Any, ...], int]:
    rows = uow.session.execute(
        select(col(DailyTotal.lot_id), func.sum(col(DailyTotal.cases))).group_by(
            col(DailyTotal.lot_id)
        )
    ).all()
    return {("open", lot_id): int(number) for lot_id, number in rows}


def _open_by_register(uow: UnitOfWork) -> dict[tuple[Any, ...], int]:
    rows = uow.session.execute(
        select(col(Case.lot_id), func.count())
        .where(col(Case.ended_on).is_(None))
        .group_by(col(Case.lot_id))
    ).all()
    return {("open", lot_id): number for lot_id, number in rows}
