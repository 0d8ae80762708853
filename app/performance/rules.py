"""How the ledger becomes a burn-down, weekly counts and cases cleared by outcome."""

from collections import Counter, defaultdict, deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import pairwise

from app.cases.groups.rules import ForecastClass, GroupChange
from app.cases.scope.rules import LEDGERS_KEPT, WEEK, Ledger, Term
from app.kernel.days import week_ending
from app.kernel.small_numbers import suppress
from app.planning.clearance import at_present_rate

PERIOD_WEEKS = 4
PACE_WEEKS = 6
SCOPE = frozenset({Term.OPENING, Term.RECEIVED, Term.HANDED_BACK, Term.TRANSFERRED})


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
class Breakdown:
    """Cases cleared in the weeks from `first_ending` to `last_ending`, by part; None is hidden."""

    first_ending: date
    last_ending: date
    counts: tuple[int | None, ...]
    total: int

    @property
    def starts_on(self) -> date:
        return self.first_ending - WEEK + timedelta(days=1)

    @property
    def not_shown(self) -> int:
        """The cases in the hidden parts together."""
        return self.total - sum(count or 0 for count in self.counts)


@dataclass(frozen=True)
class Pace:
    """How the open cases of one forecast class changed over the last full weeks.

    `ends_on` is when none is left if these weeks repeat; None where they lead to no end.
    """

    forecast_class: ForecastClass
    weeks: int
    before: int
    open: int
    ends_on: date | None


def reading_days(first: date, today: date) -> list[date]:
    """The first day, every Friday after it and today."""
    fridays = []
    friday = week_ending(first)
    while friday < today:
        fridays.append(friday)
        friday += WEEK
    return sorted({first, *fridays, today})


@lru_cache(maxsize=LEDGERS_KEPT)
def burn_down(ledger: Ledger, today: date) -> tuple[DayPoint, ...]:
    """Levels on each reading day, from what changed in each week."""
    if not ledger.changes:
        return ()
    days = reading_days(ledger.changes[0].day, today)
    everything, scope, cleared, again = (defaultdict[date, int](int) for _ in range(4))
    for _, day, term, _, cases, once_more in ledger.changes:
        everything[day] += cases
        again[day] += once_more
        if term in SCOPE:
            scope[day] += cases
        elif term is Term.CLEARED:
            cleared[day] -= cases
    levels = (_levels(one.items(), days) for one in (everything, scope, cleared, again))
    return tuple(map(DayPoint, days, *levels))


def cleared_by(ledger: Ledger, known: Collection[str]) -> Counter[tuple[date, int, str]]:
    """Cases cleared by week ending, lot and outcome; an outcome not known is the empty one."""
    counts: Counter[tuple[date, int, str]] = Counter()
    for change in ledger.changes:
        if change.term is Term.CLEARED:
            outcome = change.outcome if change.outcome in known else ""
            counts[week_ending(change.day), change.lot_id, outcome] -= change.cases
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


def exact_weeks(
    counts: Counter[tuple[date, int, str]],
    lot_ids: Collection[int],
    outcomes: Sequence[str],
    fridays: Sequence[date],
) -> tuple[Breakdown, ...]:
    """Each week's cleared cases of some lots by outcome."""
    return tuple(
        Breakdown(
            friday, friday, row := _outcome_row(counts, [friday], lot_ids, outcomes), sum(row)
        )
        for friday in fridays
    )


def guarded_periods(
    counts: Counter[tuple[date, int, str]],
    lots: Sequence[int],
    lot_id: int | None,
    outcomes: Sequence[str],
    fridays: Sequence[tuple[date, ...]],
) -> tuple[Breakdown, ...]:
    """Each period's cleared cases of one lot, or of all of them, with small numbers hidden.

    What is hidden is decided over all lots at once, so that lots and their sum, each shown on a
    page of its own, do not give one another away.
    """
    found = []
    for period in fridays:
        rows = [_outcome_row(counts, period, [lot], outcomes) for lot in lots]
        hidden = suppress(rows)
        if lot_id is None:
            shown, total = hidden.column_totals, sum(map(sum, rows))
        else:
            place = lots.index(lot_id)
            shown, total = hidden.rows[place], sum(rows[place])
        found.append(Breakdown(period[0], period[-1], shown, total))
    return tuple(found)


def _outcome_row(
    counts: Counter[tuple[date, int, str]],
    fridays: Collection[date],
    lot_ids: Collection[int],
    outcomes: Sequence[str],
) -> tuple[int, ...]:
    return tuple(
        sum(counts[friday, lot, outcome] for friday in fridays for lot in lot_ids)
        for outcome in outcomes
    )


def _levels(changes: Iterable[tuple[date, int]], days: Sequence[date]) -> list[int]:
    """The running sum of dated changes at the end of each of the days, which rise."""
    due = deque(sorted(changes))
    level, levels = 0, []
    for day in days:
        while due and due[0][0] <= day:
            level += due.popleft()[1]
        levels.append(level)
    return levels


@lru_cache(maxsize=LEDGERS_KEPT)
def paces(ledger: Ledger, protected: tuple[GroupChange, ...], today: date) -> tuple[Pace, ...]:
    """Each class at its own pace: what was open some full weeks ago, what is, and when none is.

    The ledger is of every case of some lots, `protected` of those under child protection.
    """
    if not ledger.changes:
        return ()
    first = week_ending(ledger.changes[0].day)
    fridays = [day for day in reading_days(first, today) if day < today][-PACE_WEEKS - 1 :]
    read = [*fridays, today]
    every = _levels(((one.day, one.cases) for one in ledger.changes), read)
    own = _levels(((min(one.week_ending, today), one.net) for one in protected), read)
    rest = [whole - part for whole, part in zip(every, own, strict=True)]
    return (
        _pace(ForecastClass.PROTECTED, own, fridays),
        _pace(ForecastClass.OTHER, rest, fridays),
    )


def _pace(of: ForecastClass, levels: Sequence[int], fridays: Sequence[date]) -> Pace:
    """`levels` are those of the Fridays and of today."""
    *full, now = levels
    fallen = [before - after for before, after in pairwise(full)]
    as_at = fridays[-1] if fridays else date.max
    rate = at_present_rate(fallen, now, [0] * len(fallen), as_at=as_at, weeks=PACE_WEEKS)
    return Pace(of, rate.weeks, levels[0], now, rate.ends_on if rate.weeks_left else None)
