"""What an assessment and a cleared case cost, how sure that is, and against hire by the day."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import sqrt

from app.kernel.money import Pence, proportion
from app.people.points.rules import Band, PointsTable

# Fewer than these say too little of how sure a cost is.
FEWEST_WEEKS, FEWEST_UNITS = 8, 10
NORMAL_95 = 1.959964


@dataclass(frozen=True)
class Week:
    """What a week cost, in pence, and how many it bought: cases, assessments or points."""

    ending: date
    pence: int
    units: int


@dataclass(frozen=True)
class UnitCost:
    """Pence for each of `units`, with a 95 % interval; without one where weeks are too few."""

    pence: int
    units: int
    weeks: int
    low: int | None = None
    high: int | None = None

    def times(self, points: int) -> "UnitCost":
        """The cost of something that counts for so many points, from the cost of one."""
        return UnitCost(
            self.pence * points,
            self.units,
            self.weeks,
            None if self.low is None else self.low * points,
            None if self.high is None else self.high * points,
        )


def unit_cost(weeks: Sequence[Week]) -> UnitCost | None:
    """What each unit cost: all that was spent over all that was bought; None until there is one.

    The interval is that of a ratio of two sums over weeks by the delta method, with the weeks
    taken as independent; it never goes below nought.
    """
    units, pence = sum(one.units for one in weeks), sum(one.pence for one in weeks)
    if units <= 0:
        return None
    cost = proportion(Pence(pence), 1, units)
    number = len(weeks)
    if number < FEWEST_WEEKS or units < FEWEST_UNITS:
        return UnitCost(cost, units, number)
    ratio = pence / units
    squares = sum((one.pence - ratio * one.units) ** 2 for one in weeks)
    half = NORMAL_95 * sqrt(squares * number / (number - 1)) / units
    return UnitCost(cost, units, number, max(0, round(ratio - half)), round(ratio + half))


@dataclass(frozen=True)
class Bought:
    """What a lot's week bought in one band: assessments authorised and cases cleared."""

    lot_id: int
    week_ending: date
    band: Band
    assessed: int
    cleared: int


def weeks_of(
    spent: Mapping[date, int], bought: Iterable[Bought], kind: str, points: PointsTable | None
) -> list[Week]:
    """The weeks with a cost, each with its units of a kind: cases, or their points by a table."""
    units: dict[date, int] = {}
    for one in bought:
        each = getattr(points, one.band.value) if points else 1
        units[one.week_ending] = units.get(one.week_ending, 0) + each * getattr(one, kind)
    return [Week(ending, pence, units.get(ending, 0)) for ending, pence in sorted(spent.items())]


def by_band(
    spent: Mapping[date, int], bought: Sequence[Bought], kind: str, table: PointsTable
) -> dict[Band, UnitCost]:
    """What one of each band cost: the spend is shared out by the points that each band counts."""
    point = unit_cost(weeks_of(spent, bought, kind, table))
    if point is None:
        return {}
    return {band: point.times(getattr(table, band.value)) for band in Band}


def counted(bought: Iterable[Bought], kind: str) -> dict[Band, int]:
    """How many of each band there were."""
    found = dict.fromkeys(Band, 0)
    for one in bought:
        found[one.band] += getattr(one, kind)
    return found


@dataclass(frozen=True)
class Hire:
    """The days that were worked, priced as agency hire by the day; `unpriced` have no rate.

    `spent` is what the same weeks cost.
    """

    days: int
    pence: int
    unpriced: int
    spent: int
    until: date

    @property
    def saved(self) -> int:
        """How much less was spent than hire would have cost; negative where it was more."""
        return self.pence - self.spent


def hire(worked: Mapping[tuple[int, int], int], spent: int, until: date) -> Hire:
    """Minutes worked by the rate for hire that holds for them: pence for so many minutes a day."""
    priced = {rate: minutes for rate, minutes in worked.items() if all(rate)}
    return Hire(
        round(sum(Fraction(minutes, full) for (_, full), minutes in priced.items())),
        sum(proportion(Pence(rate), minutes, full) for (rate, full), minutes in priced.items()),
        sum(minutes for rate, minutes in worked.items() if rate not in priced),
        spent,
        until,
    )
