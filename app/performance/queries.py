"""The measures that pages show, read from the ledger or its counters and counted nowhere else."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial
from types import MappingProxyType
from typing import NamedTuple

from sqlalchemy import func, select
from sqlmodel import col

from app.cases.scope import queries as scope
from app.cases.scope.models import WeekTotal
from app.cases.scope.queries import Standing
from app.cases.scope.rules import WEEK, Ledger, LotWeek, Term, lot_weeks, rate_of_weeks
from app.cases.states import OPEN, CaseState
from app.contract import queries as contract
from app.contract.queries import LotName
from app.contract.rules import TargetTerms
from app.kernel.days import week_ending
from app.performance import rules
from app.performance.rules import Breakdown, DayPoint
from app.planning.clearance import PresentRate, of_lots, planned_on
from app.plans.rules import Outcome, Route
from app.work.uow import UnitOfWork

SHOWN_WEEKS = 12
FIGURES_KEPT = 64
AWAITING = {
    "unallocated": CaseState.UNALLOCATED,
    "to_authorise": CaseState.SUBMITTED,
    "to_agree": CaseState.PROPOSED,
    "to_end": CaseState.AGREED,
}


class Figures(NamedTuple):
    """One lot's counts now; cleared counts are what the ledger cleared, reopened or not."""

    lot_id: int
    name: str
    open: int
    unallocated: int
    overdue: int
    to_authorise: int
    to_agree: int
    to_end: int
    cleared: int
    cleared_this_week: int
    reopened: int


@dataclass(frozen=True)
class BurnDown:
    """What was open on each reading day, beside what the targets of the same lots planned."""

    points: tuple[DayPoint, ...]
    planned: tuple[tuple[date, int], ...]
    ends_on: date | None
    rate: PresentRate


@dataclass(frozen=True)
class Outcomes:
    """Outcomes by their value and label, and the cleared cases of each row in that order."""

    parts: Mapping[str, str]
    rows: tuple[Breakdown, ...]


def figures(uow: UnitOfWork, weeks: tuple[LotWeek, ...] | None = None) -> tuple[Figures, ...]:
    """The counts of each of the actor's lots, by name of lot.

    `weeks` are all of those lots' ledger, for whoever has read them anyway.
    """
    return _figures(
        contract.list_lot_names(uow),
        scope.list_standing(uow),
        scope.list_latest(uow) if weeks is None else weeks,
        week_ending(uow.today),
    )


@lru_cache(maxsize=FIGURES_KEPT)
def _figures(
    lots: tuple[LotName, ...],
    cases: tuple[Standing, ...],
    weeks: tuple[LotWeek, ...],
    this_week: date,
) -> tuple[Figures, ...]:
    """Worked out once for what is known, as nearly all pages of one moment show it."""
    standing: defaultdict[int, defaultdict[CaseState, int]]
    standing, overdue = defaultdict(partial(defaultdict, int)), defaultdict[int, int](int)
    for one in cases:
        standing[one.lot_id][one.state] = one.cases
        overdue[one.lot_id] += one.overdue
    cleared, reopened = defaultdict[int, int](int), defaultdict[int, int](int)
    cleared_this_week = defaultdict[int, int](int)
    for week in weeks:
        cleared[week.lot_id] -= week.cleared
        reopened[week.lot_id] += week.reopened
        if week.ending == this_week:
            cleared_this_week[week.lot_id] -= week.cleared
    return tuple(
        Figures(
            lot.id,
            lot.name,
            open=sum(standing[lot.id][state] for state in OPEN),
            overdue=overdue[lot.id],
            **{waits: standing[lot.id][state] for waits, state in AWAITING.items()},
            cleared=cleared[lot.id],
            cleared_this_week=cleared_this_week[lot.id],
            reopened=reopened[lot.id],
        )
        for lot in lots
    )


def cleared_cases(uow: UnitOfWork, lot_id: int) -> int:
    """How many cases of a lot are cleared and have stayed so."""
    found = uow.session.scalar(
        select(func.coalesce(func.sum(col(WeekTotal.cases)), 0)).where(
            col(WeekTotal.lot_id) == lot_id,
            col(WeekTotal.term).in_((Term.CLEARED, Term.REOPENED)),
        )
    )
    return -int(found or 0)


@lru_cache(maxsize=FIGURES_KEPT)
def burn_down(
    ledger: Ledger, targets: tuple[TargetTerms, ...], lots: tuple[tuple[int, str], ...], today: date
) -> BurnDown:
    """The burn-down of some lots, by id and name; the ledger and the targets are theirs alone."""
    return BurnDown(
        rules.burn_down(ledger, today),
        _together(targets, today),
        max((target.ends_on for target in targets), default=None),
        _rate(lot_weeks(ledger), lots, today),
    )


def cleared_by_outcome(
    uow: UnitOfWork, ledger: Ledger, lot_id: int | None, *, exact: bool
) -> Outcomes:
    """Cleared cases by outcome: the last weeks, or complete periods with small numbers hidden."""
    lots = tuple(lot.id for lot in contract.list_lot_names(uow))
    if exact:
        return _in_weeks(ledger, lots if lot_id is None else (lot_id,), uow.today)
    start = min((one.starts_on for one in contract.list_contracts(uow)), default=uow.today)
    return _in_periods(ledger, lots, lot_id, rules.periods(start, uow.today)[-SHOWN_WEEKS:])


@lru_cache(maxsize=FIGURES_KEPT)
def _in_weeks(ledger: Ledger, lots: tuple[int, ...], today: date) -> Outcomes:
    counts, parts = _cleared(ledger)
    last = week_ending(today)
    fridays = [last - WEEK * back for back in reversed(range(SHOWN_WEEKS))]
    return Outcomes(parts, rules.exact_weeks(counts, lots, list(parts), fridays))


@lru_cache(maxsize=FIGURES_KEPT)
def _in_periods(
    ledger: Ledger,
    lots: tuple[int, ...],
    lot_id: int | None,
    periods: tuple[tuple[date, ...], ...],
) -> Outcomes:
    counts, parts = _cleared(ledger)
    return Outcomes(parts, rules.guarded_periods(counts, lots, lot_id, list(parts), periods))


def _cleared(ledger: Ledger) -> tuple[Counter[tuple[date, int, str]], Mapping[str, str]]:
    """The cleared cases, and the outcomes to tell them by."""
    parts = {one.value: one.label for one in Outcome if one.route is not Route.HAND_BACK}
    counts = rules.cleared_by(ledger, parts)
    if any(not outcome for _, _, outcome in counts):
        parts[""] = "Not recorded"
    return counts, MappingProxyType(parts)


def _together(targets: tuple[TargetTerms, ...], today: date) -> tuple[tuple[date, int], ...]:
    """The cases still open by plan, over several lots, from the first start to the last end."""
    plans = [(target, contract.planned_of(target)) for target in targets]
    days = {target.starts_on for target in targets}
    days |= {week.week_ending for _, curve in plans for week in curve}
    if days and min(days) < today < max(days):
        days.add(today)
    return tuple(
        (
            day,
            sum(
                planned_on(target.opening_backlog, target.starts_on, curve, day)
                for target, curve in plans
            ),
        )
        for day in sorted(days)
    )


def _rate(
    weeks: tuple[LotWeek, ...], lots: tuple[tuple[int, str], ...], today: date
) -> PresentRate:
    of_lot = defaultdict[int, list[LotWeek]](list)
    for week in weeks:
        of_lot[week.lot_id].append(week)
    if not of_lot:
        return rate_of_weeks((), today)
    return of_lots({name: rate_of_weeks(of_lot[lot], today) for lot, name in lots})
