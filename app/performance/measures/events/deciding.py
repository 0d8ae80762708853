"""Events of proposals, handovers, closures and files."""

from typing import Any

from sqlalchemy import Select, and_, case, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.agreements.check_backs.models import CheckBack
from app.agreements.closures.models import Closure
from app.agreements.closures.rules import Achieved
from app.agreements.handovers.models import Handover, HandoverAudit
from app.agreements.handovers.rules import ASPECTS, Grade
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import Decision
from app.cases.actions.models import CaseAction
from app.cases.actions.rules import Ending, Source
from app.cases.register.models import Case
from app.performance.measures.events.columns import (
    Span,
    day_of,
    events,
    in_span,
    instant_in_span,
    instant_in_time,
    yes,
)

GOOD = (Grade.OUTSTANDING, Grade.GOOD)
MET = (Achieved.MET, Achieved.PARTLY)
WITH_NEEDS = (*MET, Achieved.DECLINED)


def _of(model: Any, day: Any, **columns: Any) -> Select[Any]:
    """Events that are rows of one case-linked table."""
    found = events(
        lot=col(model.lot_id),
        case_id=col(model.case_id),
        subject=col(model.id),
        day=day,
        **columns,
    )
    return found.select_from(model).join(Case, col(Case.id) == col(model.case_id))


def _decided(span: Span, counted: Any = 1) -> Select[Any]:
    began, ended = col(Proposal.proposed_at), col(Proposal.decided_at)
    found = _of(Proposal, day_of(ended, span), counted=counted, began=began, ended=ended)
    return found.where(instant_in_span(ended, span), col(Proposal.decision).is_not(None))


def decision_days(span: Span) -> Select[Any]:
    """Proposals decided in a span, each with the time since it was made."""
    return _decided(span)


def decided_soon(span: Span) -> Select[Any]:
    """Proposals decided in a span; those count that waited no longer than allowed."""
    return _decided(
        span, instant_in_time(col(Proposal.proposed_at), col(Proposal.decided_at), span)
    )


def agreed(span: Span) -> Select[Any]:
    """Proposals decided in a span; those count that were agreed."""
    return _decided(span, yes(col(Proposal.decision) == Decision.AGREED))


def accepted_first(span: Span) -> Select[Any]:
    """Handovers answered in a span; those count that were accepted and never rejected before."""
    accepted, rejected = col(Handover.accepted_on), col(Handover.rejected_at)
    earlier = aliased(Handover)
    before = exists().where(
        col(earlier.case_id) == col(Handover.case_id),
        col(earlier.id) < col(Handover.id),
        col(earlier.rejected_at).is_not(None),
    )
    counted = yes(and_(accepted.is_not(None), ~before))
    day = case((accepted.is_not(None), accepted), else_=day_of(rejected, span))
    found = _of(Handover, day, counted=counted, began=col(Handover.requested_at))
    return found.where(or_(in_span(accepted, span), instant_in_span(rejected, span)))


def handover_days(span: Span) -> Select[Any]:
    """Handovers accepted in a span, each with the days since it was requested."""
    began, ended = col(Handover.requested_at), col(Handover.accepted_on)
    found = _of(Handover, ended, began=began, ended=ended)
    return found.where(in_span(ended, span), began.is_not(None))


def stuck(span: Span) -> Select[Any]:
    """Handovers looked back at in a span; those count that have a worker and did not come back."""
    counted = yes(and_(col(CheckBack.allocated), ~col(CheckBack.returned)))
    day = col(CheckBack.checked_on)
    return _of(CheckBack, day, counted=counted).where(in_span(day, span))


def audited_good(span: Span) -> Select[Any]:
    """Files audited in a span; those count whose every aspect is good or better."""
    return _audited(span, and_(*(getattr(HandoverAudit, part).in_(GOOD) for part in ASPECTS)))


def audited_low(span: Span) -> Select[Any]:
    """Files audited in a span; those count that are inadequate in any aspect."""
    low = (getattr(HandoverAudit, part) == Grade.INADEQUATE for part in ASPECTS)
    return _audited(span, or_(*low))


def _audited(span: Span, counted: Any) -> Select[Any]:
    day = col(HandoverAudit.audited_on)
    return _of(HandoverAudit, day, counted=yes(counted)).where(in_span(day, span))


def audit_actions(span: Span) -> Select[Any]:
    """Actions from file audits due in a span; those count that were done by their day.

    One that was dropped by its day is left out.
    """
    day, ended, ending = col(CaseAction.due_on), col(CaseAction.ended_on), col(CaseAction.ending)
    in_time = ended <= day
    done = yes(and_(ending == Ending.DONE, in_time))
    stood = or_(ended.is_(None), ending == Ending.DONE, ~in_time)
    found = _of(CaseAction, day, counted=done, began=col(CaseAction.set_at), ended=ended)
    return found.where(in_span(day, span), col(CaseAction.source) == Source.FILE_AUDIT, stood)


def needs_met(span: Span) -> Select[Any]:
    """Closures of a span that tell of needs; those count that met them, in part at least."""
    ended, achieved = col(Closure.closed_at), col(Closure.achieved)
    found = _of(Closure, day_of(ended, span), counted=yes(achieved.in_(MET)))
    return found.where(instant_in_span(ended, span), achieved.in_(WITH_NEEDS))
