"""Reads of the meetings of a contract: their list, one with its items, and actions until done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.actor import Actor
from app.access.models import User, UserLot
from app.access.roles import Organisation
from app.agreements.meetings.queries import fingerprint
from app.cases.actions.models import CaseAction
from app.contract.models import Contract, Lot
from app.kernel import paging
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.kernel.errors import NotFound
from app.reports.commentary.rules import Topic, link_for
from app.reports.meetings.models import ContractMeeting, MeetingAction, MeetingItem
from app.reports.meetings.rules import Kind, Outcome, check_open_action, readable
from app.work.sight import looking_at
from app.work.uow import UnitOfWork

PAGE_SIZE = 50
# More than a meeting can settle; the earliest due first.
MOST_ACTIONS = 50


@dataclass(frozen=True)
class MeetingView:
    """One meeting with how many items it has and how many of them something came of."""

    id: int
    contract_id: int
    contract: str
    kind: Kind
    lot_id: int | None
    lot: str | None
    held_on: date
    present: str
    planned_by: str | None
    planned_at: datetime
    as_at: datetime
    issued_by: str | None
    issued_at: datetime | None
    minutes: str
    minutes_hash: str
    version: int
    items: int
    done: int

    @property
    def title(self) -> str:
        return f"{self.kind.label} of {self.lot or self.contract}"


@dataclass(frozen=True)
class ItemView:
    """One item of an agenda and what came of it."""

    id: int
    meeting_id: int
    position: int
    topic: Topic | None
    text: str
    link: str
    outcome: Outcome | None
    note: str
    written_by: str | None
    written_at: datetime | None
    version: int

    def link_for(self, may: Callable[[Act], bool]) -> str:
        """Where it leads its reader; nowhere if they may open nothing of it."""
        return link_for(self.link, may) if self.link else ""

    @property
    def about(self) -> str:
        return self.topic.label if self.topic else "Brought along"


@dataclass(frozen=True)
class ActionView:
    """What somebody is to do; `case_id` is of one that stands with its case."""

    id: int
    meeting_id: int
    kind: Kind
    item_id: int
    what: str
    owner_id: int
    owner: str
    owner_side: Organisation
    due_on: date
    case_id: int | None
    set_by_id: int | None
    ended_on: date | None
    how: str
    version: int
    set_by: str | None
    set_at: datetime
    ended_by: str | None

    def is_for(self, actor: Actor) -> bool:
        """Whether somebody is of its owner's side, or asked it."""
        return actor.organisation is self.owner_side or actor.user_id == self.set_by_id

    def check_open_for(self, actor: Actor) -> None:
        """Raise Refused where it is not for somebody to say how it went, or not any more."""
        check_open_action(
            ended=self.ended_on is not None,
            owner_side=self.owner_side,
            mine=self.is_for(actor),
            on_case=self.case_id is not None,
        )

    def is_overdue(self, today: date) -> bool:
        return self.ended_on is None and self.due_on < today


