"""Reads how many closures there were and which children came back."""

from datetime import date

from sqlalchemy import func, select
from sqlmodel import col

from app.agreements.reopening.queries import list_reopened
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
    """Children seen in later lists, and cases reopened because of a new referral."""
    columns = ReReferral.case_id, ReReferral.lot_id, ReReferral.closed_on, ReReferral.referred_on
    found = uow.session.execute(select(*(col(column) for column in columns)))
    reopened = (
        Return(one.case_id, one.lot_id, one.ended_on, one.reopened_on)
        for one in list_reopened(uow, date.min)
        if one.reason is ReopenReason.RE_REFERRAL and one.ended_as is CaseState.CLOSED
    )
    return [*(Return(*row) for row in found), *reopened]


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
