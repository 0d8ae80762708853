"""Reads of the ledger: daily changes, statements of a period, counters and frozen lists."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    select,
    union_all,
)
from sqlmodel import col

from app.cases.scope.models import Baseline, CaseCounter, DailyTotal, WeekTotal
from app.cases.scope.rules import LEDGERS_KEPT, WEEK, Change, Ledger, LotWeek, Term
from app.cases.states import CLOCK_RUNS, CaseState
from app.kernel import paging
from app.kernel.days import week_ending
from app.work.once import read_once
from app.work.uow import UnitOfWork

# More than the weeks that a present rate looks back on.
RECENT = timedelta(weeks=10)


@dataclass(frozen=True)
class Counted:
    """Cases of a lot that stand in a state now; `due_on` is NO_CLOCK where no clock runs."""

    lot_id: int
    state: CaseState
    due_on: date
    cases: int


class Standing(NamedTuple):
    """Cases of a lot that stand in a state now: all, those overdue, and by the way out planned.

    Of the ways in their order, WAYS; the rest are planned in none.
    """

    lot_id: int
    state: CaseState
    cases: int
    overdue: int
    planned: tuple[int, ...]


@read_once
def list_standing(uow: UnitOfWork) -> tuple[Standing, ...]:
    """The counters of the actor's lots by state."""
    sums: dict[tuple[int, CaseState], list[int]] = {}
    for lot_id, state, way, cases, overdue in uow.rows(_STANDING, today=uow.today).all():
        known = sums.setdefault((lot_id, state), [0] * (2 + len(WAYS)))
        known[0] += cases
        known[1] += overdue if state in CLOCK_RUNS else 0
        if way:
            known[2 + WAYS.index(way)] += cases
    return tuple(
        Standing(lot_id, state, cases, overdue, tuple(planned))
        for (lot_id, state), (cases, overdue, *planned) in sums.items()
    )


WAYS = "handover", "closure", "hand_back"
_CASES = col(CaseCounter.cases)


_OVERDUE = case((col(CaseCounter.due_on) < bindparam("today"), _CASES), else_=literal_column("0"))
_KINDS = col(CaseCounter.lot_id), col(CaseCounter.state), col(CaseCounter.planned)
# In the order of the key, so that nothing is sorted.
_STANDING: Any = select(
    *_KINDS, cast(func.sum(_CASES), Integer), cast(func.sum(_OVERDUE), Integer)
).group_by(*_KINDS)


def list_changes(uow: UnitOfWork, until: date) -> list[Change]:
    """Every daily total of the actor's lots up to and including a day, oldest first."""
    columns = DailyTotal.lot_id, DailyTotal.day, DailyTotal.term, DailyTotal.outcome
    found = uow.session.execute(
        select(*(col(column) for column in columns), col(DailyTotal.cases))
        .where(col(DailyTotal.day) <= until)
        .order_by(col(DailyTotal.day))
    )
    return [Change(*row) for row in found]


def read_weeks(uow: UnitOfWork) -> Ledger:
    """What changed in each week, on its Friday or, in the running one, today; oldest first.

    The first week of each lot stands day by day, so that what it began with is on its day.
    """
    weeks = uow.rows(_WEEKS).all()
    days = uow.rows(_FIRST_DAYS).all() if weeks else ()
    # Plain tuples, which are told from others far sooner than rows of the database are.
    return _ledger(tuple(map(tuple, days)), tuple(map(tuple, weeks)), uow.today)


@lru_cache(maxsize=LEDGERS_KEPT)
def _ledger(days: tuple[Any, ...], weeks: tuple[Any, ...], today: date) -> Ledger:
    """The same rows make the same ledger, by which what follows from it is known again."""
    firsts: dict[int, date] = {}
    changes = [Change(*row) for row in days]
    for lot_id, friday, term, outcome, cases, again in weeks:
        if friday > firsts.setdefault(lot_id, friday):
            changes.append(Change(lot_id, min(friday, today), term, outcome, cases, again))
        elif again:
            changes.append(Change(lot_id, min(friday, today), term, outcome, 0, again))
    return Ledger(tuple(sorted(changes, key=lambda change: change.day)))


_BEGUN = (
    select(col(WeekTotal.lot_id), func.min(col(WeekTotal.week_ending)).label("friday"))
    .group_by(col(WeekTotal.lot_id))
    .subquery()
)
_FIRST_DAYS = select(
    *(col(getattr(DailyTotal, name)) for name in ("lot_id", "day", "term", "outcome", "cases"))
).join(
    _BEGUN,
    and_(col(DailyTotal.lot_id) == _BEGUN.c.lot_id, col(DailyTotal.day) <= _BEGUN.c.friday),
)
_WEEKLY = "lot_id", "week_ending", "term", "outcome", "cases", "again"
_WEEKS = select(*(col(getattr(WeekTotal, name)) for name in _WEEKLY)).order_by(
    col(WeekTotal.week_ending)
)


@read_once
def list_recent(uow: UnitOfWork, since: date) -> tuple[Change, ...]:
    """Totals of each week by lot and term, on its Friday; outcomes are left out.

    What lies before the week of `since` stands summed on its first Friday: enough for a balance
    and a present rate, however long the ledger is.
    """
    found = uow.rows(_RECENT, since=week_ending(since)).all()
    return tuple(Change(lot_id, on, of, "", int(cases)) for lot_id, on, of, cases in found)


