"""How many children came back within a while of a closure, and when that may be told."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.kernel.small_numbers import SMALLEST_SHOWN
from app.planning.proportions import Interval, wilson

# Days after a closure; a year is the usual measure of a re-referral.
WINDOWS = (30, 60, 90, 365)
# Fewer closures than this make no rate.
FEWEST = 10


@dataclass(frozen=True)
class Closed:
    """Cases of a lot that were closed on one day."""

    lot_id: int
    day: date
    cases: int


@dataclass(frozen=True)
class Return:
    """A child of a lot who came back: when the case was closed, and when they were referred.

    Where the days are the same for several, `case_id` is one of them.
    """

    case_id: int
    lot_id: int
    closed_on: date
    referred_on: date
    children: int = 1

    @property
    def days(self) -> int:
        return (self.referred_on - self.closed_on).days


@dataclass(frozen=True)
class Rate:
    """Children back within `days` of the closures whose whole while was looked at.

    `back` is None where it is hidden; `interval` where there are too few closures for a rate.
    """

    days: int
    closed: int
    back: int | None
    interval: Interval | None

    @property
    def share(self) -> float | None:
        if self.back is None or self.interval is None:
            return None
        return self.back / self.closed


def returns_of(dates: Collection[date], closed_on: date) -> list[date]:
    """The days on which a child was referred after a closure, the first one first."""
    return sorted(day for day in set(dates) if day > closed_on)


def rates(
    closed: Iterable[Closed], returns: Iterable[Return], lot_id: int, looked_to: date | None
) -> tuple[Rate, ...]:
    """The rate of one lot for each while; a closure counts once it was watched to the while's end.

    The first return of a closure counts. Without a later list nothing was watched.
    """
    days = [one for one in closed if one.lot_id == lot_id]
    first: dict[tuple[int, date], Return] = {}
    for one in sorted(returns, key=lambda one: one.referred_on):
        if one.lot_id == lot_id:
            first.setdefault((one.case_id, one.closed_on), one)
    return tuple(_rate(days, list(first.values()), window, looked_to) for window in WINDOWS)


def guarded(found: Sequence[Rate]) -> tuple[Rate, ...]:
    """The same without small numbers: 1 to 5 children, alone or added by the next longer while."""
    shown, last = [], 0
    for rate in found:
        back = rate.back or 0
        small = 0 < back < SMALLEST_SHOWN or 0 < back - last < SMALLEST_SHOWN
        if small:
            shown.append(Rate(rate.days, rate.closed, None, None))
        else:
            shown.append(rate)
            last = back
    return tuple(shown)


def _rate(
    closed: Sequence[Closed], returns: Sequence[Return], window: int, looked_to: date | None
) -> Rate:
    if looked_to is None:
        return Rate(window, 0, 0, None)
    watched_to = looked_to - timedelta(days=window)
    number = sum(one.cases for one in closed if one.day <= watched_to)
    back = sum(
        one.children for one in returns if one.closed_on <= watched_to and one.days <= window
    )
    back = min(back, number)
    return Rate(window, number, back, wilson(back, number) if number >= FEWEST else None)
