"""Reads what a chart of normal variation is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.contract import queries as contract
from app.contract.models import Lot
from app.performance.benchmarks import queries as benchmarks
from app.performance.benchmarks.rules import Terms as Benchmark
from app.performance.measures import queries as measures
from app.performance.measures import reading
from app.performance.measures.catalogue import DEFINITIONS
from app.performance.measures.events.chosen import lines
from app.performance.measures.events.columns import Span
from app.performance.measures.rules import Cohort, Kind, Measure, Reading
from app.performance.service_levels import queries as levels
from app.performance.service_levels.queries import Agreement
from app.performance.service_levels.rules import direction_of, expected, scale_of
from app.performance.signals import rules
from app.performance.signals.rules import Stretch, Value
from app.performance.variations.models import TargetVersion, Variation
from app.planning.variation_charts import Verdict, assurance
from app.work.uow import UnitOfWork

# A year of weeks: what is older says little about how the work is now.
READ_BACK = timedelta(weeks=53)


@dataclass(frozen=True)
class Charted:
    """A lot's measure between the limits of chance; `refusal` says why there is no chart.

    `weeks` is how many stand together in a value; 0 where the values are days between events.
    """

    lot_id: int
    lot: str
    measure: Measure
    cohort: Cohort
    refusal: str
    values: Sequence[Value] = ()
    weeks: int = 1
    stretches: Sequence[Stretch] = ()
    changes: Sequence[date] = ()
    agreement: Agreement | None = None
    verdict: Verdict | None = None
    references: Sequence[Benchmark] = ()


_VARIED = (
    select(col(Variation.agreed_on))
    .join(TargetVersion, col(TargetVersion.variation_id) == col(Variation.id))
    .where(col(TargetVersion.lot_id) == bindparam("lot_id"))
)


def chart(
    uow: UnitOfWork, measure: Measure, lot_id: int, cohort: Cohort, *, exact: bool
) -> Charted:
    """The last year's weeks of a measure in one of the actor's lots.

    Unless `exact`, none of a measure about children, whose weeks hold small numbers.
    """
    lot = contract.find_lot(uow, lot_id)
    definition = DEFINITIONS[measure]
    empty = Charted(lot_id, lot.name, measure, cohort, "")
    refusal = rules.refusal(measure, standing=definition.standing)
    if definition.sensitive and not exact:
        refusal = "Single weeks of a measure about children are not shown outside the teams."
    if cohort is not Cohort.ALL and not exact:
        refusal = "Single weeks of a part of the work are not shown outside the teams."
    if refusal:
        return Charted(lot_id, lot.name, measure, cohort, refusal)
    weeks = _weeks(uow, empty)
    values, width = rules.values_of(weeks, scale_of(measure))
    waits = exact and not values and bool(weeks) and measure.kind is Kind.COUNT
    if waits:
        values, width = _waits(uow, lot, empty, weeks), 0
    changes = _changes(uow, lot_id, values)
    stretches = rules.stretches(values, changes, direction_of(measure), waits=waits)
    agreement = None if waits else _agreement(uow, empty)
    return Charted(
        lot_id,
        lot.name,
        measure,
        cohort,
        "" if stretches else "There are too few events for limits of chance, even by fortnights.",
        values,
        width,
        stretches,
        [stretch.values[0].ends_on for stretch in stretches[1:]],
        agreement,
        _verdict(agreement, stretches, uow.today),
        () if waits else benchmarks.reference_lines(uow, lot.contract_id, measure),
    )


def _weeks(uow: UnitOfWork, one: Charted) -> list[Reading]:
    """The weeks that were counted by as many days as the last: others vary for another cause."""
    found = measures.readings(
        uow,
        measures={one.measure},
        lots={one.lot_id},
        since=uow.today - READ_BACK,
        monthly=False,
        running=False,
    )
    weeks = [week for week in found if week.cohort is one.cohort]
    return measures.counted_alike(weeks, measures.days_of(uow))


def _waits(uow: UnitOfWork, lot: Lot, one: Charted, weeks: Sequence[Reading]) -> list[Value]:
    """The days between events so rare that their weeks say little; there are few of them."""
    definition, last = DEFINITIONS[one.measure], weeks[-1]
    of = reading.ground(uow, lot.contract_id)
    within = of.version(one.measure, last.ends_on).within
    days = definition.days(of.calendar)
    span = Span(weeks[0].starts_on, last.ends_on, (one.lot_id,), days, within)
    events = [
        line.day
        for line in lines(uow, one.measure, span)
        if line.counted and one.cohort in (Cohort.ALL, line.cohort)
    ]
    return rules.waits_of(events, last.version)


def _changes(uow: UnitOfWork, lot_id: int, values: Sequence[Value]) -> list[date]:
    """The days of what was written down: a varied target, and a new version of the definition."""
    varied = [day for (day,) in uow.rows(_VARIED, lot_id=lot_id)]
    defined = [
        after.ends_on for before, after in pairwise(values) if after.version != before.version
    ]
    return sorted({*varied, *defined})


def _agreement(uow: UnitOfWork, one: Charted) -> Agreement | None:
    same = one.lot_id, one.measure, one.cohort
    return next(
        (
            level
            for level in levels.agreements(uow)
            if (level.lot_id, level.measure, level.cohort) == same
            and level.terms.starts_on <= uow.today <= level.terms.ends_on
        ),
        None,
    )


def _verdict(agreement: Agreement | None, found: Sequence[Stretch], today: date) -> Verdict | None:
    if agreement is None or not found:
        return None
    asked = expected(agreement.terms, today)
    return assurance(asked, found[-1].limits, direction_of(agreement.measure))
