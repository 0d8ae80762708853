"""Reads of performance meetings: what one is to talk about, the list of them, and the minutes."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.assurance.performance_meetings.models import PerformanceItem, PerformanceMeeting
from app.assurance.performance_meetings.rules import Decision, Topic
from app.cases.actions.models import CaseAction
from app.cases.actions.rules import Ending, What
from app.cases.assessments.models import AssessmentReturn
from app.cases.delays import queries as delays
from app.cases.delays.queries import DelayFilter, Show
from app.cases.drift import queries as drift
from app.cases.register import queries as register
from app.cases.register.filter import CaseFilter
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.contract.models import Lot
from app.kernel import paging
from app.kernel.errors import NotFound
from app.work.uow import UnitOfWork

PAGE_SIZE = 50
# Of each topic: an hour is soon over, and what is left comes back next week.
OF_TOPIC = 15


@dataclass(frozen=True)
class Beginning:
    """What a lot's meeting begins from: its figures, and the cases to talk about."""

    open_cases: int
    overdue: int
    drifting: int
    late_delays: int
    found: list[tuple[int, Topic]]


_RETURNED = (
    select(col(AssessmentReturn.case_id))
    .join(Case, col(Case.id) == col(AssessmentReturn.case_id))
    .where(
        col(Case.state) == CaseState.ASSESSING,
        col(AssessmentReturn.lot_id) == bindparam("lot"),
    )
    .group_by(col(AssessmentReturn.case_id))
    .order_by(func.max(col(AssessmentReturn.id)))
    .limit(OF_TOPIC)
)


def beginning(uow: UnitOfWork, lot: int) -> Beginning:
    """What the lists of a lot say today."""
    overdue = register.list_cases(uow, CaseFilter(lot=lot, overdue=True))
    late = delays.list_delays(uow, DelayFilter(Show.LATE, lot))
    return Beginning(
        register.count_cases(uow, CaseFilter(lot=lot)),
        overdue.total,
        sum(look.found for look in drift.list_looks(uow) if look.lot_id == lot),
        late.total,
        [
            *((one.case_id, Topic.DRIFT) for one in drift.list_drifting(uow, [lot], OF_TOPIC)),
            *((one.case_id, Topic.DELAY) for one in late.rows[:OF_TOPIC]),
            *((case_id, Topic.RETURNED) for (case_id,) in uow.rows(_RETURNED, lot=lot)),
            *((one.id, Topic.OVERDUE) for one in overdue.rows[:OF_TOPIC]),
        ],
    )


@dataclass(frozen=True)
class MeetingRow:
    """One meeting with the figures it began from."""

    id: int
    lot_id: int
    lot: str
    held_on: date
    present: str
    open_cases: int
    overdue: int
    drifting: int
    late_delays: int
    opened_by: str | None
    closed_by: str | None
    closed_at: datetime | None
    version: int
    items: int
    decided: int
    opened_at: datetime

    @property
    def is_open(self) -> bool:
        return self.closed_at is None


_opener, _closer = aliased(User), aliased(User)
_of_meeting = col(PerformanceItem.meeting_id) == col(PerformanceMeeting.id)
_items = select(func.count()).select_from(PerformanceItem).where(_of_meeting)
_meeting: tuple[Any, ...] = (
    PerformanceMeeting.id,
    PerformanceMeeting.lot_id,
    Lot.name,
    PerformanceMeeting.held_on,
    PerformanceMeeting.present,
    PerformanceMeeting.open_cases,
    PerformanceMeeting.overdue,
    PerformanceMeeting.drifting,
    PerformanceMeeting.late_delays,
    _opener.name,
    _closer.name,
    PerformanceMeeting.closed_at,
    PerformanceMeeting.version,
    _items.scalar_subquery(),
    _items.where(col(PerformanceItem.decision).is_not(None)).scalar_subquery(),
    PerformanceMeeting.opened_at,
)
_MEETINGS = (
    select(*_meeting)
    .select_from(PerformanceMeeting)
    .join(Lot, col(Lot.id) == col(PerformanceMeeting.lot_id))
    .outerjoin(_opener, col(_opener.id) == col(PerformanceMeeting.opened_by))
    .outerjoin(_closer, col(_closer.id) == col(PerformanceMeeting.closed_by))
)
_ONE = _MEETINGS.where(col(PerformanceMeeting.id) == bindparam("meeting_id"))
_PAGE = (
    _MEETINGS.order_by(col(PerformanceMeeting.held_on).desc(), col(PerformanceMeeting.id).desc())
    .limit(PAGE_SIZE)
    .offset(bindparam("skip"))
)
_LAST_ENDED = (
    _MEETINGS.where(col(PerformanceMeeting.closed_at).is_not(None))
    .order_by(col(PerformanceMeeting.held_on).desc(), col(PerformanceMeeting.id).desc())
    .limit(1)
)
_TOTAL = select(func.count()).select_from(PerformanceMeeting)


