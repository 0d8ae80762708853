"""How readings stand side by side on a page: measures by column, and periods of one measure."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from app.kernel.days import show_date
from app.performance.measures.catalogue import DEFINITIONS
from app.performance.measures.definition import Definition
from app.performance.measures.events.chosen import OF_WORKERS
from app.performance.measures.queries import outsiders
from app.performance.measures.rules import (
    PARTS,
    Cohort,
    Group,
    Kind,
    Measure,
    Reading,
    number,
)
from app.performance.measures.tallies import Guarded, month_of, week_of

Lots = Sequence[tuple[int, str]]


class Key(NamedTuple):
    """Where a reading stands."""

    measure: Measure
    lot_id: int
    cohort: Cohort
    starts_on: date


@dataclass(frozen=True)
class Reader:
    """What somebody may see: cases behind figures, workers behind figures, or neither."""

    cases: bool
    workers: bool

    def opens(self, measure: Measure) -> bool:
        return self.cases and (self.workers or measure not in OF_WORKERS)


@dataclass(frozen=True)
class Cell:
    """A figure in words, what it was counted of, and the address of its rows, if any."""

    shown: str
    of: str = ""
    href: str = ""
    reading: Reading | None = None
    is_shown: bool = True


@dataclass(frozen=True)
class Column:
    """A lot and cohort in the period that begins on a day."""

    title: str
    lot_id: int
    cohort: Cohort
    starts_on: date | None


@dataclass(frozen=True)
class Line:
    """A measure with its figures, in the order of the columns."""

    measure: Measure
    definition: Definition
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class PeriodRow:
    """One period of one measure, the columns in order."""

    starts_on: date
    ends_on: date
    runs: bool
    version: int
    cells: tuple[Cell, ...]


class Figures:
    """Readings by where they stand, as a reader may see them."""

    def __init__(self, readings: Iterable[Reading], reader: Reader, *, monthly: bool) -> None:
        self.reader = reader
        self.monthly = monthly
        kept = list(readings)
        if not reader.cases:
            self.guarded: Mapping[Reading, Guarded] = outsiders(kept)
            kept = [one for one in kept if one in self.guarded]
        else:
            self.guarded = {}
        self.known = {Key(r.measure, r.lot_id, r.cohort, r.starts_on): r for r in kept}

    def whole(self) -> list[date]:
        """On which days the periods begin that are over, the last one first."""
        return sorted(
            {key.starts_on for key, one in self.known.items() if not self.runs(one)}, reverse=True
        )

    def running(self) -> Reading | None:
        """Any reading of the period that runs."""
        return next((one for one in self.known.values() if self.runs(one)), None)

    def runs(self, one: Reading) -> bool:
        """Whether a reading is of a period that is not over."""
        whole = month_of(one.starts_on) if self.monthly else week_of(one.starts_on)
        return one.ends_on < whole.ends_on

    def cell(self, measure: Measure, lot_id: int, cohort: Cohort, starts_on: date | None) -> Cell:
        if starts_on is None or cohort not in DEFINITIONS[measure].cohorts:
            return Cell("–")
        one = self.known.get(Key(measure, lot_id, cohort, starts_on))
        if one is None:
            return Cell("–")
        guarded = self.guarded.get(one)
        if guarded is not None:
            is_shown = guarded.numerator is not None and guarded.share_shown
            of = "" if guarded.denominator is None else _of(one, guarded.numerator)
            return Cell(guarded.shown, of, "", one, is_shown)
        href = self._address(one) if one.denominator and self.reader.opens(measure) else ""
        return Cell(one.shown, _of(one, one.numerator), href, one)

    def _address(self, one: Reading) -> str:
        every = "month" if self.monthly else "week"
        cohort = "" if one.cohort is Cohort.ALL else f"&cohort={one.cohort}"
        day = one.starts_on.isoformat()
        return f"/measures/{one.measure}/rows?lot={one.lot_id}&every={every}&of={day}{cohort}"


def _of(one: Reading, numerator: int | None) -> str:
    """What a figure was counted of: 28 of 34; nothing where the figure says it all."""
    if one.measure.kind is Kind.COUNT or not one.denominator:
        return ""
    if one.measure.kind is Kind.MEDIAN:
        return f"of {one.denominator:,}"
    said = "c" if numerator is None else number(one.measure, numerator)
    return f"{said} of {number(one.measure, one.denominator)}"


def side_by_side(figures: Figures, lots: Lots) -> list[Column]:
    """Each lot in the last whole period; or one lot with how it was, runs and is made up."""
    whole = figures.whole()
    last = whole[0] if whole else None
    if len(lots) > 1:
        return [Column(name, lot_id, Cohort.ALL, last) for lot_id, name in lots]
    columns = []
    running = figures.running()
    for lot_id, _ in lots:
        before = whole[1] if len(whole) > 1 else None
        so_far = f"So far, to {show_date(running.ends_on)}" if running else "So far"
        columns = [
            Column("Last whole", lot_id, Cohort.ALL, last),
            Column("One before", lot_id, Cohort.ALL, before),
            Column(so_far, lot_id, Cohort.ALL, running.starts_on if running else None),
            *(Column(cohort.label, lot_id, cohort, last) for cohort in PARTS),
        ]
    return columns


def by_group(figures: Figures, columns: Sequence[Column]) -> list[tuple[Group, list[Line]]]:
    """Every measure with its figures, children first and volume last."""
    lines = [
        Line(
            measure,
            DEFINITIONS[measure],
            tuple(figures.cell(measure, c.lot_id, c.cohort, c.starts_on) for c in columns),
        )
        for measure in Measure
    ]
    return [(group, [one for one in lines if one.definition.group is group]) for group in Group]


def history(
    figures: Figures, measure: Measure, columns: Collection[tuple[int, Cohort]]
) -> list[PeriodRow]:
    """One measure period by period, the last one first."""
    starts = sorted({key.starts_on for key in figures.known}, reverse=True)
    rows = []
    for starts_on in starts:
        cells = tuple(figures.cell(measure, *column, starts_on) for column in columns)
        read = [cell.reading for cell in cells if cell.reading is not None]
        if read:
            first = read[0]
            runs = figures.runs(first)
            rows.append(PeriodRow(starts_on, first.ends_on, runs, first.version, cells))
    return rows
