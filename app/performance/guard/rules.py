"""When a lot's share of something unwelcome is more than chance, by exact limits."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from app.cases.scope.rules import WEEK
from app.kernel.small_numbers import suppress
from app.planning.proportions import at_least, limit

# Once in forty, and once in a thousand, if a lot did as all do.
WATCH, ACT = 0.025, 0.001
SOON = timedelta(days=14)
PERIODS = 3


@dataclass(frozen=True)
class Count:
    """Events among trials in one lot, and the share expected of it."""

    lot_id: int
    events: int
    trials: int


@dataclass(frozen=True)
class Judged:
    """A lot's count beside what is expected, and how surprising it is.

    `events` is None where it is hidden; then nothing else is said of it.
    """

    lot_id: int
    events: int | None
    trials: int
    expected: float
    limit: int
    chance: float

    @property
    def tone(self) -> str:
        """Bad beyond the limit of one in a thousand, warn beyond one in forty, else good."""
        if self.events is None or not self.trials:
            return "plain"
        return "bad" if self.chance < ACT else "warn" if self.chance < WATCH else "good"


def judged(counts: Iterable[Count], share: float | None = None) -> list[Judged]:
    """Each lot against the share of all lots together, or against a share that is given."""
    counts = list(counts)
    trials = sum(one.trials for one in counts)
    events = sum(one.events for one in counts)
    common = share if share is not None else events / trials if trials else 0.0
    return [
        Judged(
            one.lot_id,
            one.events,
            one.trials,
            one.trials * common,
            limit(one.trials, common, WATCH),
            at_least(one.events, one.trials, common),
        )
        for one in counts
    ]


def guarded(found: Iterable[Judged]) -> list[Judged]:
    """The same without small numbers, and without what would give them away."""
    found = list(found)
    rows = [(one.events or 0, one.trials - (one.events or 0)) for one in found]
    hidden = suppress(rows).rows if rows else ()
    return [
        one if row[0] is not None else Judged(one.lot_id, None, one.trials, 0.0, 0, 1.0)
        for one, row in zip(found, hidden, strict=True)
    ]


def last_weeks(
    by_day: Mapping[tuple[int, date], int],
    lot_ids: Iterable[int],
    fridays: Iterable[tuple[date, ...]],
) -> list[Count]:
    """What was closed in the last week of each period, of all that was closed in it.

    `by_day` are cases by lot and day; a period is the Fridays of its weeks.
    """
    periods = list(fridays)
    return [
        Count(
            lot_id,
            sum(_within(by_day, lot_id, weeks[-1] - WEEK, weeks[-1]) for weeks in periods),
            sum(_within(by_day, lot_id, weeks[0] - WEEK, weeks[-1]) for weeks in periods),
        )
        for lot_id in lot_ids
    ]


def _within(by_day: Mapping[tuple[int, date], int], lot_id: int, after: date, to: date) -> int:
    return sum(cases for (lot, day), cases in by_day.items() if lot == lot_id and after < day <= to)