def list_meetings(uow: UnitOfWork, page: str | int | None = 1) -> paging.Slice[MeetingRow]:
    """The meetings of the actor's lots, the latest first."""
    total = int(uow.rows(_TOTAL).scalar() or 0)
    place = paging.place(page, total=total, size=PAGE_SIZE)
    found = uow.rows(_PAGE, skip=place.offset)
    return paging.Slice.at(place, [MeetingRow(*row) for row in found])


def last_ended(uow: UnitOfWork) -> MeetingRow | None:
    """The latest meeting of the actor's lots whose minutes stand."""
    row = uow.rows(_LAST_ENDED).first()
    return MeetingRow(*row) if row else None


def find_meeting(uow: UnitOfWork, meeting_id: int) -> MeetingRow:
    """The meeting, or NotFound when it is absent or not the actor's."""
    row = uow.rows(_ONE, meeting_id=meeting_id).first()
    if row is None:
        raise NotFound
    return MeetingRow(*row)


@dataclass(frozen=True)
class ItemRow:
    """One case on the agenda with what was decided, and what became of an action."""

    id: int
    meeting_id: int
    case_id: int
    reference: str
    state: CaseState
    due_on: date | None
    words: str
    decision: Decision | None
    day: date | None
    note: str
    what: What | None
    owner: str | None
    ending: Ending | None
    decided_by: str | None
    decided_at: datetime | None

    @property
    def topics(self) -> list[Topic]:
        return [Topic(word) for word in self.words.split()]

    @property
    def said(self) -> str:
        """The decision as the minutes say it."""
        if self.decision is None:
            return "Not decided"
        words = self.decision.label
        if self.what is not None:
            words = f"{self.owner}: {self.what.label}"
        return f"{words}. {self.note}".rstrip(". ") if self.note else words


_owner, _decider = aliased(User), aliased(User)
_item: tuple[Any, ...] = (
    PerformanceItem.id,
    PerformanceItem.meeting_id,
    PerformanceItem.case_id,
    Case.reference,
    Case.state,
    Case.due_on,
    PerformanceItem.topics,
    PerformanceItem.decision,
    PerformanceItem.day,
    PerformanceItem.note,
    CaseAction.what,
    _owner.name,
    CaseAction.ending,
    _decider.name,
    PerformanceItem.decided_at,
)
_ITEMS = (
    select(*_item)
    .select_from(PerformanceItem)
    .join(Case, col(Case.id) == col(PerformanceItem.case_id))
    .outerjoin(CaseAction, col(CaseAction.id) == col(PerformanceItem.action_id))
    .outerjoin(_owner, col(_owner.id) == col(CaseAction.owner_id))
    .outerjoin(_decider, col(_decider.id) == col(PerformanceItem.decided_by))
    .order_by(col(PerformanceItem.place), col(PerformanceItem.id))
)
_OF_MEETING = _ITEMS.where(col(PerformanceItem.meeting_id) == bindparam("meeting_id"))
_ITEM = _ITEMS.where(col(PerformanceItem.id) == bindparam("item_id"))


def items_of(uow: UnitOfWork, meeting_id: int) -> list[ItemRow]:
    """A meeting's agenda in its order."""
    return [ItemRow(*row) for row in uow.rows(_OF_MEETING, meeting_id=meeting_id)]


def find_item(uow: UnitOfWork, item_id: int) -> ItemRow:
    """One case of an agenda, or NotFound when it is absent or not the actor's."""
    row = uow.rows(_ITEM, item_id=item_id).first()
    if row is None:
        raise NotFound
    return ItemRow(*row)
