"""What a chart is given and what it gives back."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from markupsafe import Markup

# Charts as they were drawn last, some 40 KB each: what they show changes less often than people
# look, and to draw them is a quarter of their page.
KEPT = 256


@dataclass(frozen=True)
class Point:
    """A level at the end of a day; money in pence."""

    on: date
    count: int


@dataclass(frozen=True)
class Chart:
    """One reading drawn for a wide and for a narrow place, with its figures as a table."""

    svg: Markup
    narrow: Markup
    reading: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Size:
    width: int
    height: int


WIDE = Size(700, 310)
NARROW = Size(380, 290)


def drawn(
    draw: Callable[[Size], Markup],
    reading: str,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
) -> Chart:
    return Chart(draw(WIDE), draw(NARROW), reading, heads, rows)


def level_at(points: Sequence[Point], on: date) -> int | None:
    """The latest level on or before a day; None before the first."""
    after = bisect_right(points, on, key=_on)
    return points[after - 1].count if after else None


def between(points: Sequence[Point], on: date) -> int | None:
    """The level on a day, on the straight line between its neighbours; None outside."""
    after = bisect_right(points, on, key=_on)
    if not after:
        return None
    first = points[after - 1]
    if after == len(points):
        return first.count if first.on == on else None
    second = points[after]
    share = (on - first.on) / (second.on - first.on)
    return first.count + round((second.count - first.count) * share)


def _on(point: Point) -> date:
    return point.on


def day(on: date) -> str:
    return f"{on.day} {on:%b %Y}"


def number(count: int) -> str:
    return f"{count:,}"


def short(count: int) -> str:
    """A count for an axis: 950, 1,200, 120k, 1.2m."""
    if abs(count) >= 1_000_000:
        return f"{count / 1_000_000:,.1f}".removesuffix(".0") + "m"
    if abs(count) >= 100_000:
        return f"{count / 1000:,.1f}".removesuffix(".0") + "k"
    return number(count)


def pounds(pence: int) -> str:
    """Money to read at a glance: £950, £24k, £1.25m."""
    sign, whole = ("−" if pence < 0 else ""), abs(pence) / 100
    if whole >= 999_500:
        return f"{sign}£{whole / 1_000_000:,.2f}".rstrip("0").rstrip(".") + "m"
    if whole >= 1000:
        return f"{sign}£{whole / 1000:,.1f}".removesuffix(".0") + "k"
    return f"{sign}£{whole:,.0f}"