_PLANNER, _ISSUER, _WRITER, _OWNER, _SETTER, _ENDER = (aliased(User) for _ in range(6))
_ITEMS_OF = (
    select(func.count())
    .select_from(MeetingItem)
    .where(col(MeetingItem.meeting_id) == col(ContractMeeting.id))
)
_MEETING: tuple[Any, ...] = (
    ContractMeeting.id,
    ContractMeeting.contract_id,
    Contract.name,
    ContractMeeting.kind,
    ContractMeeting.of_lot_id,
    Lot.name,
    ContractMeeting.held_on,
    ContractMeeting.present,
    _PLANNER.name,
    ContractMeeting.planned_at,
    ContractMeeting.as_at,
    _ISSUER.name,
    ContractMeeting.issued_at,
    ContractMeeting.minutes,
    ContractMeeting.minutes_hash,
    ContractMeeting.version,
    _ITEMS_OF.scalar_subquery(),
    _ITEMS_OF.where(col(MeetingItem.outcome).is_not(None)).scalar_subquery(),
)
_READABLE = col(ContractMeeting.kind).in_(bindparam("kinds", expanding=True))
_MEETINGS = (
    select(*_MEETING)
    .select_from(ContractMeeting)
    .join(Contract, col(Contract.id) == ContractMeeting.contract_id)
    .outerjoin(Lot, col(Lot.id) == ContractMeeting.of_lot_id)
    .outerjoin(_PLANNER, col(_PLANNER.id) == ContractMeeting.planned_by)
    .outerjoin(_ISSUER, col(_ISSUER.id) == ContractMeeting.issued_by)
    .where(_READABLE)
)
_PAGE = (
    _MEETINGS.order_by(col(ContractMeeting.held_on).desc(), col(ContractMeeting.id).desc())
    .limit(PAGE_SIZE)
    .offset(bindparam("skip"))
)
_ONE = _MEETINGS.where(col(ContractMeeting.id) == bindparam("meeting_id"))
_TOTAL = select(func.count()).select_from(ContractMeeting).where(_READABLE)
_ITEM: tuple[Any, ...] = (
    MeetingItem.id,
    MeetingItem.meeting_id,
    MeetingItem.position,
    MeetingItem.topic,
    MeetingItem.text,
    MeetingItem.link,
    MeetingItem.outcome,
    MeetingItem.note,
    _WRITER.name,
    MeetingItem.written_at,
    MeetingItem.version,
)
_ITEMS = (
    select(*_ITEM)
    .select_from(MeetingItem)
    .join(ContractMeeting, col(ContractMeeting.id) == MeetingItem.meeting_id)
    .outerjoin(_WRITER, col(_WRITER.id) == MeetingItem.written_by)
    .where(_READABLE)
    .order_by(col(MeetingItem.position))
)
_OF_MEETING = _ITEMS.where(col(MeetingItem.meeting_id) == bindparam("meeting_id"))
_ITEM_BY_ID = _ITEMS.where(col(MeetingItem.id) == bindparam("item_id"))
# An action about a case stands with the case.
_DUE_ON = func.coalesce(col(CaseAction.due_on), col(MeetingAction.due_on))
_ENDED_ON = func.coalesce(col(CaseAction.ended_on), col(MeetingAction.ended_on))
_ACTION: tuple[Any, ...] = (
    MeetingAction.id,
    MeetingItem.meeting_id,
    ContractMeeting.kind,
    MeetingAction.item_id,
    MeetingAction.what,
    _OWNER.id,
    _OWNER.name,
    _OWNER.organisation,
    _DUE_ON,
    CaseAction.case_id,
    MeetingAction.set_by,
    _ENDED_ON,
    MeetingAction.how,
    MeetingAction.version,
    _SETTER.name,
    MeetingAction.set_at,
    _ENDER.name,
)
_ACTIONS = (
    select(*_ACTION)
    .select_from(MeetingAction)
    .join(MeetingItem, col(MeetingItem.id) == MeetingAction.item_id)
    .join(ContractMeeting, col(ContractMeeting.id) == MeetingItem.meeting_id)
    .outerjoin(CaseAction, col(CaseAction.id) == MeetingAction.case_action_id)
    .join(_OWNER, col(_OWNER.id) == func.coalesce(CaseAction.owner_id, col(MeetingAction.owner_id)))
    .outerjoin(_SETTER, col(_SETTER.id) == MeetingAction.set_by)
    .outerjoin(_ENDER, col(_ENDER.id) == MeetingAction.ended_by)
    .where(_READABLE)
    .order_by(_DUE_ON, col(MeetingAction.id))
)
_ACTIONS_OF_MEETING = _ACTIONS.where(col(MeetingItem.meeting_id) == bindparam("meeting_id"))
_ACTION_BY_ID = _ACTIONS.where(col(MeetingAction.id) == bindparam("action_id"))
_STILL_OPEN = col(MeetingAction.ended_on).is_(None), _ENDED_ON.is_(None)
_OPEN_ACTIONS = _ACTIONS.where(*_STILL_OPEN).limit(MOST_ACTIONS)
_COUNTED = (
    select(func.count(), func.count().filter(bindparam("today") > _DUE_ON))
    .select_from(MeetingAction)
    .join(MeetingItem, col(MeetingItem.id) == MeetingAction.item_id)
    .join(ContractMeeting, col(ContractMeeting.id) == MeetingItem.meeting_id)
    .outerjoin(CaseAction, col(CaseAction.id) == MeetingAction.case_action_id)
    .where(_READABLE, *_STILL_OPEN)
)
_OWNERS = (
    select(col(User.id), col(User.name), col(User.organisation))
    .where(
        col(User.id).in_(
            select(col(UserLot.user_id)).where(
                col(UserLot.contract_id) == bindparam("contract_id"),
                or_(
                    bindparam("of_lot", type_=UserLot.lot_id.type).is_(None),  # type: ignore[attr-defined]
                    col(UserLot.lot_id) == bindparam("of_lot"),
                ),
            )
        ),
        col(User.role).in_(bindparam("roles", expanding=True)),
        col(User.disabled_at).is_(None),
        or_(col(User.active_until).is_(None), col(User.active_until) >= bindparam("today")),
    )
    .order_by(col(User.organisation), col(User.name), col(User.id))
)


@dataclass(frozen=True)
class ActionsCount:
    """How many actions from meetings are open, and how many of them are past their day."""

    open: int
    overdue: int