@read_once
def list_latest(uow: UnitOfWork) -> tuple[LotWeek, ...]:
    """The last weeks of each of the actor's lots; all before them stand on its first Friday."""
    found = uow.rows(_LATEST, since=week_ending(uow.today - RECENT)).all()
    return tuple(LotWeek._make(row) for row in found)


def _cases_of(term: Term) -> ColumnElement[int]:
    kept = col(WeekTotal.term) == literal_column(f"'{term.value}'")
    return func.sum(case((kept, col(WeekTotal.cases)), else_=literal_column("0")))


# Each part in the order of the key, so that nothing is sorted.
_CHANGED = (
    func.sum(col(WeekTotal.cases)),
    *(_cases_of(term) for term in (Term.CLEARED, Term.REOPENED, Term.RECEIVED)),
)
_SUMS = [cast(changed, Integer).label(f"n{place}") for place, changed in enumerate(_CHANGED)]
_SINCE_WHEN = bindparam("since", type_=Date)
_BEFORE = (
    select(col(WeekTotal.lot_id), func.min(col(WeekTotal.week_ending)), *_SUMS)
    .where(col(WeekTotal.week_ending) < _SINCE_WHEN)
    .group_by(col(WeekTotal.lot_id))
)
_BY_WEEK = (
    select(col(WeekTotal.lot_id), col(WeekTotal.week_ending), *_SUMS)
    .where(col(WeekTotal.week_ending) >= _SINCE_WHEN)
    .group_by(col(WeekTotal.lot_id), col(WeekTotal.week_ending))
)
_LATEST = select(*union_all(_BEFORE, _BY_WEEK).subquery().c)


def list_since(uow: UnitOfWork, since: date) -> list[Change]:
    """Daily totals from a day on by lot and term; outcomes are left out.

    What lies before stands summed on the first of its days.
    """
    found = uow.rows(_SINCE, since=since)
    return [Change(lot_id, on, of, "", int(cases)) for lot_id, on, of, cases in found]


def list_cleared(uow: UnitOfWork, since: date) -> list[Change]:
    """What was cleared from a day on, by lot, day and outcome, the first first."""
    found = uow.rows(_CLEARED, since=since)
    return [Change(lot, day, Term.CLEARED, outcome, cases) for lot, day, outcome, cases in found]


_DAY = case((col(DailyTotal.day) >= bindparam("since"), col(DailyTotal.day)))
_SINCE = select(
    col(DailyTotal.lot_id),
    func.min(col(DailyTotal.day)),
    col(DailyTotal.term),
    func.sum(col(DailyTotal.cases)),
).group_by(col(DailyTotal.lot_id), col(DailyTotal.term), _DAY)
_CLEARED = (
    select(
        col(DailyTotal.lot_id), col(DailyTotal.day), col(DailyTotal.outcome), col(DailyTotal.cases)
    )
    .where(col(DailyTotal.term) == Term.CLEARED, col(DailyTotal.day) >= bindparam("since"))
    .order_by(col(DailyTotal.day))
)


_WEEK = case((col(WeekTotal.week_ending) >= bindparam("since"), col(WeekTotal.week_ending)))
_RECENT = select(
    col(WeekTotal.lot_id),
    func.min(col(WeekTotal.week_ending)),
    col(WeekTotal.term),
    func.sum(col(WeekTotal.cases)),
).group_by(col(WeekTotal.lot_id), col(WeekTotal.term), _WEEK)


def list_counted(uow: UnitOfWork) -> list[Counted]:
    """The counters of the actor's lots that are not empty."""
    columns = CaseCounter.lot_id, CaseCounter.state, CaseCounter.due_on
    found = uow.session.execute(
        select(*(col(column) for column in columns), col(CaseCounter.cases)).where(
            col(CaseCounter.cases) != 0
        )
    )
    return [Counted(*row) for row in found]


def open_cases(counted: Iterable[Counted]) -> Counter[int]:
    """How many cases are open in each lot, by the counters."""
    totals: Counter[int] = Counter()
    for one in counted:
        if one.state.is_open:
            totals[one.lot_id] += one.cases
    return totals


def list_baselines(uow: UnitOfWork) -> dict[int, Baseline]:
    """The frozen opening list of each of the actor's lots that has one, by lot."""
    found = uow.session.execute(select(Baseline)).scalars()
    return {baseline.lot_id: baseline for baseline in found}


def begun_on(uow: UnitOfWork) -> date | None:
    """The day of the first posting to the ledgers of the actor's lots."""
    return uow.session.scalar(select(func.min(col(DailyTotal.day))))


def weeks_over(uow: UnitOfWork, page: str | None, size: int) -> tuple[paging.Place, list[date]]:
    """The Fridays of one page of the weeks that are over since the ledger began, latest first."""
    begun = begun_on(uow)
    last = week_ending(uow.today - WEEK)
    weeks = (last - week_ending(begun)).days // 7 + 1 if begun else 0
    place = paging.place(page, total=max(weeks, 0), size=size)
    number = min(place.size, place.total - place.offset)
    return place, [last - WEEK * back for back in range(place.offset, place.offset + number)]
