"""Reads of safeguarding flags: what waits, what is open, and the flags of one case."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.access.models import User
from app.contract.models import Lot
from app.db.tables import Utc
from app.kernel.days import LONDON
from app.kernel.errors import first_of
from app.safeguarding.flags.models import Flag, FlagAlert, FlagCall
from app.safeguarding.flags.rules import (
    WITHIN_HOURS,
    Called,
    CallOutcome,
    Concern,
    Raised,
    hours_waiting,
    weeks_until,
)
from app.work.together import OneRow
from app.work.uow import UnitOfWork

MOST_OPEN = 200
# Of those that a home page says by name.
MOST_NAMED = 20
LATELY = 20


@dataclass(frozen=True)
class FlagCounts:
    """Flags of the actor's lots: those nobody acknowledged, all open ones, open ones on no case."""

    unacknowledged: int
    open: int
    unmatched: int


@dataclass(frozen=True)
class FlagView:
    """One flag with the names of those who dealt with it."""

    id: int
    case_id: int | None
    reference: str
    lot: str
    concern: Concern
    note: str
    raised_by: str | None
    raised_at: datetime
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    resolved_by: str | None
    resolved_at: datetime | None
    resolution: str
    version: int
    attached_at: datetime | None
    attached_by: str | None

    @property
    def is_open(self) -> bool:
        return self.resolved_at is None

    def late(self, now: datetime) -> bool:
        """Whether it waited, or waits, longer for its acknowledgement than it may."""
        return self.hours(now) >= WITHIN_HOURS

    def hours(self, now: datetime) -> int:
        """Whole hours from its raising until it was acknowledged, or until `now`."""
        return hours_waiting(self.raised_at, self.acknowledged_at or now)


@dataclass(frozen=True)
class CallView:
    """One call about a flag, with who made it."""

    at: datetime
    called: Called
    outcome: CallOutcome
    by: str | None


def calls_of(uow: UnitOfWork, flag_id: int) -> list[CallView]:
    """The calls about a flag, the latest first."""
    return [CallView(*row) for row in uow.rows(_CALLS, flag_id=flag_id)]


def alerts_of(uow: UnitOfWork, flag_id: int) -> list[datetime]:
    """When people were alerted again, the latest first."""
    return [at for (at,) in uow.rows(_ALERTS, flag_id=flag_id)]


def raised_lately(uow: UnitOfWork) -> list[Raised]:
    """The flags raised in the weeks that are counted."""
    began = datetime.combine(weeks_until(uow.today)[0] - timedelta(days=6), time.min, LONDON)
    return [Raised(*row) for row in uow.rows(_RAISED, began=began)]


def open_flags(uow: UnitOfWork) -> FlagCounts:
    """How many flags are open in the actor's lots."""
    return OPEN_COUNTS.ask(uow)


def list_open(uow: UnitOfWork) -> list[FlagView]:
    """The open flags of the actor's lots: unacknowledged first, then the oldest; at most 200."""
    taken = col(Flag.acknowledged_at).is_not(None)
    return _views(uow, [_OPEN], [taken, col(Flag.raised_at), col(Flag.id)], MOST_OPEN)


def list_unacknowledged(uow: UnitOfWork) -> list[FlagView]:
    """The flags of the actor's lots that nobody acknowledged, the oldest first; at most 20."""
    unacknowledged = col(Flag.acknowledged_at).is_(None)
    return _views(uow, [_OPEN, unacknowledged], [col(Flag.raised_at), col(Flag.id)], MOST_NAMED)


def list_resolved(uow: UnitOfWork) -> list[FlagView]:
    """The flags of the actor's lots that were resolved last, newest first."""
    return _views(
        uow,
        [col(Flag.resolved_at).is_not(None)],
        [col(Flag.resolved_at).desc(), col(Flag.id).desc()],
        LATELY,
    )


def for_case(uow: UnitOfWork, case_id: int) -> list[FlagView]:
    """The flags on one case, newest first."""
    return [FlagView(*row) for row in uow.rows(_OF_CASE, case_id=case_id)]


def find_view(uow: UnitOfWork, flag_id: int) -> FlagView:
    """One flag; NotFound when it is absent or not the actor's."""
    return first_of(_views(uow, [col(Flag.id) == flag_id], []))


_OPEN = col(Flag.resolved_at).is_(None)
OPEN_COUNTS = OneRow(
    select(
        func.count(case((col(Flag.acknowledged_at).is_(None), 1))),
        func.count(),
        func.count(case((col(Flag.case_id).is_(None), 1))),
    ).where(_OPEN),
    FlagCounts,
)
_RAISER, _ACKNOWLEDGER, _RESOLVER, _ATTACHER = (aliased(User) for _ in range(4))
_COLUMNS: tuple[Any, ...] = (
    Flag.id,
    Flag.case_id,
    Flag.reference,
    Lot.name,
    Flag.concern,
    Flag.note,
    _RAISER.name,
    Flag.raised_at,
    _ACKNOWLEDGER.name,
    Flag.acknowledged_at,
    _RESOLVER.name,
    Flag.resolved_at,
    Flag.resolution,
    Flag.version,
    Flag.attached_at,
    _ATTACHER.name,
)
_FLAGS = (
    select(*_COLUMNS)
    .select_from(Flag)
    .join(Lot, col(Lot.id) == Flag.lot_id)
    .outerjoin(_RAISER, col(_RAISER.id) == Flag.raised_by)
    .outerjoin(_ACKNOWLEDGER, col(_ACKNOWLEDGER.id) == Flag.acknowledged_by)
    .outerjoin(_RESOLVER, col(_RESOLVER.id) == Flag.resolved_by)
    .outerjoin(_ATTACHER, col(_ATTACHER.id) == Flag.attached_by)
)
_OF_CASE = _FLAGS.where(col(Flag.case_id) == bindparam("case_id")).order_by(
    col(Flag.raised_at).desc(), col(Flag.id).desc()
)

_CALLS: Any = (
    select(FlagCall.at, FlagCall.called, FlagCall.outcome, User.name)
    .outerjoin(User, col(User.id) == FlagCall.by_user_id)
    .where(FlagCall.flag_id == bindparam("flag_id"))
    .order_by(col(FlagCall.at).desc(), col(FlagCall.id).desc())
)
_ALERTS = (
    select(FlagAlert.at)
    .where(FlagAlert.flag_id == bindparam("flag_id"))
    .order_by(col(FlagAlert.number).desc())
)
_RAISED = select(Flag.lot_id, Flag.raised_at, Flag.acknowledged_at).where(
    col(Flag.raised_at) >= bindparam("began", type_=Utc)
)


def _views(
    uow: UnitOfWork,
    kept: list[ColumnElement[bool]],
    order: list[Any],
    most: int | None = None,
) -> list[FlagView]:
    found = uow.session.execute(_FLAGS.where(*kept).order_by(*order).limit(most))
    return [FlagView(*row) for row in found]
