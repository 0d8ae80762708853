"""Reads of the feed: whose it is, and what falls on that person's days."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlmodel import col

from app.access.actor import Actor, actor_for
from app.access.models import Deputy, User, UserLot
from app.access.sessions import digest
from app.agreements.handovers.models import Handover
from app.agreements.handovers.queries import IS_WAITING
from app.agreements.meetings.models import AgreementMeeting
from app.assurance.performance_meetings.models import PerformanceMeeting
from app.assurance.supervision import queries as supervision
from app.assurance.supervision.models import Supervision
from app.cases.actions.models import CaseAction
from app.cases.register.models import Case
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.kernel.errors import NotFound
from app.overview.feed.models import CalendarFeed
from app.overview.feed.rules import AHEAD, BACK, MOST, Event, in_window, initials
from app.overview.today.queries import day_of
from app.people.models import Practitioner
from app.reports.meetings.models import ContractMeeting
from app.work.uow import UnitOfWork

_owner_columns: tuple[Any, ...] = (
    User.id,
    User.name,
    User.role,
    User.organisation,
    User.practitioner_id,
    UserLot.lot_id,
    UserLot.contract_id,
    col(Deputy.lot_id).label("covered_id"),
    col(Deputy.contract_id).label("covered_in"),
)
_OWNER = (
    select(*_owner_columns)
    .select_from(CalendarFeed)
    .join(User, col(User.id) == col(CalendarFeed.user_id))
    .outerjoin(UserLot, col(UserLot.user_id) == col(User.id))
    .outerjoin(
        Deputy,
        (col(Deputy.user_id) == col(User.id))
        & (col(Deputy.starts_on) <= bindparam("today"))
        & (col(Deputy.ends_on) >= bindparam("today"))
        & col(Deputy.ended_at).is_(None),
    )
    .where(
        col(CalendarFeed.token_hash) == bindparam("token_hash"),
        col(CalendarFeed.ended_at).is_(None),
        col(User.disabled_at).is_(None),
        or_(col(User.active_until).is_(None), col(User.active_until) >= bindparam("today")),
    )
)
_OWN = select(col(CalendarFeed.made_at)).where(
    col(CalendarFeed.user_id) == bindparam("user_id"), col(CalendarFeed.ended_at).is_(None)
)
_supervision_columns: tuple[Any, ...] = (
    Supervision.id,
    Supervision.planned_on,
    Supervision.practitioner_id,
    Practitioner.name,
)
_SUPERVISIONS = (
    select(*_supervision_columns)
    .join(Practitioner, col(Practitioner.id) == col(Supervision.practitioner_id))
    .where(
        col(Supervision.held_on).is_(None),
        col(Supervision.planned_on).between(bindparam("first"), bindparam("last")),
        or_(
            col(Supervision.supervisor_id) == bindparam("user_id"),
            col(Supervision.practitioner_id) == bindparam("worker_id"),
        ),
    )
)
_action_columns: tuple[Any, ...] = (
    CaseAction.id,
    CaseAction.due_on,
    CaseAction.what,
    CaseAction.case_id,
    Case.reference,
)
_ACTIONS = (
    select(*_action_columns)
    .join(Case, col(Case.id) == col(CaseAction.case_id))
    .where(
        col(CaseAction.owner_id) == bindparam("user_id"),
        col(CaseAction.ended_on).is_(None),
        col(Case.ended_on).is_(None),
        col(CaseAction.due_on).between(bindparam("first"), bindparam("last")),
    )
    .order_by(col(CaseAction.due_on), col(CaseAction.id))
    .limit(MOST)
)
_handover_columns: tuple[Any, ...] = (
    Handover.id,
    Handover.week_ending,
    Handover.case_id,
    Case.reference,
)
_HANDOVERS = (
    select(*_handover_columns)
    .join(Case, col(Case.id) == col(Handover.case_id))
    .where(
        IS_WAITING,
        col(Handover.week_ending).between(bindparam("first"), bindparam("last")),
    )
    .order_by(col(Handover.week_ending), col(Handover.id))
    .limit(MOST)
)
_MEETINGS = select(
    col(AgreementMeeting.id), col(AgreementMeeting.held_on), col(AgreementMeeting.title)
).where(col(AgreementMeeting.held_on).between(bindparam("first"), bindparam("last")))
_PERFORMANCE = select(col(PerformanceMeeting.id), col(PerformanceMeeting.held_on)).where(
    col(PerformanceMeeting.held_on).between(bindparam("first"), bindparam("last"))
)
_OF_CONTRACT = select(
    col(ContractMeeting.id), col(ContractMeeting.held_on), col(ContractMeeting.kind)
).where(col(ContractMeeting.held_on).between(bindparam("first"), bindparam("last")))


def find_owner(uow: UnitOfWork, token: str) -> Actor:
    """The person whose feed it is; NotFound if it was ended or they have left."""
    with uow.beyond_scope():
        found = uow.rows(_OWNER, token_hash=digest(token), today=uow.today).all()
    if not found:
        raise NotFound
    user_id, name, role, organisation, practitioner_id, *_ = found[0]
    own = {(row.lot_id, row.contract_id) for row in found if row.lot_id is not None}
    covered = {(row.covered_id, row.covered_in) for row in found if row.covered_id is not None}
    lots = frozenset(own | covered)
    actor = actor_for(user_id, name, role, organisation, lots, practitioner_id=practitioner_id)
    actor.must(Act.FEED_KEEP)
    return actor


def made_at(uow: UnitOfWork) -> datetime | None:
    """Since when the actor has a feed; None without one."""
    return uow.rows(_OWN, user_id=uow.actor.user_id).scalar()


def events(uow: UnitOfWork) -> list[Event]:
    """What falls on the actor's days, as far as the feed looks back and ahead."""
    found = [*_supervisions(uow), *_actions(uow), *_handovers(uow)]
    if uow.actor.own_cases_only:
        found += [*_visits(uow), *_due(uow)]
    else:
        found += _meetings(uow)
    return [one for one in found if in_window(one.on, uow.today)]


