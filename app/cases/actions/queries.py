"""Reads of dated actions: those of one case, of one person, and of the actor's lots."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.actor import Actor
from app.access.models import User, UserLot
from app.access.roles import Organisation, Role
from app.cases.actions.models import CaseAction
from app.cases.actions.rules import Ending, Source, What
from app.cases.register.models import Case
from app.contract.models import Lot
from app.kernel import paging
from app.kernel.errors import NotFound
from app.kernel.labels import Labelled
from app.work.uow import UnitOfWork

PAGE_SIZE = 50
# Who may be given an action: everybody who works on cases.
OWNING = (
    Role.AGENCY_PROJECT_MANAGER,
    Role.TEAM_MANAGER,
    Role.DISTRICT_MANAGER,
    Role.COUNCIL_PROJECT_MANAGER,
)


class Whose(Labelled):
    """Whose open actions are listed."""

    MINE = "mine", "Mine"
    ALL = "all", "Everybody’s"
    AUDITS = "audits", "From file audits"


@dataclass(frozen=True)
class ActionRow:
    """One action with who is to do it, who set it and how it ended."""

    id: int
    case_id: int
    reference: str
    lot: str
    what: What
    note: str
    owner_id: int
    owner: str
    owner_side: Organisation
    due_on: date
    source: Source
    set_by_id: int | None
    set_by: str | None
    set_at: datetime
    ending: Ending | None
    ended_on: date | None
    ended_by: str | None
    reason: str

    @property
    def is_open(self) -> bool:
        return self.ending is None

    def is_overdue(self, today: date) -> bool:
        return self.is_open and self.due_on < today

    def is_for(self, manager: Actor) -> bool:
        """Whether a manager speaks for whoever is to do it: of the same side, or who set it."""
        return manager.organisation is self.owner_side or manager.user_id == self.set_by_id


_owner, _setter, _ender = aliased(User), aliased(User), aliased(User)
_columns: tuple[Any, ...] = (
    CaseAction.id,
    CaseAction.case_id,
    Case.reference,
    Lot.name,
    CaseAction.what,
    CaseAction.note,
    CaseAction.owner_id,
    _owner.name,
    _owner.organisation,
    CaseAction.due_on,
    CaseAction.source,
    CaseAction.set_by,
    _setter.name,
    CaseAction.set_at,
    CaseAction.ending,
    CaseAction.ended_on,
    _ender.name,
    CaseAction.reason,
)
_ROWS = (
    select(*_columns)
    .select_from(CaseAction)
    .join(Case, col(Case.id) == col(CaseAction.case_id))
    .join(Lot, col(Lot.id) == col(CaseAction.lot_id))
    .join(_owner, col(_owner.id) == col(CaseAction.owner_id))
    .outerjoin(_setter, col(_setter.id) == col(CaseAction.set_by))
    .outerjoin(_ender, col(_ender.id) == col(CaseAction.ended_by))
)
_DUE_FIRST = col(CaseAction.due_on), col(CaseAction.id)
# Open, of a case that is open: what is left of an ended case comes back should it be reopened.
_OPEN = and_(col(CaseAction.ended_on).is_(None), col(Case.ended_on).is_(None))
_OF_CASE = _ROWS.where(col(CaseAction.case_id) == bindparam("case_id")).order_by(
    col(CaseAction.ended_on).is_not(None), *_DUE_FIRST
)
_COUNT_OF_CASE = select(func.count()).where(
    col(CaseAction.case_id) == bindparam("case_id"), col(CaseAction.ended_on).is_(None)
)
_ONE = _ROWS.where(col(CaseAction.id) == bindparam("action_id"))
_COUNT = (
    select(func.count(), func.count().filter(col(CaseAction.due_on) < bindparam("today")))
    .select_from(CaseAction)
    .join(Case, col(Case.id) == col(CaseAction.case_id))
    .where(_OPEN)
)
_MINE = col(CaseAction.owner_id) == bindparam("owner_id")
_AUDITED = col(CaseAction.source) == Source.FILE_AUDIT
_COUNTS = {
    Whose.MINE: _COUNT.where(_MINE),
    Whose.ALL: _COUNT,
    Whose.AUDITS: _COUNT.where(_AUDITED),
}
_PAGE = _ROWS.where(_OPEN).order_by(*_DUE_FIRST).limit(PAGE_SIZE).offset(bindparam("skip"))
_PAGES = {
    Whose.MINE: _PAGE.where(_MINE),
    Whose.ALL: _PAGE,
    Whose.AUDITS: _PAGE.where(_AUDITED),
}
_OWNERS = (
    select(col(User.id), col(User.name), col(User.organisation))
    .join(UserLot, col(UserLot.user_id) == col(User.id))
    .join(Case, col(Case.lot_id) == col(UserLot.lot_id))
    .where(
        col(Case.id) == bindparam("case_id"),
        col(User.disabled_at).is_(None),
        or_(col(User.active_until).is_(None), col(User.active_until) >= bindparam("today")),
        or_(
            col(User.role).in_(OWNING),
            col(User.practitioner_id).in_((col(Case.practitioner_id), col(Case.co_worker_id))),
        ),
    )
    .order_by(col(User.practitioner_id).is_(None), col(User.name), col(User.id))
)


@dataclass(frozen=True)
class ActionsCount:
    """How many actions are open, and how many of them are past their day."""

    open: int
    overdue: int


def of_case(uow: UnitOfWork, case_id: int) -> list[ActionRow]:
    """Every action on a case, the open ones first."""
    return [ActionRow(*row) for row in uow.rows(_OF_CASE, case_id=case_id)]


def count_of_case(uow: UnitOfWork, case_id: int) -> int:
    """How many actions are left to do on one case."""
    return int(uow.rows(_COUNT_OF_CASE, case_id=case_id).scalar() or 0)


def find(uow: UnitOfWork, action_id: int) -> ActionRow:
    """The action, or NotFound when it is absent or not the actor's."""
    row = uow.rows(_ONE, action_id=action_id).first()
    if row is None:
        raise NotFound
    return ActionRow(*row)


def count_open(uow: UnitOfWork, whose: Whose = Whose.MINE) -> ActionsCount:
    """How many actions on open cases are left to the actor, or to everybody in their lots."""
    mine = {"owner_id": uow.actor.user_id} if whose is Whose.MINE else {}
    return ActionsCount(*uow.rows(_COUNTS[whose], today=uow.today, **mine).one())


def list_open(
    uow: UnitOfWork, whose: Whose, page: str | int | None = 1
) -> tuple[paging.Slice[ActionRow], ActionsCount]:
    """Open actions, the earliest due first, and how many there are."""
    counts = count_open(uow, whose)
    place = paging.place(page, total=counts.open, size=PAGE_SIZE)
    mine = {"owner_id": uow.actor.user_id} if whose is Whose.MINE else {}
    found = uow.rows(_PAGES[whose], skip=place.offset, **mine)
    return paging.Slice.at(place, [ActionRow(*row) for row in found]), counts


def possible_owners(
    uow: UnitOfWork, case_id: int, side: Organisation | None = None
) -> list[tuple[int, str]]:
    """Who may be given work on a case: its workers first, then its lot's managers; or one side."""
    found = uow.rows(_OWNERS, case_id=case_id, today=uow.today)
    return [(user_id, name) for user_id, name, of in found if side in (None, of)]
