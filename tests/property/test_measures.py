"""A second formulation of every measure, in plain SQL, agrees on a thousand invented projects."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from app.performance.measures import reading
from app.performance.measures.catalogue import DEFINITIONS
from app.performance.measures.rules import Cohort, Kind, Measure, Tally
from app.performance.measures.tallies import month_of, week_of
from tests.makers_measures import fixed, invented, lots_of
from tests.measures_in_sql import EVENTS, added_up, lay_days
from tests.world import World

# Each lot is a project of its own; all of them are read at once, as every night.
PROJECTS, FEWEST = 1000, 5
# The days of watching that a version may allow at least: these rows are of two months.
DAYS = {Measure.RE_REFERRED: 30}
# The week in which the clocks go back, one that runs, and a month.
SPANS = (
    week_of(date(2026, 10, 25)),
    week_of(date(2026, 11, 14)).until(date(2026, 11, 16)),
    month_of(date(2026, 10, 5)),
)
# Small faults, each in the SQL of one measure.
FAULTS = {
    Measure.DURATION: ("e.started_on", "e.submitted_on"),
    Measure.SEEN_SOON: ("BETWEEN e.starts_on AND", "<"),
    Measure.DECIDED_SOON: ("<= :allowed", "<= :allowed - 1"),
    Measure.UNALLOCATED: ("NOT IN (SELECT case_id FROM holders)", "> 0"),
    Measure.FLAGS_ANSWERED: (":allowed + 1", ":allowed"),
    Measure.PLANS_REVIEWED: ("<= p.review_due_on", "< p.review_due_on"),
    Measure.AGENCY: ("agency + staff AS", "staff AS"),
    Measure.CASELOAD_FULL_TIME: ("> 2220", "> 9999"),
    Measure.AUDITED_LOW: ("voice, risk", "voice"),
    Measure.AUDIT_ACTIONS: ("due_on >= ended_on THEN", "due_on > ended_on THEN"),
    Measure.HANDOVER_DAYS: ("t.nth - b.nth", "t.number - b.number"),
}


def within_of(measure: Measure) -> int | None:
    return DAYS.get(measure, DEFINITIONS[measure].within)


def disagreements(
    world: World, lots: list[int], events: Mapping[Measure, str] = EVENTS
) -> Iterator[tuple[Any, ...]]:
    """Every tally of every lot, cohort and period that the two formulations do not agree on.

    Whatever they look at, each measure must have found something in one of the periods.
    """
    with world.setting_up() as uow:
        of = replace(reading.ground(uow, world.contract()), lots=tuple(lots))
        for measure, sql in events.items():
            within, counted, missed = within_of(measure), 0, 0
            read = reading.read(uow, of, measure, SPANS, within)
            for span in SPANS:
                told = added_up(world, sql, measure, span, within, lots)
                for lot in lots:
                    for cohort in DEFINITIONS[measure].cohorts:
                        one, other = read[span, lot, cohort], told.get((lot, cohort), Tally(0, 0))
                        counted += other.numerator if cohort is Cohort.ALL else 0
                        missed += other.denominator - other.numerator
                        if one != other:
                            yield measure, span, lot, cohort, one, other
            if counted < FEWEST or (measure.kind is Kind.SHARE and missed < FEWEST):
                yield measure, "too few events to agree on", counted, missed


def test_a_second_formulation_in_sql_agrees_on_a_thousand_projects(world: World) -> None:
    lots = lots_of(world, PROJECTS, 0)
    invented(world, fixed(world), lots, 2026)
    lay_days(world)
    assert EVENTS.keys() == set(Measure)
    assert list(disagreements(world, lots)) == []


def test_a_small_fault_in_one_formulation_is_found(world: World) -> None:
    lots = lots_of(world, 150, 1)
    invented(world, fixed(world), lots, 7)
    lay_days(world)
    for measure, (right, wrong) in FAULTS.items():
        assert right in EVENTS[measure], measure
        found = disagreements(world, lots, {measure: EVENTS[measure].replace(right, wrong)})
        assert any(len(one) == 6 for one in found), measure
