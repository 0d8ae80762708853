"""Reads of conditions: those of one agreement, what is left of them, and who may own one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User, UserLot
from app.access.roles import Role
from app.agreements.conditions import rules
from app.agreements.conditions.models import Condition
from app.kernel.errors import first_of
from app.work.uow import UnitOfWork

OWNING = (Role.PRACTITIONER, Role.TEAM_MANAGER, Role.DISTRICT_MANAGER, Role.AGENCY_PROJECT_MANAGER)


@dataclass(frozen=True)
class ConditionView:
    """One condition with who owns it and, once met, who said so."""

    id: int
    case_id: int
    proposal_id: int
    what: str
    due_on: date
    owner_id: int
    owner: str
    met_at: datetime | None
    met_by: str | None
    met_note: str
    set_by: str | None
    set_at: datetime

    @property
    def is_met(self) -> bool:
        return self.met_at is not None


_OWNER, _MEETER, _SETTER = (aliased(User) for _ in range(3))
_COLUMNS: tuple[Any, ...] = (
    Condition.id,
    Condition.case_id,
    Condition.proposal_id,
    Condition.what,
    Condition.due_on,
    Condition.owner_id,
    _OWNER.name,
    Condition.met_at,
    _MEETER.name,
    Condition.met_note,
    _SETTER.name,
    Condition.set_at,
)
_CONDITIONS = (
    select(*_COLUMNS)
    .select_from(Condition)
    .join(_OWNER, col(_OWNER.id) == Condition.owner_id)
    .outerjoin(_MEETER, col(_MEETER.id) == Condition.met_by)
    .outerjoin(_SETTER, col(_SETTER.id) == Condition.set_by)
    .order_by(col(Condition.due_on), col(Condition.id))
)
_OF_PROPOSAL = _CONDITIONS.where(col(Condition.proposal_id) == bindparam("proposal_id"))
_OF_PROPOSALS = _CONDITIONS.where(
    col(Condition.proposal_id).in_(bindparam("proposal_ids", expanding=True))
)
_ONE = _CONDITIONS.where(col(Condition.id) == bindparam("condition_id"))
_LEFT = (
    select(col(Condition.what), col(Condition.due_on))
    .where(col(Condition.proposal_id) == bindparam("proposal_id"), col(Condition.met_at).is_(None))
    .order_by(col(Condition.due_on), col(Condition.id))
)
_OWNERS = (
    select(col(User.id), col(User.name), col(User.role))
    .join(UserLot, col(UserLot.user_id) == User.id)
    .where(
        col(UserLot.lot_id) == bindparam("lot_id"),
        col(User.role).in_(OWNING),
        col(User.disabled_at).is_(None),
    )
    .order_by(col(User.name), col(User.id))
)


def of_proposal(uow: UnitOfWork, proposal_id: int) -> list[ConditionView]:
    """The conditions of one agreement, the first due first."""
    return [ConditionView(*row) for row in uow.rows(_OF_PROPOSAL, proposal_id=proposal_id)]


def of_proposals(uow: UnitOfWork, proposal_ids: Collection[int]) -> list[ConditionView]:
    """The conditions of several agreements, the first due first."""
    if not proposal_ids:
        return []
    found = uow.rows(_OF_PROPOSALS, proposal_ids=sorted(proposal_ids))
    return [ConditionView(*row) for row in found]


def find_view(uow: UnitOfWork, condition_id: int) -> ConditionView:
    """One condition; NotFound when it is absent or not the actor's."""
    return ConditionView(*first_of(uow.rows(_ONE, condition_id=condition_id).all()))


def obstacle(uow: UnitOfWork, proposal_id: int) -> str:
    """Which conditions of an agreement are not met, in a sentence; empty where all are."""
    left = uow.rows(_LEFT, proposal_id=proposal_id).all()
    return rules.unmet([(row.what, row.due_on) for row in left])


def owner_choices(uow: UnitOfWork, lot_id: int) -> list[tuple[int, str]]:
    """Who may own a condition in a lot: those of both sides who work on its cases."""
    return [
        (row.id, f"{row.name}, {row.role.label[:1].lower()}{row.role.label[1:]}")
        for row in uow.rows(_OWNERS, lot_id=lot_id)
    ]
