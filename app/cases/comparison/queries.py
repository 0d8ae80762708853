"""Reads who came and who left between two days from the ledger's postings."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlmodel import col

from app.cases.comparison.rules import Comparison, Way, way_of
from app.cases.register.models import Case
from app.cases.scope.models import DailyTotal, LedgerPosting
from app.cases.scope.rules import Term
from app.cases.states import CaseState
from app.contract.models import Lot
from app.kernel import paging
from app.work.uow import UnitOfWork

PAGE_SIZE = 50
STREAM_BATCH = 1_000


@dataclass(frozen=True)
class Totals:
    """What was open at the end of each day, and how many cases went which way between."""

    open_first: int
    open_last: int
    ways: Mapping[Way, int]


@dataclass(frozen=True)
class Step:
    """One posting of a case between the two days."""

    day: date
    term: Term
    cases: int


@dataclass(frozen=True)
class Movement:
    """One case between the two days; without id where it now lies in a lot that is not seen."""

    steps: tuple[Step, ...]
    case_id: int | None
    reference: str | None
    state: CaseState | None
    lot: str

    @property
    def way(self) -> Way:
        return way_of(sum(step.cases for step in self.steps))

    @property
    def terms(self) -> str:
        """What was posted, in words, the first one first."""
        return ", ".join(step.term.label for step in self.steps)


def read_totals(uow: UnitOfWork, wanted: Comparison) -> Totals:
    """The figures of a comparison; open on the last day is open on the first plus who came."""
    day, number = col(DailyTotal.day), col(DailyTotal.cases)
    early = func.sum(case((day <= wanted.first, number), else_=0))
    sums = select(early, func.sum(number)).where(day <= wanted.last)
    if wanted.lot is not None:
        sums = sums.where(col(DailyTotal.lot_id) == wanted.lot)
    first, last = uow.session.execute(sums).one()
    moved = _moved(wanted.of(None)).subquery()
    ways = select(moved.c.net, func.count()).group_by(moved.c.net)
    counted: dict[Way, int] = dict.fromkeys(Way, 0)
    for net, cases in uow.session.execute(ways):
        counted[way_of(int(net))] += int(cases)
    return Totals(int(first or 0), int(last or 0), counted)


def list_movements(
    uow: UnitOfWork, wanted: Comparison, totals: Totals, page: str | None
) -> paging.Slice[Movement]:
    """One page of the cases that went that way, whoever moved last first."""
    number = totals.ways[wanted.way] if wanted.way else sum(totals.ways.values())
    place = paging.place(page, total=number, size=PAGE_SIZE)
    latest = func.max(col(LedgerPosting.id)).desc()
    moved = _moved(wanted).order_by(latest).offset(place.offset).limit(place.size).subquery()
    columns: tuple[Any, ...] = (Case.id, Case.reference, Case.state, Lot.name)
    found = uow.session.execute(
        select(moved.c.case_id, moved.c.lot_id, *columns)
        .select_from(moved)
        .join(Lot, col(Lot.id) == moved.c.lot_id)
        .outerjoin(Case, col(Case.id) == moved.c.case_id)
        .order_by(moved.c.latest.desc())
    ).all()
    steps = _steps(uow, wanted, [row[0] for row in found])
    return paging.Slice.at(
        place, [Movement(steps[case_id, lot_id], *facts) for case_id, lot_id, *facts in found]
    )


def stream_movements(uow: UnitOfWork, wanted: Comparison) -> Iterator[Movement]:
    """Every case that went that way, read in batches, for an export."""
    columns: tuple[Any, ...] = (
        LedgerPosting.case_id,
        LedgerPosting.lot_id,
        LedgerPosting.effective_on,
        LedgerPosting.term,
        LedgerPosting.cases,
        Case.id,
        Case.reference,
        Case.state,
        Lot.name,
    )
    rows = (
        select(*columns)
        .select_from(LedgerPosting)
        .join(Lot, col(Lot.id) == LedgerPosting.lot_id)
        .outerjoin(Case, col(Case.id) == LedgerPosting.case_id)
        .where(*_between(wanted))
        .order_by(col(LedgerPosting.case_id), col(LedgerPosting.lot_id), col(LedgerPosting.id))
        .execution_options(yield_per=STREAM_BATCH)
    )
    for _, postings in groupby(uow.session.execute(rows), key=lambda row: (row[0], row[1])):
        own = list(postings)
        movement = Movement(tuple(Step(*row[2:5]) for row in own), *own[0][5:])
        if wanted.way in (None, movement.way):
            yield movement


def _moved(wanted: Comparison) -> Any:
    """Each case with postings between the two days: their sum and the latest of them."""
    net = func.sum(col(LedgerPosting.cases))
    grouped = (
        select(
            col(LedgerPosting.case_id),
            col(LedgerPosting.lot_id),
            net.label("net"),
            func.max(col(LedgerPosting.id)).label("latest"),
        )
        .where(*_between(wanted))
        .group_by(col(LedgerPosting.case_id), col(LedgerPosting.lot_id))
    )
    kept = {Way.CAME: net > 0, Way.LEFT: net < 0, Way.PASSED: net == 0}
    return grouped if wanted.way is None else grouped.having(kept[wanted.way])


def _between(wanted: Comparison) -> list[ColumnElement[bool]]:
    kept: list[ColumnElement[bool]] = [
        col(LedgerPosting.effective_on) > wanted.first,
        col(LedgerPosting.effective_on) <= wanted.last,
    ]
    if wanted.lot is not None:
        kept.append(col(LedgerPosting.lot_id) == wanted.lot)
    return kept


def _steps(
    uow: UnitOfWork, wanted: Comparison, case_ids: Sequence[int]
) -> Mapping[tuple[int, int], tuple[Step, ...]]:
    columns: tuple[Any, ...] = (
        LedgerPosting.case_id,
        LedgerPosting.lot_id,
        LedgerPosting.effective_on,
        LedgerPosting.term,
        LedgerPosting.cases,
    )
    found = uow.session.execute(
        select(*columns)
        .where(*_between(wanted), col(LedgerPosting.case_id).in_(case_ids))
        .order_by(col(LedgerPosting.id))
    )
    steps: dict[tuple[int, int], list[Step]] = defaultdict(list)
    for case_id, lot_id, *step in found:
        steps[case_id, lot_id].append(Step(*step))
    return {key: tuple(own) for key, own in steps.items()}
