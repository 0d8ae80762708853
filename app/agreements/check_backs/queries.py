"""Reads of checks two weeks after handovers: which are due, and what they found."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, case, func, select
from sqlmodel import col

from app.access.models import User
from app.agreements.check_backs.models import CheckBack
from app.agreements.handovers.models import Handover
from app.cases.register.models import Case
from app.contract.models import Lot, ReceivingTeam
from app.kernel import paging
from app.work.uow import UnitOfWork

PAGE_SIZE = 50
LATELY = 20


@dataclass(frozen=True)
class Due:
    """A handover whose check is owed; `reopened_on` says that it has come back already."""

    handover_id: int
    case_id: int
    reference: str
    lot: str
    team: str | None
    receiving_worker: str
    accepted_on: date
    due_on: date
    reopened_on: date | None


@dataclass(frozen=True)
class Found:
    """What one check found."""

    case_id: int
    reference: str
    lot: str
    team: str | None
    accepted_on: date
    checked_on: date
    checked_by: str | None
    allocated: bool
    seen_on: date | None
    returned: bool
    note: str


@dataclass(frozen=True)
class LotChecks:
    """How the handovers of a lot stuck that were accepted in a time; `checked` is the base."""

    lot_id: int
    lot: str
    accepted: int
    checked: int
    allocated: int
    seen: int
    returned: int


_REOPENED = case((col(Case.reopened_on) >= col(Handover.accepted_on), col(Case.reopened_on)))
_DUE: Any = (
    select(
        col(Handover.id),
        col(Handover.case_id),
        col(Case.reference),
        col(Lot.name),
        col(ReceivingTeam.name),
        col(Handover.receiving_worker),
        col(Handover.accepted_on),
        col(Handover.check_due_on),
        _REOPENED,
    )
    .select_from(Handover)
    .join(Case, col(Case.id) == Handover.case_id)
    .join(Lot, col(Lot.id) == Handover.lot_id)
    .outerjoin(ReceivingTeam, col(ReceivingTeam.id) == Handover.receiving_team_id)
    .where(col(Handover.check_due_on).is_not(None))
    .order_by(col(Handover.check_due_on), col(Handover.id))
)
_DUE_NOW = _DUE.where(col(Handover.check_due_on) <= bindparam("today"))
_DUE_PAGE = _DUE_NOW.limit(bindparam("size")).offset(bindparam("offset"))
_DUE_OF_CASE = _DUE.where(col(Handover.case_id) == bindparam("case_id")).limit(1)
_COUNT: Any = (
    select(func.count())
    .select_from(Handover)
    .where(col(Handover.check_due_on) <= bindparam("today"))
)
_FOUND: Any = (
    select(
        col(CheckBack.case_id),
        col(Case.reference),
        col(Lot.name),
        col(ReceivingTeam.name),
        col(Handover.accepted_on),
        col(CheckBack.checked_on),
        col(User.name),
        col(CheckBack.allocated),
        col(CheckBack.seen_on),
        col(CheckBack.returned),
        col(CheckBack.note),
    )
    .select_from(CheckBack)
    .join(Handover, col(Handover.id) == CheckBack.handover_id)
    .join(Case, col(Case.id) == CheckBack.case_id)
    .join(Lot, col(Lot.id) == CheckBack.lot_id)
    .outerjoin(ReceivingTeam, col(ReceivingTeam.id) == Handover.receiving_team_id)
    .outerjoin(User, col(User.id) == CheckBack.checked_by)
    .order_by(col(CheckBack.checked_on).desc(), col(CheckBack.id).desc())
    .limit(LATELY)
)


def _times(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


_BY_LOT: Any = (
    select(
        col(Lot.id),
        col(Lot.name),
        func.count(),
        func.count(col(CheckBack.id)),
        _times(col(CheckBack.allocated).is_(True)),
        _times(col(CheckBack.seen_on).is_not(None)),
        _times(col(CheckBack.returned).is_(True)),
    )
    .select_from(Handover)
    .join(Lot, col(Lot.id) == Handover.lot_id)
    .outerjoin(CheckBack, col(CheckBack.handover_id) == Handover.id)
    .where(col(Handover.accepted_on).between(bindparam("first"), bindparam("last")))
    .group_by(col(Lot.id), col(Lot.name))
    .order_by(col(Lot.name))
)


def count_due(uow: UnitOfWork) -> int:
    """How many handovers of the actor's lots are owed a look today."""
    return int(uow.rows(_COUNT, today=uow.today).scalar() or 0)


def list_due(uow: UnitOfWork, page: int | str | None = 1) -> paging.Slice[Due]:
    """One page of the handovers that are owed a look, the longest overdue first."""
    place = paging.place(page, total=count_due(uow), size=PAGE_SIZE)
    found = uow.rows(_DUE_PAGE, today=uow.today, size=place.size, offset=place.offset)
    return paging.Slice.at(place, [Due(*row) for row in found])


def due_of(uow: UnitOfWork, case_id: int) -> Due | None:
    """The accepted handover of a case that nobody has looked at since, if there is one."""
    found = uow.rows(_DUE_OF_CASE, case_id=case_id).first()
    return Due(*found) if found else None


def list_found(uow: UnitOfWork) -> list[Found]:
    """What the latest checks found, newest first."""
    return [Found(*row) for row in uow.rows(_FOUND)]


def checks_of(uow: UnitOfWork, first: date, last: date) -> list[LotChecks]:
    """How the handovers stuck that were accepted from one day to another, lot by lot."""
    return [LotChecks(*row) for row in uow.rows(_BY_LOT, first=first, last=last)]
