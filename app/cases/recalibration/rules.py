"""Estimates lines of the points table from the time that assessments took, with its doubt."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import exp, sqrt
from typing import NamedTuple

from app.kernel.errors import Refused
from app.people.points.rules import Band, PointsTable, Travel

# Assessments authorised in so many days before the estimate.
LOOKED_BACK = 182
# A line with fewer assessments is not estimated.
LEAST = 30
# Two-sided 95 %.
_Z = 1.96
_MEASURES = {Band.STANDARD.value, Travel.LOCAL.value}


class Took(NamedTuple):
    """The days from an assessment's allocation to its authorisation, both of them counted."""

    band: Band
    travel: Travel
    days: int


@dataclass(frozen=True)
class Estimate:
    """One line of the table by the time its cases took, in hundredths; None without enough of them.

    The interval says where the figure lies in 95 of 100 such samples.
    """

    line: str
    cases: int
    mean_days: int
    in_force: int
    value: int | None = None
    low: int | None = None
    high: int | None = None

    @property
    def is_measure(self) -> bool:
        """Whether the other lines are measured by this one, so that it has no estimate."""
        return self.line in _MEASURES

    @property
    def differs(self) -> bool:
        """Whether the figure in force lies outside the interval."""
        if self.low is None or self.high is None:
            return False
        return not self.low <= self.in_force * 100 <= self.high


@dataclass(frozen=True)
class _Sample:
    size: int
    mean: float
    variance: float


def estimates(took: Collection[Took], table: PointsTable) -> list[Estimate]:
    """Bands beside a standard case, and travel beside a worker of the lot within the same band.

    A band's points are a standard case's times the ratio of the mean days. For travel each case's
    days are first divided by the mean of its band, so that a harder mix does not look like a
    longer way. Stages are not estimated: time does not tell how heavily a stage weighs on a day.
    """
    bands = _samples((one.band.value, float(one.days)) for one in took)
    beside = _samples(
        (one.travel.value, one.days / bands[one.band.value].mean)
        for one in took
        if bands[one.band.value].mean
    )
    of_travel = _samples((one.travel.value, float(one.days)) for one in took)
    return [
        *_against(Band.STANDARD.value, [one.value for one in Band], bands, bands, table),
        *_against(Travel.LOCAL.value, [one.value for one in Travel], beside, of_travel, table),
    ]


def revised(table: PointsTable, found: Sequence[Estimate]) -> PointsTable:
    """The table with the estimates that lie apart from it, to the nearest whole figure.

    Refused where nothing differs enough, or where the bands would no longer rise.
    """
    new = {one.line: _whole(one.value) for one in found if one.differs and one.value is not None}
    revised_table = replace(table, **new)
    if revised_table == table:
        raise Refused("No line differs enough from the table in force to change it.")
    bands = (revised_table.standard, revised_table.complex, revised_table.highly_complex)
    if list(bands) != sorted(bands):
        raise Refused(
            f"By these estimates the bands would be {bands[0]}, {bands[1]} and {bands[2]} points, "
            "and bands rise. Draft the change yourself."
        )
    return revised_table


def _against(
    measure: str,
    lines: Sequence[str],
    samples: Mapping[str, _Sample],
    days: Mapping[str, _Sample],
    table: PointsTable,
) -> list[Estimate]:
    found = []
    unit: int = getattr(table, measure)
    for line in lines:
        size = days[line].size if line in days else 0
        mean = round(days[line].mean * 100) if line in days else 0
        one = Estimate(line, size, mean, getattr(table, line))
        known = measure in samples and samples[measure].size >= LEAST and size >= LEAST
        if known and line != measure and samples[line].mean and samples[measure].mean:
            one = _estimated(one, samples[line], samples[measure], unit)
        found.append(one)
    return found


def _estimated(one: Estimate, line: _Sample, measure: _Sample, unit: int) -> Estimate:
    """The ratio of two means, its interval by the delta method on its logarithm."""
    ratio = line.mean / measure.mean
    doubt = _Z * sqrt(sum(each.variance / (each.size * each.mean**2) for each in (line, measure)))
    value, low, high = (round(100 * unit * ratio * exp(away)) for away in (0.0, -doubt, doubt))
    return replace(one, value=value, low=low, high=high)


def _samples(values: Iterable[tuple[str, float]]) -> dict[str, _Sample]:
    by_line: dict[str, list[float]] = defaultdict(list)
    for line, value in values:
        by_line[line].append(value)
    return {line: _sample(found) for line, found in by_line.items()}


def _sample(values: Sequence[float]) -> _Sample:
    size, mean = len(values), sum(values) / len(values)
    spread = sum((value - mean) ** 2 for value in values)
    return _Sample(size, mean, spread / (size - 1) if size > 1 else 0.0)


def _whole(hundredths: int) -> int:
    return max(1, (hundredths + 50) // 100)
