"""Which select each measure has, and how its events are read."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, select

from app.kernel.days import london_date
from app.kernel.errors import NotFound
from app.performance.measures.events import assessing, deciding, ledger, protecting, standing
from app.performance.measures.events.columns import Span
from app.performance.measures.rules import Cohort, Kind, Measure
from app.performance.measures.tallies import Line
from app.work.uow import UnitOfWork

EVENTS: dict[Measure, Callable[[Span], Select[Any]]] = {
    Measure.CHILD_SEEN: assessing.child_seen,
    Measure.SEEN_SOON: assessing.seen_soon,
    Measure.SEEN_LATELY: standing.seen_lately,
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
    Measure.HANDED_BACK: ledger.handed_back,
    Measure.SUPERVISED: standing.supervised,
    Measure.PERSONAL: standing.personal,
    Measure.IN_POST: standing.in_post,
    Measure.CASELOAD: standing.caseload,
    Measure.OPEN: standing.opened,
    Measure.OVERDUE: standing.overdue,
    Measure.UNALLOCATED: standing.unallocated,
    Measure.ON_HOLD: standing.on_hold,
    Measure.CLEARED: ledger.cleared,
    Measure.RECEIVED: ledger.received,
    Measure.REOPENED: ledger.reopened,
}
# Not about cases but about workers, who are named only where workers are seen.
OF_WORKERS = frozenset({Measure.PERSONAL, Measure.IN_POST, Measure.CASELOAD})


def select_of(uow: UnitOfWork, measure: Measure, span: Span) -> Select[Any]:
    """The select of a measure's events; NotFound for lots that are not the actor's."""
    if not uow.actor.lot_ids.issuperset(span.lots):
        raise NotFound
    return EVENTS[measure](span)


def lines(uow: UnitOfWork, measure: Measure, span: Span) -> list[Line]:
    """A measure's events of a span, those alike counted together."""
    found = select_of(uow, measure, span).subquery()
    of = [found.c.lot_id, found.c.cohort, found.c.day]
    ends = [found.c.began, found.c.ended] if measure.kind is Kind.MEDIAN else []
    rows = uow.rows(
        select(*of, func.count(), func.sum(found.c.counted), *ends).group_by(*of, *ends)
    )
    return [
        Line(
            lot_id,
            Cohort(cohort),
            day,
            events,
            int(counted),
            span.between(*map(as_day, began_ended)) if began_ended else None,
        )
        for lot_id, cohort, day, events, counted, *began_ended in rows
    ]


def as_day(moment: date | datetime) -> date:
    """The London day of an instant; a day is itself."""
    return london_date(moment) if isinstance(moment, datetime) else moment
