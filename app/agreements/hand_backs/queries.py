"""Reads of the cases that the council took back: by team and reason, and one by one."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, literal_column, select
from sqlmodel import col

from app.access.models import User
from app.agreements.hand_backs.rules import UNKNOWN_TEAM, HandBackFilter
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import Decision, HandBackReply
from app.cases.register.models import Case
from app.contract.models import Lot
from app.kernel import paging
from app.kernel.days import LONDON
from app.plans.models import OutcomePlan
from app.plans.rules import HandBackAdvice, HandBackReason, Route
from app.work.uow import UnitOfWork

PAGE_SIZE = 50


@dataclass(frozen=True)
class HandBack:
    """One case that the council agreed to take back."""

    case_id: int
    reference: str
    lot: str
    team: str
    reason: HandBackReason
    advice: HandBackAdvice | None
    advice_note: str
    proposed_at: datetime
    decided_at: datetime
    decided_by: str | None
    reply: HandBackReply | None
    points: str


def count_by_team(uow: UnitOfWork, wanted: HandBackFilter) -> list[tuple[str, HandBackReason, int]]:
    """How many hand-backs were agreed, by source team and reason."""
    by: tuple[Any, ...] = (Case.source_team, OutcomePlan.hand_back_reason)
    counted = _agreed(select(*by, func.count()), wanted).group_by(*by)
    return [(team, reason, int(number)) for team, reason, number in uow.session.execute(counted)]


def list_agreed(
    uow: UnitOfWork, wanted: HandBackFilter, page: str | None
) -> paging.Slice[HandBack]:
    """One page of the hand-backs, the latest first."""
    total = int(uow.session.scalar(_count(wanted)) or 0)
    place = paging.place(page, total=total, size=PAGE_SIZE)
    columns: tuple[Any, ...] = (
        Case.id,
        Case.reference,
        Lot.name,
        Case.source_team,
        OutcomePlan.hand_back_reason,
        OutcomePlan.hand_back_advice,
        OutcomePlan.advice_note,
        Proposal.proposed_at,
        Proposal.decided_at,
        User.name,
        Proposal.reply,
        Proposal.points,
    )
    found = uow.session.execute(
        _agreed(select(*columns), wanted)
        .join(Lot, col(Lot.id) == Proposal.lot_id)
        .outerjoin(User, col(User.id) == Proposal.decided_by)
        .order_by(col(Proposal.decided_at).desc(), col(Proposal.id).desc())
        .offset(place.offset)
        .limit(place.size)
    )
    return paging.Slice.at(place, [HandBack(*row) for row in found])


def _agreed(statement: Any, wanted: HandBackFilter) -> Any:
    return (
        statement.select_from(Proposal)
        .join(OutcomePlan, col(OutcomePlan.id) == Proposal.plan_id)
        .join(Case, col(Case.id) == Proposal.case_id)
        .where(*_criteria(wanted))
    )


def _count(wanted: HandBackFilter) -> Any:
    """How many there are: of all teams and reasons, from the index of those that were agreed."""
    counted = select(func.count())
    if wanted.reason is None and wanted.team is None:
        return counted.select_from(Proposal).where(*_criteria(wanted))
    return _agreed(counted, wanted)


# Written out as their index names them.
_TAKEN_BACK = (
    col(Proposal.route) == literal_column(f"'{Route.HAND_BACK.value}'"),
    col(Proposal.decision) == literal_column(f"'{Decision.AGREED.value}'"),
)


def _criteria(wanted: HandBackFilter) -> list[ColumnElement[bool]]:
    kept = [
        *_TAKEN_BACK,
        col(Proposal.decided_at) >= _midnight(wanted.since),
        col(Proposal.decided_at) < _midnight(wanted.until + timedelta(days=1)),
    ]
    if wanted.lot is not None:
        kept.append(col(Proposal.lot_id) == wanted.lot)
    if wanted.reason is not None:
        kept.append(col(OutcomePlan.hand_back_reason) == wanted.reason)
    if wanted.team is not None:
        team = "" if wanted.team == UNKNOWN_TEAM else wanted.team
        kept.append(col(Case.source_team) == team)
    return kept


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), LONDON)
