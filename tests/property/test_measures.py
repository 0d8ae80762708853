"""A second count of every measure, row by row, agrees on a thousand invented projects."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from statistics import median_low
from typing import Any

from app.agreements.proposals.models import Proposal
from app.cases.assessments.models import Assessment
from app.cases.register.models import Allocation
from app.cases.scope.models import LedgerPosting
from app.contract import queries as contract
from app.db.tables import Row
from app.people.models import Practitioner
from app.performance.measures import reading
from app.performance.measures.catalogue import DEFINITIONS
from app.performance.measures.rules import Kind, Measure, Tally
from app.performance.measures.tallies import month_of, week_of
from app.safeguarding.flags.models import Flag
from tests.counted_measures import Happened, Recount
from tests.makers_measures import Rows, fixed, invented, lots_of
from tests.world import World

# Each lot is a project of its own; all of them are read at once, as every night.
PROJECTS, FEWEST = 1000, 5
# The week in which the clocks go back, one that runs, and a month.
# The days of watching that a version may allow at least: these rows are of two months.
DAYS = {Measure.RE_REFERRED: 30}
HALVED: dict[type[Row], Measure] = {
    Assessment: Measure.DURATION,
    LedgerPosting: Measure.OPEN,
    Proposal: Measure.DECIDED_SOON,
    Allocation: Measure.UNALLOCATED,
    Flag: Measure.FLAGS_ANSWERED,
}
SPANS = (
    week_of(date(2026, 10, 25)),
    week_of(date(2026, 11, 14)).until(date(2026, 11, 16)),
    month_of(date(2026, 10, 5)),
)


# How many of each measure's events counted, so that nothing agrees for want of events.
SEEN: Counter[Measure] = Counter()


def by_hand(kind: Kind, found: list[Happened]) -> Tally:
    if kind is Kind.MEDIAN:
        days = [one.days for one in found]
        return Tally(len(days), len(days), median_low(days) if days else None)
    return Tally(sum(one.counted for one in found), len(found))


def disagreements(
    world: World, recount: Recount, lots: list[int], measures: Iterable[Measure] = Measure
) -> list[Any]:
    """Every tally of every lot, cohort and period that the two counts do not agree on."""
    found: list[Any] = []
    with world.setting_up() as uow:
        of = replace(reading.ground(uow, world.contract()), lots=tuple(lots))
        for measure in measures:
            definition = DEFINITIONS[measure]
            within = DAYS.get(measure, definition.within)
            read = reading.read(uow, of, measure, SPANS, within)
            for span in SPANS:
                happened = recount.count(measure, span.starts_on, span.ends_on, within)
                share = measure.kind is Kind.SHARE
                SEEN[measure] += sum(1 for one in happened if one.counted or not share)
                grouped = defaultdict(list)
                for one in happened:
                    grouped[one.lot_id].append(one)
                for lot in lots:
                    for cohort in definition.cohorts:
                        kept = [one for one in grouped[lot] if cohort in ("all", one.cohort)]
                        counted = by_hand(measure.kind, kept)
                        if read[span, lot, cohort] != counted:
                            found.append((measure, span, lot, read[span, lot, cohort], counted))
    return found


def recount_of(world: World, rows: Rows, workers: dict[int, int]) -> Recount:
    named = {
        worker.id: (worker, workers[worker.id])
        for worker in world.rows(Practitioner)
        if worker.id in workers
    }
    with world.setting_up() as uow:
        return Recount(rows, named, contract.calendar(uow, world.contract()))


def test_a_second_count_of_every_measure_agrees_on_a_thousand_projects(world: World) -> None:
    leaning, lots = fixed(world), lots_of(world, PROJECTS, 0)
    recount = recount_of(world, invented(world, leaning, lots, 2026), leaning.workers)
    assert disagreements(world, recount, lots) == []
    assert not {measure: SEEN[measure] for measure in Measure if SEEN[measure] < FEWEST}


def test_a_row_that_one_of_the_counts_does_not_see_is_found(world: World) -> None:
    leaning = fixed(world)
    lots = lots_of(world, 30, 1)
    rows = invented(world, leaning, lots, 7)
    for model, measure in HALVED.items():
        recount = recount_of(world, {**rows, model: rows[model][::2]}, leaning.workers)
        assert disagreements(world, recount, lots, [measure])
