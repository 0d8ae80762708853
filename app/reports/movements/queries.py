"""Reads what measures and service levels say of each lot, safe for whoever sees no case."""

from collections import defaultdict
from datetime import timedelta

from app.performance.measures import queries as measures
from app.performance.measures.catalogue import DEFINITIONS
from app.performance.measures.definition import Definition
from app.performance.measures.rules import Cohort, Group, Measure, Reading
from app.performance.service_levels import queries as service_levels
from app.performance.service_levels.rules import Rag
from app.reports.movements.rules import Level, Moved, moved
from app.work.uow import UnitOfWork

WEEKLY = (Measure.OVERDUE, Measure.UNALLOCATED)
MONTHLY = (
    Measure.CHILD_SEEN,
    Measure.NEEDS_MET,
    Measure.RE_REFERRED,
    Measure.CONFERENCE,
    Measure.SUPERVISED,
    Measure.TIMELINESS,
)
WEEKS_BACK, MONTHS_BACK = timedelta(days=28), timedelta(days=125)


def list_moved(uow: UnitOfWork) -> dict[int, list[Moved]]:
    """By lot, what moved from one whole week or month to the next, counted by the same days."""
    weekly = measures.readings(
        uow, monthly=False, measures=WEEKLY, since=uow.today - WEEKS_BACK, running=False
    )
    monthly = measures.readings(
        uow, monthly=True, measures=MONTHLY, since=uow.today - MONTHS_BACK, running=False
    )
    shown = {one: told.shown for one, told in measures.outsiders([*monthly, *weekly]).items()}
    by_key: dict[tuple[int, Measure], list[Reading]] = defaultdict(list)
    for one in (*monthly, *weekly):
        if one in shown and one.cohort is Cohort.ALL:
            by_key[one.lot_id, one.measure].append(one)
    found: dict[int, list[Moved]] = defaultdict(list)
    days = measures.days_of(uow)
    for (lot_id, measure), readings in by_key.items():
        alike = [(one, shown[one]) for one in measures.counted_alike(readings, days)]
        told = moved(measure, alike, is_about_children=_of_children(DEFINITIONS[measure]))
        if told is not None:
            found[lot_id].append(told)
    return found


def list_missed(uow: UnitOfWork) -> dict[int, list[Level]]:
    """By lot, the service levels that a lot is heading to miss."""
    found: dict[int, list[Level]] = defaultdict(list)
    for one in service_levels.judged(uow, exact=False):
        if one.rag in {Rag.RED, Rag.AMBER} and not one.hidden:
            words = f"heading to {one.heading_shown}, {one.rag.label.lower()}"
            level = Level(
                one.measure.label,
                one.value_shown,
                one.target,
                words,
                f"/service-levels/{one.agreement.level_id}",
            )
            found[one.lot_id].append(level)
    return found


def _of_children(definition: Definition) -> bool:
    return definition.group is Group.CHILDREN
