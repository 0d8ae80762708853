"""Reads how many closures there were and which children came back."""

from datetime import date

from sqlalchemy import func, select, union_all
from sqlmodel import col

from app.agreements.reopening.models import Reopening
from app.agreements.reopening.rules import ReopenReason
from app.agreements.watch.models import ReReferral, WatchedList
from app.agreements.watch.rules import Closed, Rate, Return, guarded, rates
from app.cases.register.models import Case
from app.cases.scope import queries as scope
from app.cases.states import CaseState
from app.contract import queries as contract
from app.plans.rules import Outcome, Route
from app.work.uow import UnitOfWork

CLOSING = frozenset(one.value for one in Outcome if one.route is Route.CLOSURE)
MOST_SHOWN = 100


def looked_to(uow: UnitOfWork) -> dict[int, date]:
    """The day of the last list in which each lot's closures were looked for."""
    found = select(col(WatchedList.lot_id), func.max(col(WatchedList.listed_on))).group_by(
        col(WatchedList.lot_id)
    )
    return dict(uow.session.execute(found).all())


def list_closed(uow: UnitOfWork) -> list[Closed]:
    """What was closed in the actor's lots, day by day, from the ledger's daily totals."""
    return [
        Closed(one.lot_id, one.day, -one.cases)
        for one in scope.list_cleared(uow, date.min)
        if one.outcome in CLOSING
    ]


def list_returns(uow: UnitOfWork) -> list[Return]:
    """How many children were seen in later lists, or their cases reopened by a new referral.

    Each closure's first return counts; those with the same days are one row.
    """
    return [Return(*row) for row in uow.rows(_RETURNS)]


_AGAIN = union_all(
    select(
        col(ReReferral.case_id),
        col(ReReferral.lot_id),
        col(ReReferral.closed_on),
        col(ReReferral.referred_on),
    ),
    select(
        col(Reopening.case_id),
        col(Reopening.lot_id),
        col(Reopening.ended_on),
        col(Reopening.reopened_on),
    ).where(
        col(Reopening.reason) == ReopenReason.RE_REFERRAL,
        col(Reopening.ended_as) == CaseState.CLOSED,
    ),
).subquery()
_CLOSURE = _AGAIN.c.case_id, _AGAIN.c.lot_id, _AGAIN.c.closed_on
_FIRST = (
    select(*_CLOSURE, func.min(_AGAIN.c.referred_on).label("referred_on"))
    .group_by(*_CLOSURE)
    .subquery()
)
_DAYS = _FIRST.c.lot_id, _FIRST.c.closed_on, _FIRST.c.referred_on
_RETURNS = select(func.min(_FIRST.c.case_id), *_DAYS, func.count()).group_by(*_DAYS)


def rates_by_lot(
    uow: UnitOfWork, *, exact: bool
) -> list[tuple[str, date | None, tuple[Rate, ...]]]:
    """Each lot with the day until which it was watched, and its rates."""
    closed, returns, until = list_closed(uow), list_returns(uow), looked_to(uow)
    told = []
    for lot_id, name in contract.lot_choices(uow):
        watched = until.get(lot_id)
        found = rates(closed, returns, lot_id, watched)
        told.append((name, watched, found if exact else guarded(found)))
    return told


def list_lately(uow: UnitOfWork) -> list[tuple[int, str, date, date]]:
    """The cases whose children came back last: id, reference, closed on, referred on."""
    found = uow.session.execute(
        select(
            col(Case.id),
            col(Case.reference),
            col(ReReferral.closed_on),
            col(ReReferral.referred_on),
        )
        .join(Case, col(Case.id) == col(ReReferral.case_id))
        .order_by(col(ReReferral.referred_on).desc(), col(ReReferral.id).desc())
        .limit(MOST_SHOWN)
    )
    return [(case_id, reference, closed, again) for case_id, reference, closed, again in found]
