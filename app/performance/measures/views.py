"""What the pages of the measures are asked for, and what one measure shows besides figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.contract import queries as contract
from app.contract.models import Contract
from app.kernel.calendar import WorkingCalendar
from app.kernel.days import parse_date
from app.performance.measures import queries
from app.performance.measures.catalogue import DEFINITIONS
from app.performance.measures.definition import run_example
from app.performance.measures.queries import VersionView
from app.performance.measures.reading import Asked
from app.performance.measures.rules import (
    Cohort,
    Kind,
    Measure,
    Period,
    Reading,
    Tally,
    figure,
    show,
)
from app.performance.measures.tables import Cell, Figures, Lots, PeriodRow, Reader, history
from app.performance.measures.tallies import Fact, month_of, week_of
from app.web import charts
from app.web.charts import Chart, Point, Series
from app.work.uow import UnitOfWork

EVERY = (("week", "Weeks"), ("month", "Months"))
# A figure's axis is in thousandths of a share, in tenths where cases are shared out.
STEPS = {Kind.SHARE: 1000, Kind.RATE: 10, Kind.COUNT: 1, Kind.MEDIAN: 1}


@dataclass(frozen=True)
class Choice:
    """Weeks or months, and one lot or all of them."""

    monthly: bool
    lot_id: int | None

    @property
    def every(self) -> str:
        return "month" if self.monthly else "week"

    def since(self, today: date) -> date:
        """The beginning of the period before the last whole one."""
        if self.monthly:
            return (today.replace(day=1) - timedelta(days=40)).replace(day=1)
        return week_of(today).starts_on - timedelta(days=14)

    def span(self, typed: str, last: date) -> Period:
        """The period that a day typed into the address lies in, as far as it is over."""
        try:
            day = parse_date(typed)
        except ValueError:
            day = last
        whole = month_of(day) if self.monthly else week_of(day)
        return whole.until(max(last, whole.starts_on))


@dataclass(frozen=True)
class Example:
    """The worked example of a definition under the days of a version."""

    events: Sequence[tuple[Fact, bool]]
    tally: Tally
    shown: str


@dataclass(frozen=True)
class ContractView:
    """What a measure means in one contract: in force, drafted since, and before."""

    contract: Contract
    lots: frozenset[int]
    now: VersionView
    draft: VersionView | None
    versions: Sequence[VersionView]
    example: Example


def contracts_of(uow: UnitOfWork, measure: Measure) -> list[ContractView]:
    """The measure in each of the actor's contracts."""
    found = []
    lots = contract.list_lots(uow)
    for held in contract.list_contracts(uow):
        contract_id = held.id or 0
        here = frozenset(lot.id or 0 for lot in lots if lot.contract_id == contract_id)
        kept = queries.versions(uow, contract_id, measure)
        now = queries.in_force(measure, kept, uow.today)
        draft = kept[0] if kept and kept[0].from_on is None else None
        calendar = contract.calendar(uow, contract_id)
        example = example_of(measure, (draft or now).within, calendar)
        found.append(ContractView(held, here, now, draft, kept, example))
    return found


def example_of(measure: Measure, within: int | None, calendar: WorkingCalendar) -> Example:
    """Invented events of a measure and what they come to, given the days that it allows."""
    events, tally = run_example(measure.kind, DEFINITIONS[measure], within, calendar)
    return Example(events, tally, words_of(measure, tally))


@dataclass(frozen=True)
class Tried:
    """Past periods as they were read, beside what they come to by the newest version."""

    number: int
    lots: Lots
    rows: Sequence[tuple[PeriodRow, Sequence[Cell]]]

    @property
    def changed(self) -> int:
        """How many figures the version would change, of those that it was tried on."""
        return sum(
            other.reading is not None and one.shown != other.shown
            for row, cells in self.rows
            for one, other in zip(row.cells, cells, strict=True)
        )


def tried(uow: UnitOfWork, view: ContractView, figures: Figures, lots: Lots) -> Tried | None:
    """The effect of a contract's newest version; None where it has none to show.

    Two figures of one period side by side would give a small number away, so outsiders see those of
    no sensitive measure.
    """
    measure = view.now.measure
    told = figures.reader.cases or not DEFINITIONS[measure].sensitive
    if not (view.versions and told) or DEFINITIONS[measure].within is None:
        return None
    number = view.versions[0].number
    here = view.lots & {lot_id for lot_id, _ in lots}
    lots = [lot for lot in lots if lot[0] in here]
    ids = [lot_id for lot_id, _ in lots]
    found = queries.by_version(uow, measure, number, monthly=figures.monthly, lots=ids)
    then_and_now = Figures(found, Reader(cases=True, workers=False), monthly=figures.monthly)
    columns = [(lot_id, Cohort.ALL) for lot_id in ids]
    known = set(then_and_now.whole())
    rows = [
        (
            row,
            [then_and_now.cell(measure, *column, row.starts_on) for column in columns],
        )
        for row in history(figures, measure, columns)
        if row.starts_on in known
    ]
    return Tried(number, lots, rows)


def chart_of(
    figures: Figures, measure: Measure, columns: Sequence[tuple[str, int, Cohort]]
) -> Chart:
    """Whole periods of one measure, a line for each column; hidden and n/a figures left out."""
    step = STEPS[measure.kind]
    lines = []
    for name, lot_id, cohort in columns:
        points = []
        for starts_on in reversed(figures.whole()):
            one = figures.cell(measure, lot_id, cohort, starts_on)
            value = one.reading.value if one.reading and one.is_shown else None
            if value is not None and one.reading is not None:
                points.append(Point(one.reading.ends_on, round(value * step)))
        lines.append(Series(name, points))
    unit = 50 if measure.kind is Kind.SHARE else 1
    return charts.series(lines, measure.label, lambda n: show(measure.kind, n / step), unit=unit)


def columns_of(measure: Measure, lots: Lots) -> list[tuple[str, int, Cohort]]:
    """A column for each lot; or for each part of the work of one lot."""
    if len(lots) > 1:
        return [(name, lot_id, Cohort.ALL) for lot_id, name in lots]
    cohorts = DEFINITIONS[measure].cohorts
    return [(cohort.label, lot_id, cohort) for lot_id, _ in lots for cohort in cohorts]


def words_of(measure: Measure, tally: Tally) -> str:
    """A tally as people read it."""
    return show(measure.kind, figure(measure.kind, tally))


def stored_reading(uow: UnitOfWork, asked: Asked) -> Reading | None:
    """What was read of the figure whose rows are asked for, if it was."""
    found = queries.readings(
        uow,
        monthly=asked.span.monthly,
        measures=[asked.measure],
        lots=[asked.lot_id],
        since=asked.span.starts_on,
    )
    return next(
        (
            one
            for one in found
            if (one.starts_on, one.cohort) == (asked.span.starts_on, asked.cohort)
        ),
        None,
    )


def address_of(asked: Asked, choice: Choice, *, counted: bool | None = None) -> str:
    """Where the rows of a figure are listed: all of them, or those that count or do not."""
    shown = "" if counted is None else f"&show={'counted' if counted else 'missed'}"
    cohort = "" if asked.cohort is Cohort.ALL else f"&cohort={asked.cohort}"
    of = asked.span.starts_on.isoformat()
    lot = f"lot={asked.lot_id}&every={choice.every}&of={of}"
    return f"/measures/{asked.measure}/rows?{lot}{cohort}{shown}"
