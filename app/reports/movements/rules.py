"""A measure over two periods that follow each other, and a service level that is missed."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.kernel.days import show_date
from app.performance.measures.rules import Better, Kind, Measure, Reading


@dataclass(frozen=True)
class Moved:
    """A measure of a lot over two periods, as it is shown.

    `better` is None where neither direction is, or where chance alone may have moved it.
    """

    is_about_children: bool
    title: str
    before: str
    now: str
    rose: bool
    better: bool | None
    period: str
    link: str


@dataclass(frozen=True)
class Level:
    """A service level that is missed, or is heading to be."""

    title: str
    value: str
    target: str
    words: str
    link: str


def moved(
    measure: Measure, readings: Sequence[tuple[Reading, str]], *, is_about_children: bool
) -> Moved | None:
    """What the last two periods with a figure say; None where nothing moved or nothing is told.

    `readings` are in their order, each as its reader may see it.
    """
    told = [(one, shown) for one, shown in readings if one.value is not None]
    if len(told) < 2 or {"c", "–"} & {shown for _, shown in told[-2:]}:
        return None
    (then, before), (last, now) = told[-2:]
    if before == now:
        return None
    rose = (last.value or 0) > (then.value or 0)
    better = None
    if measure.better is not Better.NEITHER and not _may_be_chance(then, last):
        better = rose == (measure.better is Better.HIGHER)
    return Moved(
        is_about_children,
        measure.label,
        before,
        now,
        rose,
        better,
        _period(last),
        f"/measures/{measure.value}",
    )


def _may_be_chance(then: Reading, last: Reading) -> bool:
    """Whether the intervals of two shares overlap; counts and medians are told as they are."""
    if last.measure.kind is not Kind.SHARE or then.interval is None or last.interval is None:
        return False
    return then.interval.low <= last.interval.high and last.interval.low <= then.interval.high


def _period(reading: Reading) -> str:
    days = (reading.ends_on - reading.starts_on).days
    return f"the week to {show_date(reading.ends_on)}" if days < 7 else f"{reading.starts_on:%B %Y}"
