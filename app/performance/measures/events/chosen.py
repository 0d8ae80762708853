"""Which select each measure has, and how its events are read."""

from collections.abc import Callable
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import Select, func, select

from app.kernel.days import london_date
from app.kernel.errors import NotFound
from app.performance.measures.events import (
    assessing,
    deciding,
    ledger,
    protecting,
    standing,
    workforce,
)
from app.performance.measures.events.columns import Span
from app.performance.measures.rules import OF_COUNTS, Cohort, Kind, Measure
from app.performance.measures.tallies import Line
from app.work.uow import UnitOfWork

EVENTS: dict[Measure, Callable[[Span], Select[Any]]] = {
    Measure.CHILD_SEEN: assessing.child_seen,
    Measure.SEEN_SOON: assessing.seen_soon,
    Measure.NEEDS_MET: deciding.needs_met,
    Measure.NO_ACTION: ledger.no_action,
    Measure.RE_REFERRED: ledger.re_referred,
    Measure.CONFERENCE: protecting.conferences,
    Measure.FLAGS: protecting.flags,
    Measure.FLAGS_ANSWERED: protecting.flags_answered,
    Measure.ENQUIRIES: protecting.enquiries,
    Measure.RISK_REVIEWED: assessing.risk_reviewed,
    Measure.TIMELINESS: assessing.due,
    Measure.DURATION: assessing.duration,
    Measure.FROM_REFERRAL: assessing.from_referral,
    Measure.ASSESSMENT_DAYS: assessing.assessment_days,
    Measure.ALLOCATED_SOON: assessing.allocated_soon,
    Measure.ALLOCATION_DAYS: assessing.allocation_days,
    Measure.AUTHORISATION_DAYS: assessing.authorisation_days,
    Measure.FIRST_TIME: assessing.first_time,
    Measure.DECISION_DAYS: deciding.decision_days,
    Measure.DECIDED_SOON: deciding.decided_soon,
    Measure.AGREED: deciding.agreed,
    Measure.ACCEPTED_FIRST: deciding.accepted_first,
    Measure.HANDOVER_DAYS: deciding.handover_days,
    Measure.STUCK: deciding.stuck,
    Measure.AUDITED_GOOD: deciding.audited_good,
    Measure.AUDITED_LOW: deciding.audited_low,
    Measure.AUDIT_ACTIONS: deciding.audit_actions,
    Measure.HANDED_BACK: ledger.handed_back,
    Measure.CLEARED: ledger.cleared,
    Measure.RECEIVED: ledger.received,
    Measure.REOPENED: ledger.reopened,
}
# The same for every day, so that each is made once.
STANDING: dict[Measure, Select[Any]] = {
    Measure.SEEN_LATELY: standing.seen_lately(),
    Measure.PLANS_REVIEWED: protecting.plans_reviewed(),
    Measure.SUPERVISED: standing.supervised(),
    Measure.PERSONAL: standing.personal(),
    Measure.IN_POST: standing.in_post(),
    Measure.FILLED: workforce.filled(),
    Measure.AGENCY: workforce.agency(),
    Measure.TURNOVER: workforce.turnover(),
    Measure.VACANCIES: workforce.vacancies(),
    Measure.CASELOAD: standing.caseload(),
    Measure.CASELOAD_FULL_TIME: standing.caseload_full_time(),
    Measure.OPEN: standing.opened(),
    Measure.OVERDUE: standing.overdue(),
    Measure.UNALLOCATED: standing.unallocated(),
    Measure.ON_HOLD: standing.on_hold(),
}
# Not about cases but about workers, who are named only where workers are seen.
OF_WORKERS = frozenset(
    {Measure.PERSONAL, Measure.IN_POST, Measure.CASELOAD, Measure.CASELOAD_FULL_TIME}
)


def select_of(uow: UnitOfWork, measure: Measure, span: Span) -> tuple[Any, dict[str, Any]]:
    """The select of a measure's events as a table, and its parameters.

    NotFound for lots that are not the actor's.
    """
    if not uow.actor.lot_ids.issuperset(span.lots):
        raise NotFound
    values: dict[str, Any] = {"lots": span.lots}
    if measure not in STANDING:
        return EVENTS[measure](span).subquery(), values
    values["as_at"] = span.ends_on
    if measure in OF_COUNTS:
        values["oldest"] = span.ends_on - workforce.HOLDS_FOR
    if span.within is not None:
        values["first"] = span.first_days[span.ends_on]
    return _standing(measure), values


@cache
def _standing(measure: Measure) -> Any:
    return STANDING[measure].subquery()


def lines(uow: UnitOfWork, measure: Measure, span: Span) -> list[Line]:
    """A measure's events of a span, those alike counted together."""
    found, values = select_of(uow, measure, span)
    grouped = _alike(found) if measure in STANDING else _grouped(found, measure.kind)
    return [
        Line(
            lot_id,
            Cohort(cohort),
            day,
            events,
            int(counted),
            span.between(*map(as_day, began_ended)) if began_ended else None,
        )
        for lot_id, cohort, day, events, counted, *began_ended in uow.rows(grouped, **values)
    ]


def _grouped(found: Any, kind: Kind) -> Select[Any]:
    of = [found.c.lot_id, found.c.cohort, found.c.day]
    ends = [found.c.began, found.c.ended] if kind is Kind.MEDIAN else []
    events = func.sum(found.c.out_of) if "out_of" in found.c else func.count()
    counts = events, func.sum(found.c.counted)
    return select(*of, *counts, *ends).group_by(*of, *ends)


@cache
def _alike(found: Any) -> Select[Any]:
    """The same of a standing measure, which is no median."""
    return _grouped(found, Kind.COUNT)


def as_day(moment: date | datetime) -> date:
    """The London day of an instant; a day is itself."""
    return london_date(moment) if isinstance(moment, datetime) else moment
