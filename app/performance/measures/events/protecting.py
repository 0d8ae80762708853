"""Events of safeguarding: flags, enquiries and conferences."""

from typing import Any

from sqlalchemy import Select, and_, exists, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.cases.register.models import Case
from app.cases.scope.models import LedgerPosting
from app.performance.measures.events.columns import (
    Span,
    answered_in_time,
    day_of,
    events,
    in_span,
    in_time,
    instant_in_span,
    yes,
)
from app.performance.measures.events.standing import AS_AT, open_cases
from app.safeguarding.enquiries.models import Enquiry
from app.safeguarding.flags.models import Flag
from app.safeguarding.reviews.models import ProtectionPlan, ReviewConference


def _raised(span: Span, counted: Any) -> Select[Any]:
    raised = col(Flag.raised_at)
    found = events(
        lot=col(Flag.lot_id),
        case_id=col(Flag.case_id),
        subject=col(Flag.id),
        day=day_of(raised, span),
        counted=counted,
        began=raised,
        ended=col(Flag.acknowledged_at),
    )
    of_case = col(Case.id) == col(Flag.case_id)
    return found.select_from(Flag).outerjoin(Case, of_case).where(instant_in_span(raised, span))


def flags(span: Span) -> Select[Any]:
    """Safeguarding flags raised in a span."""
    return _raised(span, 1)


def flags_answered(span: Span) -> Select[Any]:
    """Safeguarding flags raised in a span; those count that were acknowledged in time."""
    answered = answered_in_time(col(Flag.raised_at), col(Flag.acknowledged_at), span)
    return _raised(span, answered)


def enquiries(span: Span) -> Select[Any]:
    """Section 47 enquiries whose strategy discussion was held in a span."""
    return _enquiries(span, col(Enquiry.strategy_on), 1)


def conferences(span: Span) -> Select[Any]:
    """Conferences held in a span with a result; those count that were held in time."""
    held = col(Enquiry.conference_on)
    counted = in_time(col(Enquiry.strategy_on), held, span)
    return _enquiries(span, held, counted).where(col(Enquiry.result).is_not(None))


def _enquiries(span: Span, day: Any, counted: Any) -> Select[Any]:
    found = events(
        lot=col(Enquiry.lot_id),
        case_id=col(Enquiry.case_id),
        subject=col(Enquiry.id),
        day=day,
        counted=counted,
        began=col(Enquiry.strategy_on),
        ended=day,
    )
    of_case = col(Case.id) == col(Enquiry.case_id)
    return found.select_from(Enquiry).join(Case, of_case).where(in_span(day, span))


def plans_reviewed() -> Select[Any]:
    """Children on a plan whose first review is past its day, and whether none of them was late."""
    plan, review, later = ProtectionPlan, ReviewConference, aliased(ReviewConference)
    planned = select(col(plan.case_id))
    open_now = open_cases(col(LedgerPosting.case_id).in_(planned))
    first = exists().where(
        col(review.plan_id) == col(plan.id), col(review.held_on) <= col(plan.review_due_on)
    )
    followed = exists().where(
        col(later.plan_id) == col(review.plan_id),
        col(later.held_on) > col(review.held_on),
        col(later.held_on) <= col(review.next_due_on),
    )
    late = exists().where(
        col(review.plan_id) == col(plan.id),
        col(review.next_due_on) <= AS_AT,
        ~followed,
    )
    found = events(
        lot=open_now.c.lot_id,
        case_id=open_now.c.case_id,
        subject=col(plan.id),
        day=AS_AT,
        counted=yes(and_(first, ~late)),
        began=col(plan.starts_on),
        ended=col(plan.ended_on),
    )
    return (
        found.select_from(plan)
        .join(open_now, open_now.c.case_id == col(plan.case_id))
        .join(Case, col(Case.id) == col(plan.case_id))
        .where(
            col(plan.review_due_on) <= AS_AT,
            or_(col(plan.ended_on).is_(None), col(plan.ended_on) > AS_AT),
        )
    )
