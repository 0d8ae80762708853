"""Events of assessments and of giving cases to workers."""

from typing import Any

from sqlalchemy import Select, and_, exists, or_
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.cases.assessments.models import Assessment, AssessmentReturn, Visit
from app.cases.register.models import Allocation, Case
from app.cases.register.rules import AllocationRole
from app.cases.scope.models import LedgerPosting
from app.cases.scope.rules import Term
from app.cases.states import CaseState
from app.cases.waiting.models import RiskReview
from app.performance.measures.events.columns import (
    Span,
    events,
    in_span,
    in_time,
    last_in_time,
    yes,
)


def _authorised(span: Span, counted: Any = 1, began: Any = None) -> Select[Any]:
    ended = col(Assessment.authorised_on)
    found = events(
        lot=col(Assessment.lot_id),
        case_id=col(Assessment.case_id),
        subject=col(Assessment.id),
        day=ended,
        counted=counted,
        began=began,
        ended=ended,
    )
    of_case = col(Case.id) == col(Assessment.case_id)
    return found.select_from(Assessment).join(Case, of_case).where(in_span(ended, span))


def child_seen(span: Span) -> Select[Any]:
    """Assessments authorised in a span; those count in which the child was seen."""
    seen = col(Assessment.seen_on)
    return _authorised(span, yes(seen.is_not(None)), seen)


def first_time(span: Span) -> Select[Any]:
    """Assessments authorised in a span; those count that were never returned."""
    returned = exists().where(col(AssessmentReturn.assessment_id) == col(Assessment.id))
    return _authorised(span, yes(~returned))


def duration(span: Span) -> Select[Any]:
    """Assessments authorised in a span; those count that took no longer than allowed."""
    began = col(Assessment.started_on)
    return _authorised(span, in_time(began, col(Assessment.authorised_on), span), began)


def from_referral(span: Span) -> Select[Any]:
    """The same, with the days from the referral."""
    began = col(Case.referred_on)
    return _authorised(span, in_time(began, col(Assessment.authorised_on), span), began)


def assessment_days(span: Span) -> Select[Any]:
    """Assessments authorised in a span, each with the days from its start."""
    return _authorised(span, began=col(Assessment.started_on))


def authorisation_days(span: Span) -> Select[Any]:
    """Assessments authorised in a span, each with the days since it was submitted."""
    began = col(Assessment.submitted_on)
    return _authorised(span, began=began).where(began.is_not(None))


def due(span: Span) -> Select[Any]:
    """Assessments by the due day of the contract's clock, done or not."""
    day, done = col(Case.due_on), col(Case.authorised_on)
    found = events(
        lot=col(Case.lot_id),
        case_id=col(Case.id),
        subject=col(Case.id),
        day=day,
        counted=yes(done <= day),
        began=col(Case.clock_started_on),
        ended=done,
    )
    left = and_(col(Case.ended_on) <= day, or_(done.is_(None), done > col(Case.ended_on)))
    stayed = or_(col(Case.ended_on).is_(None), ~left)
    return found.where(in_span(day, span), stayed, col(Case.state) != CaseState.WITHDRAWN)


def _allocated(day: Any, counted: Any, began: Any, ended: Any) -> Select[Any]:
    """Cases given to the first worker they had here."""
    earlier = aliased(Allocation)
    before = exists().where(
        col(earlier.case_id) == col(Allocation.case_id),
        col(earlier.role) == AllocationRole.PRIMARY,
        col(earlier.id) < col(Allocation.id),
    )
    found = events(
        lot=col(Allocation.lot_id),
        case_id=col(Allocation.case_id),
        subject=col(Allocation.id),
        day=day,
        counted=counted,
        began=began,
        ended=ended,
    )
    return (
        found.select_from(Allocation)
        .join(Case, col(Case.id) == col(Allocation.case_id))
        .where(col(Allocation.role) == AllocationRole.PRIMARY, ~before)
    )


def allocated_soon(span: Span) -> Select[Any]:
    """Cases first given to a worker in a span; those count that waited no longer than allowed."""
    began, day = col(Case.received_on), col(Allocation.starts_on)
    return _allocated(day, in_time(began, day, span), began, day).where(in_span(day, span))


def allocation_days(span: Span) -> Select[Any]:
    """Cases first given to a worker in a span, each with the days since it was received."""
    day = col(Allocation.starts_on)
    return _allocated(day, 1, col(Case.received_on), day).where(in_span(day, span))


def seen_soon(span: Span) -> Select[Any]:
    """Cases whose days to a visit ended in a span; those count whose child was seen in them."""
    began = col(Allocation.starts_on)
    among, last = last_in_time(began, span)
    seen = exists().where(
        col(Visit.case_id) == col(Allocation.case_id),
        col(Visit.seen_on) >= began,
        col(Visit.seen_on) <= last,
    )
    return _allocated(last, yes(seen), began, None).where(among)


def risk_reviewed(span: Span) -> Select[Any]:
    """Cases as the ledger received them, once the days to a review are over."""
    began = col(LedgerPosting.effective_on)
    among, last = last_in_time(began, span)
    given = exists().where(
        col(Allocation.case_id) == col(LedgerPosting.case_id),
        col(Allocation.role) == AllocationRole.PRIMARY,
        col(Allocation.starts_on) <= last,
    )
    reviewed = exists().where(
        col(RiskReview.case_id) == col(LedgerPosting.case_id),
        col(RiskReview.reviewed_on) <= last,
    )
    found = events(
        lot=col(LedgerPosting.lot_id),
        case_id=col(LedgerPosting.case_id),
        subject=col(LedgerPosting.id),
        day=last,
        counted=yes(reviewed),
        began=began,
    )
    here = or_(col(Case.ended_on).is_(None), col(Case.ended_on) > last)
    return (
        found.select_from(LedgerPosting)
        .join(Case, col(Case.id) == col(LedgerPosting.case_id))
        .where(
            among,
            col(LedgerPosting.term).in_((Term.OPENING, Term.RECEIVED)),
            col(LedgerPosting.cases) > 0,
            ~given,
            here,
        )
    )
