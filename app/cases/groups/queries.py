"""Reads of groups: how many open cases belong to each now, and how that came about."""

from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from app.cases.groups.models import GroupWeek
from app.cases.groups.rules import PROTECTED, GroupChange
from app.work.uow import UnitOfWork

_NOW: Any = select(
    col(GroupWeek.lot_id),
    col(GroupWeek.code),
    func.sum(col(GroupWeek.came) - col(GroupWeek.went)),
).group_by(col(GroupWeek.lot_id), col(GroupWeek.code))
_PROTECTED = select(
    col(GroupWeek.lot_id), col(GroupWeek.week_ending), col(GroupWeek.came), col(GroupWeek.went)
).where(GroupWeek.code == PROTECTED)


def count_now(uow: UnitOfWork) -> dict[tuple[int, str], int]:
    """The open cases of the actor's lots by lot and group; groups without any are left out."""
    found = uow.rows(_NOW)
    return {(lot_id, code): int(number) for lot_id, code, number in found if number}


def list_protected(uow: UnitOfWork) -> tuple[GroupChange, ...]:
    """How the actor's lots came to have the cases under child protection that they have."""
    return tuple(GroupChange._make(row) for row in uow.rows(_PROTECTED).all())