def list_meetings(uow: UnitOfWork, page: str | int | None = 1) -> paging.Slice[MeetingView]:
    """The meetings that the actor takes part in, the latest first."""
    total = int(uow.rows(_TOTAL, **_kinds(uow)).scalar() or 0)
    place = paging.place(page, total=total, size=PAGE_SIZE)
    found = uow.rows(_PAGE, skip=place.offset, **_kinds(uow))
    return paging.Slice.at(place, [MeetingView(*row) for row in found])


def find_meeting(uow: UnitOfWork, meeting_id: int) -> MeetingView:
    """One meeting, or NotFound when it is absent or not the actor's."""
    row = uow.rows(_ONE, meeting_id=meeting_id, **_kinds(uow)).first()
    if row is None:
        raise NotFound
    return MeetingView(*row)


def items_of(uow: UnitOfWork, meeting_id: int) -> list[ItemView]:
    """A meeting's agenda in its order."""
    return [ItemView(*row) for row in uow.rows(_OF_MEETING, meeting_id=meeting_id, **_kinds(uow))]


def find_item(uow: UnitOfWork, item_id: int) -> ItemView:
    """One item of an agenda, or NotFound when it is absent or not the actor's."""
    row = uow.rows(_ITEM_BY_ID, item_id=item_id, **_kinds(uow)).first()
    if row is None:
        raise NotFound
    return ItemView(*row)


def actions_of(uow: UnitOfWork, meeting_id: int) -> list[ActionView]:
    """What a meeting gave people to do, the earliest due first."""
    found = uow.rows(_ACTIONS_OF_MEETING, meeting_id=meeting_id, **_kinds(uow))
    return [ActionView(*row) for row in found]


def find_action(uow: UnitOfWork, action_id: int) -> ActionView:
    """One action from a meeting, or NotFound when it is absent or not the actor's."""
    row = uow.rows(_ACTION_BY_ID, action_id=action_id, **_kinds(uow)).first()
    if row is None:
        raise NotFound
    return ActionView(*row)


def open_actions(uow: UnitOfWork) -> list[ActionView]:
    """Open actions from the actor's meetings, the earliest due first; at most 50."""
    return [ActionView(*row) for row in uow.rows(_OPEN_ACTIONS, **_kinds(uow))]


def count_actions(uow: UnitOfWork) -> ActionsCount:
    """How many actions from the actor's meetings are open, and past their day."""
    return ActionsCount(*uow.rows(_COUNTED, today=uow.today, **_kinds(uow)).one())


def count_overdue(uow: UnitOfWork, meeting: ContractMeeting) -> int:
    """How many actions of a meeting's contract or lot are past their day.

    Those alone that all its readers can open, whoever asks.
    """
    lots = uow.actor.lot_ids if meeting.of_lot_id is None else {meeting.of_lot_id}
    with looking_at(uow, meeting.contract_id, lots):
        found = uow.rows(_COUNTED, today=uow.today, kinds=meeting.kind.known_to_all)
        return ActionsCount(*found.one()).overdue


def owners(uow: UnitOfWork, meeting: MeetingView) -> list[tuple[int, str]]:
    """Who may be given something to do: those of either side who take part, with their side."""
    found = uow.rows(
        _OWNERS,
        contract_id=meeting.contract_id,
        of_lot=meeting.lot_id,
        roles=sorted(meeting.kind.readers),
        today=uow.today,
    )
    return [(user_id, f"{name} ({Organisation(side).value})") for user_id, name, side in found]


def version_of(
    meeting: MeetingView, items: Sequence[ItemView], actions: Sequence[ActionView]
) -> int:
    """A number that stands for exactly what a meeting's page says."""
    return int(fingerprint(minutes_of(meeting, items, actions))[:7], 16)


def minutes_of(
    meeting: MeetingView, items: Sequence[ItemView], actions: Sequence[ActionView]
) -> list[tuple[str, str]]:
    """The minutes as pairs of a name and what is said."""
    lines = [
        ("Meeting", meeting.title),
        ("Held on", show_date(meeting.held_on)),
        ("Present", meeting.present or "Not recorded"),
    ]
    for item in items:
        said = [item.text, item.outcome.label if item.outcome else "Not talked about"]
        if item.note:
            said.append(item.note)
        said += [
            f"{one.what}: {one.owner}, by {show_date(one.due_on)}"
            for one in actions
            if one.item_id == item.id
        ]
        lines.append((f"{item.position}. {item.about}", "\n".join(said)))
    return lines


def _kinds(uow: UnitOfWork) -> dict[str, list[Kind]]:
    return {"kinds": readable(uow.actor.role)}
