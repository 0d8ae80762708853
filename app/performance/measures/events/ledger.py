"""Events of cases that came, left and came back, as the ledger has them."""

from typing import Any

from sqlalchemy import Select, and_, exists, or_
from sqlmodel import col

from app.agreements.reopening.models import Reopening
from app.agreements.reopening.rules import ReopenReason
from app.agreements.watch.models import ReReferral
from app.cases.register.models import Case
from app.cases.scope.models import LedgerPosting
from app.cases.scope.rules import Term
from app.performance.measures.events.columns import Span, events, in_span, last_in_time, yes
from app.plans.rules import Outcome, Route

CLOSED = tuple(one.value for one in Outcome if one.route is Route.CLOSURE)
LEFT = (Term.CLEARED, Term.HANDED_BACK)


def _posted(
    span: Span, terms: tuple[Term, ...], counted: Any, day: Any = None, ended: Any = None
) -> Select[Any]:
    on = col(LedgerPosting.effective_on)
    found = events(
        lot=col(LedgerPosting.lot_id),
        case_id=col(LedgerPosting.case_id),
        subject=col(LedgerPosting.id),
        day=on if day is None else day,
        counted=counted,
        began=None if day is None else on,
        ended=ended,
    )
    return (
        found.select_from(LedgerPosting)
        # A lot's ledger keeps a case that has gone to another lot, which its reader may not see.
        .outerjoin(Case, col(Case.id) == col(LedgerPosting.case_id))
        .where(
            col(LedgerPosting.term).in_(terms),
            in_span(on, span) if day is None else day.is_not(None),
        )
    )


def cleared(span: Span) -> Select[Any]:
    """What the ledger cleared in a span, counted in cases."""
    return _posted(span, (Term.CLEARED,), -col(LedgerPosting.cases))


def received(span: Span) -> Select[Any]:
    """What the ledger received in a span, counted in cases."""
    return _posted(span, (Term.RECEIVED,), col(LedgerPosting.cases))


def reopened(span: Span) -> Select[Any]:
    """What the ledger took back in a span, counted in cases."""
    return _posted(span, (Term.REOPENED,), col(LedgerPosting.cases))


def no_action(span: Span) -> Select[Any]:
    """Cases cleared in a span; those count that were closed without further action."""
    ended_so = yes(col(LedgerPosting.outcome) == Outcome.CLOSE_NFA.value)
    return _posted(span, (Term.CLEARED,), ended_so)


def handed_back(span: Span) -> Select[Any]:
    """Cases that left in a span; those count that were handed back."""
    return _posted(span, LEFT, yes(col(LedgerPosting.term) == Term.HANDED_BACK))


def re_referred(span: Span) -> Select[Any]:
    """Closures once the days of watching are over, with whether the child came back in them."""
    closed_on = col(LedgerPosting.effective_on)
    among, last = last_in_time(closed_on, span)
    listed = exists().where(
        col(ReReferral.case_id) == col(LedgerPosting.case_id),
        col(ReReferral.closed_on) == closed_on,
        col(ReReferral.referred_on) <= last,
    )
    again = exists().where(
        col(Reopening.case_id) == col(LedgerPosting.case_id),
        col(Reopening.ended_on) == closed_on,
        col(Reopening.reason) == ReopenReason.RE_REFERRAL,
        col(Reopening.reopened_on) <= last,
    )
    found = _posted(span, (Term.CLEARED,), yes(or_(listed, again)), day=last)
    # Whether it came back is known of a case in sight alone.
    in_sight = col(Case.id).is_not(None)
    return found.where(and_(among, in_sight, col(LedgerPosting.outcome).in_(CLOSED)))
