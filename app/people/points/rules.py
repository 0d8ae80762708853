"""What a case counts for in points, by its band, its stage and the worker's travel to it."""

from dataclasses import dataclass, fields
from enum import StrEnum
from functools import lru_cache
from itertools import product
from typing import NamedTuple

from app.kernel.errors import Invalid
from app.people.rules import FULL_TIME, show_hours


class Band(StrEnum):
    """How much work a case is in itself."""

    STANDARD = "standard"
    COMPLEX = "complex"
    HIGHLY_COMPLEX = "highly_complex"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()


class Stage(StrEnum):
    """How far the work on a case has come."""

    TO_START = "to_start"
    ASSESSING = "assessing"
    DECISION = "decision"
    HANDOVER = "handover"

    @property
    def label(self) -> str:
        return _STAGES[self]


class Travel(StrEnum):
    """How far the worker lives from the case."""

    LOCAL = "local"
    COUNTY = "county"
    OUTSIDE = "outside"

    @property
    def label(self) -> str:
        return _TRAVELS[self]


_STAGES = {
    Stage.TO_START: "Not started",
    Stage.ASSESSING: "Assessment under way",
    Stage.DECISION: "Waiting for a decision",
    Stage.HANDOVER: "Being handed over or closed",
}
_TRAVELS = {
    Travel.LOCAL: "Lives in the lot",
    Travel.COUNTY: "Lives in another lot",
    Travel.OUTSIDE: "Lives outside the area",
}


@dataclass(frozen=True)
class PointsTable:
    """One version of what was agreed; number 0 is the standard one that holds until then.

    A case's points are those of its band, times the percentages of its stage and of the travel.
    """

    standard: int = 5
    complex: int = 7
    highly_complex: int = 10
    to_start: int = 60
    assessing: int = 100
    decision: int = 50
    handover: int = 40
    local: int = 100
    county: int = 115
    outside: int = 130
    # Percentages of a case's points that its co-worker carries, and of a full load in an ASYE.
    co_worker: int = 30
    asye: int = 90
    # A new worker's share of a full load rises evenly over so many weeks.
    ramp_weeks: int = 4
    # What a full-time worker can carry, and the minutes that are full time.
    full_time_points: int = 100
    full_time_minutes: int = FULL_TIME
    # The caseload that the contract aims at, for somebody full time.
    target_cases: int = 15
    # Soft limits of allocation: cases a week, cases not started, and days a case may wait for it.
    new_cases_a_week: int = 5
    unstarted_cases: int = 8
    unstarted_days: int = 30
    number: int = 0


STANDARD = PointsTable()
LIMITS: dict[str, tuple[int, int]] = {
    **dict.fromkeys((band.value for band in Band), (1, 100)),
    **dict.fromkeys((*(one.value for one in Stage), *(one.value for one in Travel)), (0, 300)),
    "co_worker": (0, 100),
    "asye": (0, 100),
    "ramp_weeks": (1, 52),
    "full_time_points": (1, 1_000),
    "full_time_minutes": (60, 60 * 60),
    "target_cases": (1, 100),
    "new_cases_a_week": (1, 100),
    "unstarted_cases": (1, 100),
    "unstarted_days": (1, 365),
}

# The figures under the names that readers know, in the order of the form.
LABELS = {
    "standard": "Standard case, points",
    "complex": "Complex case, points",
    "highly_complex": "Highly complex case, points",
    **{stage.value: f"{stage.label}, %" for stage in Stage},
    **{travel.value: f"{travel.label}, %" for travel in Travel},
    "co_worker": "Co-worker’s share of a case, %",
    "asye": "Full load in an ASYE, %",
    "ramp_weeks": "Weeks until a full load",
    "full_time_points": "Full-time load, points",
    "full_time_minutes": "Full-time week, hours",
    "target_cases": "Target caseload, full time",
    "new_cases_a_week": "New cases a week",
    "unstarted_cases": "Cases not started",
    "unstarted_days": "Days a case may wait to be started",
}


@dataclass(frozen=True)
class Difference:
    """One figure of a table that differs from another's, in words."""

    label: str
    before: str
    after: str


class Points(NamedTuple):
    """What one case counts for whoever holds it, and for its co-worker."""

    held: int
    co_worked: int


EveryPoints = dict[tuple[Band, Stage, Travel], Points]


@lru_cache(maxsize=64)
def every_points(table: PointsTable) -> EveryPoints:
    """The points of every kind of case, worked out once for each table, to weigh many by."""
    kinds = {kind: points_of(table, *kind) for kind in product(Band, Stage, Travel)}
    return {kind: Points(held, co_worker_points(table, held)) for kind, held in kinds.items()}


def points_of(table: PointsTable, band: Band, stage: Stage, travel: Travel) -> int:
    """Whole points of a case for the worker who holds it, halves up; never below 1."""
    product: int = getattr(table, band) * getattr(table, stage) * getattr(table, travel)
    return max(1, _nearest(product, 100 * 100))


def co_worker_points(table: PointsTable, points: int) -> int:
    """Whole points of a case for its co-worker, of those it counts for its holder."""
    return _nearest(points * table.co_worker, 100)


def travel_to(lot_id: int, home_lot_id: int | None) -> Travel:
    """The travel of a worker who lives in the district of `home_lot_id`, or in none of ours."""
    if home_lot_id is None:
        return Travel.OUTSIDE
    return Travel.LOCAL if home_lot_id == lot_id else Travel.COUNTY


def check_table(table: PointsTable) -> None:
    """Raise Invalid, on the figure at fault, for a table that cannot be meant."""
    for name, (lowest, highest) in LIMITS.items():
        if not lowest <= getattr(table, name) <= highest:
            raise Invalid(name, f"This is between {lowest} and {highest}.")
    if not table.standard <= table.complex <= table.highly_complex:
        raise Invalid("complex", "The bands rise: standard, complex, highly complex.")


def differences(before: PointsTable, after: PointsTable) -> list[Difference]:
    """What one table says otherwise than another."""
    old, new = shown(before), shown(after)
    return [Difference(label, old[label], new[label]) for label in old if old[label] != new[label]]


def shown(table: PointsTable) -> dict[str, str]:
    """Every figure of a table under its name, in words."""
    return {
        LABELS[name]: show_hours(value) if name == "full_time_minutes" else str(value)
        for name, value in figures(table).items()
    }


def figures(table: PointsTable) -> dict[str, int]:
    """Every figure of a table but its number, by name."""
    return {
        one.name: getattr(table, one.name) for one in fields(PointsTable) if one.name != "number"
    }


def _nearest(product: int, whole: int) -> int:
    return (2 * product + whole) // (2 * whole)