def _window(uow: UnitOfWork) -> dict[str, Any]:
    return {"first": uow.today - BACK, "last": uow.today + AHEAD}


def _supervisions(uow: UnitOfWork) -> Iterator[Event]:
    own = uow.actor.practitioner_id
    asked = {"user_id": uow.actor.user_id, "worker_id": own} | _window(uow)
    for supervision_id, planned_on, worker_id, name in uow.rows(_SUPERVISIONS, **asked):
        words = "Supervision" if worker_id == own else f"Supervision: {initials(name)}"
        uid = f"supervision-{supervision_id}"
        yield Event(uid, planned_on, words, f"/supervision/{worker_id}")


def _due(uow: UnitOfWork) -> Iterator[Event]:
    """When a practitioner's own supervision is due, while no day is planned."""
    for line in supervision.list_workers(uow, uow.actor.practitioner_id):
        if line.planned_on is None:
            uid = f"supervision-due-{line.worker_id}"
            yield Event(uid, line.due_on, "Supervision is due", f"/supervision/{line.worker_id}")


def _actions(uow: UnitOfWork) -> Iterator[Event]:
    asked = {"user_id": uow.actor.user_id} | _window(uow)
    for action_id, due_on, what, case_id, reference in uow.rows(_ACTIONS, **asked):
        yield Event(
            f"action-{action_id}", due_on, f"{reference}: {what.label}", f"/cases/{case_id}"
        )


def _handovers(uow: UnitOfWork) -> Iterator[Event]:
    for handover_id, on, case_id, reference in uow.rows(_HANDOVERS, **_window(uow)):
        words = f"{reference}: handover by this Friday"
        yield Event(f"handover-{handover_id}", on, words, f"/cases/{case_id}")


def _visits(uow: UnitOfWork) -> Iterator[Event]:
    """The last days for the next visits to the children of a practitioner."""
    tasks = {task.case_id: task for tasks in day_of(uow).tasks.values() for task in tasks}
    for task in tasks.values():
        seen = f"last seen {show_date(task.seen_on)}" if task.seen_on else "not seen yet"
        words = f"{task.reference}: visit by today, {seen}"
        yield Event(f"visit-{task.case_id}", task.see_by, words, f"/cases/{task.case_id}")


def _meetings(uow: UnitOfWork) -> Iterator[Event]:
    for meeting_id, held_on, title in uow.rows(_MEETINGS, **_window(uow)):
        yield Event(
            f"agreement-meeting-{meeting_id}", held_on, title, f"/agreement-meetings/{meeting_id}"
        )
    for meeting_id, held_on in uow.rows(_PERFORMANCE, **_window(uow)):
        path = f"/performance-meetings/{meeting_id}"
        yield Event(f"performance-meeting-{meeting_id}", held_on, "Performance meeting", path)
    for meeting_id, held_on, kind in uow.rows(_OF_CONTRACT, **_window(uow)):
        path = f"/meetings/{meeting_id}"
        yield Event(f"contract-meeting-{meeting_id}", held_on, kind.label, path)
