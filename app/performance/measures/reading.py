"""Reads what measures come to in periods, and the rows that a figure stands for."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select

from app.cases.register import queries as register
from app.contract import queries as contract
from app.kernel import paging
from app.kernel.calendar import WorkingCalendar
from app.people.workers import names_of_workers
from app.performance.measures import queries
from app.performance.measures.catalogue import DEFINITIONS
from app.performance.measures.events.chosen import OF_WORKERS, as_day, lines, select_of
from app.performance.measures.events.columns import Span
from app.performance.measures.rules import (
    OF_COUNTS,
    OUT_OF_MUCH,
    Cohort,
    Kind,
    Measure,
    Period,
    Reading,
    Tally,
    scale_of,
)
from app.performance.measures.tallies import Signed, add_up, version_on
from app.performance.workforce import queries as workforce
from app.work.uow import UnitOfWork

PAGE_SIZE = 50
# Beyond so many rows a figure that was read is taken as it was, and not counted again.
MOST_COUNTED_AGAIN = 2_000
Tallies = dict[tuple[Period, int, Cohort], Tally]


@dataclass(frozen=True)
class Ground:
    """A contract as far as the actor sees it: its lots, how days count, what was signed."""

    contract_id: int
    lots: tuple[int, ...]
    calendar: WorkingCalendar
    versions: dict[Measure, list[Signed]]

    def version(self, measure: Measure, day: date) -> Signed:
        """The version in force on a day."""
        return version_on(self.versions.get(measure, []), day, queries.standard(measure))

    def newest(self, measure: Measure) -> Signed:
        """The version drafted last, signed or not; the standard one before the first."""
        kept = self.versions.get(measure, [])
        return max(kept, key=lambda one: one.number, default=queries.standard(measure))


@dataclass(frozen=True)
class Behind:
    """One event behind a figure; `name` is a case's reference, a worker's name or a source."""

    case_id: int | None
    name: str
    day: date
    cohort: Cohort
    counted: int
    began: date | None
    ended: date | None
    # Of how much `counted` is a share, where it is not a yes or no.
    out_of: int | None = None


@dataclass(frozen=True)
class Asked:
    """Which figure's rows: all of them, or where it is a share those that count or do not."""

    measure: Measure
    span: Period
    lot_id: int
    cohort: Cohort
    counted: bool | None = None


def ground(uow: UnitOfWork, contract_id: int) -> Ground:
    """The lots in sight of a contract with its calendar and signed definitions; NotFound."""
    lots = [lot.id for lot in contract.list_lots(uow) if lot.contract_id == contract_id]
    return Ground(
        contract_id,
        tuple(lot_id for lot_id in lots if lot_id is not None),
        contract.calendar(uow, contract_id),
        queries.signed_versions(uow, contract_id),
    )


def read(
    uow: UnitOfWork,
    of: Ground,
    measure: Measure,
    spans: Sequence[Period],
    within: int | None,
) -> Tallies:
    """A measure of every lot and cohort in each period, nothing where nothing happened.

    One statement for all periods, or one for each where it is read as at a period's end.
    """
    definition = DEFINITIONS[measure]
    if not spans:
        return {}
    whole = Span(
        min(one.starts_on for one in spans),
        max(one.ends_on for one in spans),
        of.lots,
        definition.days(of.calendar),
        within,
    )
    nothing = dict.fromkeys(
        ((span, lot, cohort) for span in spans for lot in of.lots for cohort in definition.cohorts),
        Tally(0, 0),
    )
    if not definition.standing:
        found = lines(uow, measure, whole)
        return nothing | add_up(measure.kind, found, spans, definition.cohorts)
    by_day = {
        day: lines(uow, measure, replace(whole, starts_on=day, ends_on=day))
        for day in {one.ends_on for one in spans}
    }
    for span in spans:
        found = by_day[span.ends_on]
        nothing |= add_up(measure.kind, found, [span], definition.cohorts)
    return nothing


def taken(stored: Reading | None) -> Tally | None:
    """The figure that was read, where it stands for so many rows that it is not counted again."""
    if stored is None or stored.denominator <= MOST_COUNTED_AGAIN * scale_of(stored.measure):
        return None
    return Tally(stored.numerator, stored.denominator, stored.amount)


def rows_behind(
    uow: UnitOfWork,
    of: Ground,
    asked: Asked,
    page: str | None,
    taken: Tally | None,
) -> tuple[Tally, paging.Slice[Behind]]:
    """What a figure comes to by the rows as they are now, and one page of those asked for.

    A figure that is taken as it was read is not counted again.
    """
    measure, span = asked.measure, asked.span
    definition, within = DEFINITIONS[measure], of.version(measure, span.ends_on).within
    here = replace(of, lots=(asked.lot_id,))
    tally = taken or read(uow, here, measure, [span], within)[span, asked.lot_id, asked.cohort]
    starts_on = span.ends_on if definition.standing else span.starts_on
    days = Span(starts_on, span.ends_on, here.lots, definition.days(of.calendar), within)
    found, values = select_of(uow, measure, days)
    kept = [] if asked.cohort is Cohort.ALL else [found.c.cohort == asked.cohort.value]
    total = tally.denominator
    if measure in OF_COUNTS:
        total = min(total, 1)
    elif measure in OUT_OF_MUCH:
        total = int(uow.rows(select(func.count()).select_from(found), **values).scalar_one())
    elif measure.kind is Kind.SHARE and asked.counted is not None:
        kept.append(found.c.counted == int(asked.counted))
        total = tally.numerator if asked.counted else total - tally.numerator
    place = paging.place(page, total=total, size=PAGE_SIZE)
    rows = uow.rows(
        select(found)
        .where(*kept)
        .order_by(found.c.day, found.c.subject_id)
        .offset(place.offset)
        .limit(place.size),
        **values,
    ).all()
    return tally, paging.Slice[Behind].at(place, _named(uow, measure, rows))


def _named(uow: UnitOfWork, measure: Measure, rows: Sequence[Any]) -> list[Behind]:
    by_subject = measure in OF_WORKERS or measure in OF_COUNTS
    if measure in OF_COUNTS:
        names = workforce.sources(uow, [row.subject_id for row in rows])
    elif measure in OF_WORKERS:
        names = names_of_workers(uow)
    else:
        cases = {row.case_id for row in rows if row.case_id is not None}
        names = register.references_of(uow, cases)
    return [
        Behind(
            row.case_id,
            names.get(row.subject_id if by_subject else row.case_id, ""),
            row.day,
            Cohort(row.cohort),
            int(row.counted),
            row.began and as_day(row.began),
            row.ended and as_day(row.ended),
            row.out_of if measure in OUT_OF_MUCH else None,
        )
        for row in rows
    ]
