"""Reads of what stands on the escalation ladder: the list, its count, and who must be told."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, case, exists, func, or_, select
from sqlmodel import col

from app.access.models import User, UserLot
from app.access.roles import Organisation
from app.cases.clock_statements.queries import unanswered_by
from app.cases.delays.models import Delay
from app.cases.delays.rules import DelayReason
from app.cases.ladder.models import Escalation
from app.cases.ladder.queries import Matter
from app.cases.ladder.rules import Rung, rung_of
from app.cases.register.models import Case
from app.contract import queries as contract
from app.contract.models import Lot
from app.kernel import paging
from app.kernel.counts import NONE, Count
from app.work.counting import figure, up_to
from app.work.uow import UnitOfWork

PAGE_SIZE = 50


@dataclass(frozen=True)
class EscalatedRow:
    """A matter on a step of the ladder; without a `reason` it is a child without a worker."""

    case_id: int
    reference: str
    lot: str
    contract_id: int
    delay_id: int | None
    reason: DelayReason | None
    since: date
    rung: Rung
    reached_on: date
    acknowledged_at: datetime | None
    acknowledged_by: str | None

    @property
    def what(self) -> str:
        """What is escalated, in words."""
        return "No named worker" if self.reason is None else self.reason.label

    @property
    def address(self) -> str:
        """Where it is answered."""
        return f"/cases/{self.case_id}/{'waiting' if self.delay_id is None else 'delays'}"


_columns: tuple[Any, ...] = (
    Escalation.case_id,
    Case.reference,
    Lot.name,
    Case.contract_id,
    Escalation.delay_id,
    Delay.reason,
    Escalation.since,
    Escalation.rung,
    Escalation.reached_on,
    Escalation.acknowledged_at,
    User.name,
)
# A wait that ended since the night, or a delay that did, asks nobody any more. Each step looks its
# own matter up, so that who wants a few steps reads a few cases and not all that are open: as a
# condition, which PostgreSQL asks at a third of what the same day costs it as a value.
_GOES_ON = (col(Case.id) == col(Escalation.case_id), col(Case.ended_on).is_(None))
_WAITS = exists().where(*_GOES_ON, col(Case.unallocated_on) == col(Escalation.since))
_DELAYED = exists().where(
    *_GOES_ON,
    col(Delay.id) == col(Escalation.delay_id),
    col(Delay.ended_on).is_(None),
    col(Delay.expected_end) == col(Escalation.since),
)
_STANDS = and_(
    col(Escalation.over_on).is_(None),
    case(
        (col(Escalation.delay_id).is_(None), _WAITS.correlate(Escalation)),
        else_=_DELAYED.correlate(Escalation),
    ),
)


def _standing(rung: Rung | None, *columns: Any) -> Any:
    kept = [_STANDS] if rung is None else [_STANDS, col(Escalation.rung) == rung]
    return select(*columns).select_from(Escalation).where(*kept)


@lru_cache(maxsize=16)
def _listed(rung: Rung | None) -> tuple[Any, Any]:
    """The statements of one step, or of all: how many, and one page."""
    rows = (
        _standing(rung, *_columns)
        .join(Case, col(Case.id) == col(Escalation.case_id))
        .join(Lot, col(Lot.id) == col(Escalation.lot_id))
        .outerjoin(Delay, col(Delay.id) == col(Escalation.delay_id))
        .outerjoin(User, col(User.id) == col(Escalation.acknowledged_by))
        .order_by(col(Escalation.reached_on), col(Escalation.id))
    )
    return _standing(rung, func.count()), rows.limit(PAGE_SIZE).offset(bindparam("skip"))


def list_escalated(
    uow: UnitOfWork, rung: Rung | None, page: str | int | None = 1
) -> paging.Slice[EscalatedRow]:
    """What stands on a step as the last night left it, the longest first."""
    total, rows = _listed(rung)
    place = paging.place(page, total=int(uow.rows(total).scalar() or 0), size=PAGE_SIZE)
    found = uow.rows(rows, skip=place.offset)
    return paging.Slice.at(place, [EscalatedRow(*row) for row in found])


@dataclass(frozen=True)
class Asked:
    """What is asked of the reader: matters on their step, delays without a reply, and lines.

    The lines are those of statements of whose clock it was that the reader's side has not answered.
    """

    escalated: Count = NONE
    delays: Count = NONE
    clock_lines: Count = NONE


_UNANSWERED = (
    select(col(Delay.id))
    .join(Case, col(Case.id) == col(Delay.case_id))
    .where(
        col(Delay.ended_on).is_(None),
        col(Case.ended_on).is_(None),
        col(Delay.asked_on).is_not(None),
    )
)


@lru_cache(maxsize=8)
def _asked_of(rung: Rung) -> Any:
    side = rung.role.organisation or Organisation.COUNCIL
    asked = _standing(rung, col(Escalation.id)), _UNANSWERED, unanswered_by(side)
    return select(*(up_to(one).scalar_subquery() for one in asked))


def asked_of(uow: UnitOfWork) -> Asked:
    """What is asked of the actor by their role; nothing of those who stand on no step."""
    rung = rung_of(uow.actor.role)
    if rung is None:
        return Asked()
    return Asked(*(figure(found) for found in uow.rows(_asked_of(rung)).one()))


class OpenStep(NamedTuple):
    """A step that asked somebody when the last night went by."""

    id: int
    lot_id: int
    matter: Matter
    rung: Rung
    reached_on: date


_open_step: tuple[Any, ...] = (
    Escalation.id,
    Escalation.lot_id,
    Escalation.case_id,
    Escalation.delay_id,
    Escalation.since,
    Escalation.rung,
    Escalation.reached_on,
)
_OPEN_STEPS = select(*_open_step).where(col(Escalation.over_on).is_(None))


def list_open_steps(uow: UnitOfWork) -> list[OpenStep]:
    """Every step that still asks somebody, for the night."""
    return [
        OpenStep(step_id, lot_id, Matter(*matter), rung, reached_on)
        for step_id, lot_id, *matter, rung, reached_on in uow.rows(_OPEN_STEPS)
    ]


_ANSWERERS = (
    select(col(User.id), col(User.role), col(UserLot.lot_id))
    .join(UserLot, col(UserLot.user_id) == col(User.id))
    .where(
        col(User.role).in_([Rung.TEAM_MANAGER.role, Rung.HEAD_OF_SERVICE.role]),
        col(User.disabled_at).is_(None),
        or_(col(User.active_until).is_(None), col(User.active_until) >= bindparam("today")),
        col(UserLot.lot_id).in_(bindparam("lot_ids", expanding=True)),
    )
    .order_by(col(User.id))
)


def answerers(uow: UnitOfWork) -> Mapping[tuple[int, Rung], list[int]]:
    """Who answers each step in each of the actor's lots; deputies stand for a District Manager."""
    lots = sorted(uow.actor.lot_ids)
    found: dict[tuple[int, Rung], list[int]] = {
        (lot, Rung.DISTRICT_MANAGER): [one.user_id for one in contract.deciders(uow, lot)]
        for lot in lots
    }
    for user_id, role, lot_id in uow.rows(_ANSWERERS, today=uow.today, lot_ids=lots):
        rung = rung_of(role)
        if rung is not None:
            found.setdefault((lot_id, rung), []).append(user_id)
    return found
