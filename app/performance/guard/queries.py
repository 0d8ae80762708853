"""Counts what the guard looks at, lot by lot, in the last complete periods."""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from app.agreements.reopening import queries as reopening
from app.cases.scope import queries as scope
from app.cases.scope.rules import WEEK, Change
from app.contract import queries as contract
from app.performance.guard.rules import PERIODS, SOON, Count, Judged, judged, last_weeks
from app.performance.measures import queries as measures
from app.performance.measures.rules import Cohort
from app.performance.measures.rules import Measure as Measured
from app.performance.rules import PERIOD_WEEKS, periods
from app.plans.rules import Outcome, Route
from app.work.uow import UnitOfWork

HANDED_OVER = frozenset(one.value for one in Outcome if one.route is Route.HANDOVER)
CLOSED = frozenset(one.value for one in Outcome if one.route is Route.CLOSURE)


@dataclass(frozen=True)
class Measure:
    """One thing that speed might cost: what is counted of what, and each lot's figures."""

    key: str
    title: str
    of: str
    lots: tuple[Judged, ...]


@dataclass(frozen=True)
class Guard:
    """The measures of some complete periods; none where no period is complete."""

    starts_on: date | None
    ends_on: date | None
    measures: tuple[Measure, ...]


def guard(uow: UnitOfWork) -> Guard:
    """Each lot of the actor against all of them together, over the last complete periods."""
    lots = [lot_id for lot_id, _ in contract.lot_choices(uow)]
    begun = min((one.starts_on for one in contract.list_contracts(uow)), default=uow.today)
    whole = periods(begun, uow.today)[-PERIODS:]
    if not whole or not lots:
        return Guard(None, None, ())
    first, last = whole[0][0] - WEEK, whole[-1][-1]
    changes = [one for one in scope.list_cleared(uow, first) if first < one.day <= last]
    back = reopening.count_returned(uow, first, last, SOON)
    reopened = Counter(reopening.count_reopened(uow, first, last))
    measures = (
        Measure(
            "returned",
            "Returned by the receiving team within 14 days",
            "cases handed over",
            tuple(judged(_counts(lots, back, _cleared(changes, HANDED_OVER)))),
        ),
        Measure(
            "reopened",
            "Reopened",
            "cases cleared",
            tuple(judged(_counts(lots, reopened, _cleared(changes)))),
        ),
        Measure(
            "unseen",
            "Authorised without the child being seen",
            "assessments authorised",
            tuple(judged(_unseen(uow, lots, first, last))),
        ),
        Measure(
            "rush",
            "Closed in the last week of a period of four",
            "cases closed",
            tuple(judged(_rush(lots, changes, whole), 1 / PERIOD_WEEKS)),
        ),
    )
    return Guard(whole[0][0] - WEEK, last, measures)


def _cleared(changes: Iterable[Change], outcomes: frozenset[str] | None = None) -> Counter[int]:
    totals: Counter[int] = Counter()
    for one in changes:
        if outcomes is None or one.outcome in outcomes:
            totals[one.lot_id] -= one.cases
    return totals


def _counts(lots: Iterable[int], events: Counter[int], trials: Counter[int]) -> list[Count]:
    """A case that went to another lot after it ended counts where it ended."""
    return [Count(lot, min(events[lot], trials[lot]), trials[lot]) for lot in lots]


def _unseen(uow: UnitOfWork, lots: Collection[int], first: date, last: date) -> list[Count]:
    """As the nights read it: the weeks of a period are whole ones."""
    events: Counter[int] = Counter()
    trials: Counter[int] = Counter()
    seen = measures.readings(
        uow,
        monthly=False,
        measures=[Measured.CHILD_SEEN],
        lots=lots,
        since=first,
        running=False,
    )
    for one in seen:
        if one.cohort is Cohort.ALL and one.ends_on <= last:
            events[one.lot_id] += one.denominator - one.numerator
            trials[one.lot_id] += one.denominator
    return [Count(lot, events[lot], trials[lot]) for lot in lots]


def _rush(
    lots: Iterable[int], changes: Iterable[Change], whole: Iterable[tuple[date, ...]]
) -> list[Count]:
    by_day: Counter[tuple[int, date]] = Counter()
    for one in changes:
        if one.outcome in CLOSED:
            by_day[one.lot_id, one.day] -= one.cases
    return last_weeks(by_day, lots, whole)
