"""Reads of weekly intakes."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import col, select

from app.access.models import User
from app.agreements.intakes.models import IntakeWeek
from app.agreements.intakes.rules import Offer
from app.contract import queries as contract
from app.work.uow import UnitOfWork

_COLUMNS: tuple[Any, ...] = (
    IntakeWeek.receiving_team_id,
    IntakeWeek.week_ending,
    IntakeWeek.intake,
    IntakeWeek.locked,
    IntakeWeek.note,
    IntakeWeek.version,
    User.name,
)
_OFFERS = (
    select(*_COLUMNS)
    .select_from(IntakeWeek)
    .outerjoin(User, col(User.id) == IntakeWeek.by_user_id)
    .where(col(IntakeWeek.week_ending).between(bindparam("first"), bindparam("last")))
)


def published(uow: UnitOfWork, first: date, last: date) -> dict[tuple[int, date], Offer]:
    """The weeks of the actor's teams that differ from what a team usually takes."""
    found = uow.rows(_OFFERS, first=first, last=last)
    return {(team_id, week): Offer(*said) for team_id, week, *said in found}


def offers_of(uow: UnitOfWork, team_id: int, weeks: Sequence[date]) -> dict[date, Offer]:
    """What one team takes in each week."""
    usual = Offer(contract.find_team(uow, team_id).weekly_intake)
    said = published(uow, weeks[0], weeks[-1])
    return {week: said.get((team_id, week), usual) for week in weeks}


def find_week(uow: UnitOfWork, team_id: int, week: date) -> IntakeWeek | None:
    """The published row of one team and week."""
    return uow.session.exec(
        select(IntakeWeek).where(
            IntakeWeek.receiving_team_id == team_id, IntakeWeek.week_ending == week
        )
    ).first()
