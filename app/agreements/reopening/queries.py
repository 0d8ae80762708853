"""Reads of reopenings: of one case, and of all that ended since a day."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlmodel import col

from app.access.models import User
from app.agreements.reopening.models import Reopening
from app.agreements.reopening.rules import ReopenReason
from app.cases.states import CaseState
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class ReopeningView:
    """One reopening of a case, with the end that it took back."""

    episode: int
    ended_as: CaseState
    ended_on: date
    reason: ReopenReason
    reopened_on: date
    by: str | None


@dataclass(frozen=True)
class Reopened:
    """A reopening as measures count it."""

    case_id: int
    lot_id: int
    ended_as: CaseState
    ended_on: date
    reason: ReopenReason
    reopened_on: date


def of_case(uow: UnitOfWork, case_id: int) -> list[ReopeningView]:
    """The reopenings of a case, the last one first."""
    found = uow.session.execute(
        select(
            col(Reopening.episode),
            col(Reopening.ended_as),
            col(Reopening.ended_on),
            col(Reopening.reason),
            col(Reopening.reopened_on),
            col(User.name),
        )
        .outerjoin(User, col(User.id) == col(Reopening.by_user_id))
        .where(col(Reopening.case_id) == case_id)
        .order_by(col(Reopening.episode).desc())
    )
    return [ReopeningView(*row) for row in found]


def list_reopened(uow: UnitOfWork, ended_since: date) -> list[Reopened]:
    """The reopenings of the actor's lots whose cases had ended on a day or later."""
    found = uow.session.execute(
        select(
            col(Reopening.case_id),
            col(Reopening.lot_id),
            col(Reopening.ended_as),
            col(Reopening.ended_on),
            col(Reopening.reason),
            col(Reopening.reopened_on),
        ).where(col(Reopening.ended_on) >= ended_since)
    )
    return [Reopened(*row) for row in found]
