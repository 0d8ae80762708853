"""Reads of handovers: one case's, those that wait, and what each team takes this week."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, case, exists, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.agreements.gates import queries as gates
from app.agreements.gates.rules import Check
from app.agreements.handovers import rules
from app.agreements.handovers.models import Handover
from app.agreements.handovers.rules import Checklist
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.contract.models import Lot, ReceivingTeam
from app.kernel.days import week_ending
from app.people.models import Practitioner
from app.plans import queries as plans
from app.plans.models import OutcomePlan
from app.work.uow import UnitOfWork

MOST_WAITING = 200
LATELY = 20
ELSEWHERE = "Another authority"


# New words overtake a handover that was agreed to older ones.
_OVERTAKEN = exists().where(
    col(OutcomePlan.case_id) == Handover.case_id, col(OutcomePlan.number) > Handover.plan_number
)
_IS_WAITING: ColumnElement[bool] = and_(
    col(Handover.accepted_on).is_(None), col(Case.state) == CaseState.AGREED, ~_OVERTAKEN
)


@dataclass(frozen=True)
class HandoverView:
    """One handover, with the names of those it speaks of; no team means another authority."""

    id: int
    case_id: int
    reference: str
    lot: str
    practitioner: str | None
    receiving_team: str | None
    plan_number: int
    opened_at: datetime
    chronology_current_on: date | None
    chronology_by: str | None
    family_told_on: date | None
    family_told_by: str | None
    receiving_worker: str
    accepted_on: date | None
    accepted_by: str | None
    open_flags: int
    seen_on: date | None
    version: int

    @property
    def team(self) -> str:
        return self.receiving_team or ELSEWHERE

    @property
    def ticked(self) -> int:
        """How many of the two things that people tick off are done."""
        return (self.chronology_current_on is not None) + (self.family_told_on is not None)


@dataclass(frozen=True)
class TeamWeek:
    """What waits for a receiving team, and what it accepted this week beside what it can take.

    Another authority is a row of its own in each lot that sends it cases; its intake is not known.
    """

    team: str
    lot: str
    weekly_intake: int | None
    waiting: int
    accepted: int

    @property
    def room(self) -> int | None:
        """Handovers the team can still take this week; negative when over its intake."""
        return None if self.weekly_intake is None else self.weekly_intake - self.accepted


def waiting_for(uow: UnitOfWork, of: Case) -> Handover | None:
    """The handover of an agreed case that was not accepted yet."""
    if of.state is not CaseState.AGREED:
        return None
    waiting = (
        select(Handover)
        .where(col(Handover.case_id) == of.id, col(Handover.accepted_on).is_(None), ~_OVERTAKEN)
        .order_by(col(Handover.id).desc())
    )
    return uow.session.scalars(waiting).first()


def checks_of(uow: UnitOfWork, of: Case, handover: Handover) -> tuple[Check, ...]:
    """What the handover asks of its case, and what of it is met now."""
    plan = plans.latest(uow, handover.case_id)
    latest = plan is not None and plan.number == handover.plan_number
    checklist = Checklist(handover.chronology_current_on, handover.family_told_on)
    return rules.checks(gates.facts_of(uow, of, agreed_is_latest=latest), checklist)


def for_case(uow: UnitOfWork, case_id: int) -> list[HandoverView]:
    """The handovers of one case, newest first; an older one was overtaken by new words."""
    return [HandoverView(*row) for row in uow.rows(_OF_CASE, case_id=case_id)]


def list_waiting(uow: UnitOfWork) -> list[HandoverView]:
    """Agreed handovers of the actor's lots that wait to be accepted, oldest first; at most 200."""
    by_team = [func.coalesce(ReceivingTeam.name, ""), col(Handover.opened_at), col(Handover.id)]
    return _views(uow, [_IS_WAITING], by_team, MOST_WAITING)


def list_accepted(uow: UnitOfWork) -> list[HandoverView]:
    """The handovers of the actor's lots that were accepted last, newest first."""
    accepted = col(Handover.accepted_on).is_not(None)
    return _views(
        uow, [accepted], [col(Handover.accepted_on).desc(), col(Handover.id).desc()], LATELY
    )


def list_teams(uow: UnitOfWork) -> list[TeamWeek]:
    """Each receiving team of the actor's lots with its week, which ends on Friday."""
    ends = week_ending(uow.today)
    this_week = col(Handover.accepted_on).between(ends - timedelta(days=6), ends)
    team: tuple[Any, ...] = (
        ReceivingTeam.id,
        ReceivingTeam.name,
        Lot.name,
        ReceivingTeam.weekly_intake,
    )
    found = uow.session.execute(
        select(
            *team,
            func.count(func.distinct(case((_IS_WAITING, Handover.id)))),
            func.count(func.distinct(case((this_week, Handover.id)))),
        )
        .select_from(ReceivingTeam)
        .join(Lot, col(Lot.id) == ReceivingTeam.lot_id)
        .outerjoin(Handover, col(Handover.receiving_team_id) == ReceivingTeam.id)
        .outerjoin(Case, col(Case.id) == Handover.case_id)
        .group_by(*team)
        .order_by(col(Lot.name), col(ReceivingTeam.name))
    )
    return [TeamWeek(*row[1:]) for row in found] + _elsewhere(uow, this_week)


def _elsewhere(uow: UnitOfWork, this_week: ColumnElement[bool]) -> list[TeamWeek]:
    """What waits for other authorities and what they accepted this week, lot by lot."""
    waiting = func.coalesce(func.sum(case((_IS_WAITING, 1), else_=0)), 0)
    accepted = func.coalesce(func.sum(case((this_week, 1), else_=0)), 0)
    found = uow.session.execute(
        select(col(Lot.name), waiting, accepted)
        .select_from(Handover)
        .join(Lot, col(Lot.id) == Handover.lot_id)
        .join(Case, col(Case.id) == Handover.case_id)
        .where(col(Handover.receiving_team_id).is_(None), or_(_IS_WAITING, this_week))
        .group_by(col(Lot.id), col(Lot.name))
        .order_by(col(Lot.name))
    )
    return [TeamWeek(ELSEWHERE, lot, None, int(waits), int(taken)) for lot, waits, taken in found]


_CHRONICLER, _TELLER, _ACCEPTER = aliased(User), aliased(User), aliased(User)
_COLUMNS: tuple[Any, ...] = (
    Handover.id,
    Handover.case_id,
    Case.reference,
    Lot.name,
    Practitioner.name,
    ReceivingTeam.name,
    Handover.plan_number,
    Handover.opened_at,
    Handover.chronology_current_on,
    _CHRONICLER.name,
    Handover.family_told_on,
    _TELLER.name,
    Handover.receiving_worker,
    Handover.accepted_on,
    _ACCEPTER.name,
    Case.open_flags,
    Case.seen_on,
    Handover.version,
)
_HANDOVERS = (
    select(*_COLUMNS)
    .select_from(Handover)
    .join(Case, col(Case.id) == Handover.case_id)
    .join(Lot, col(Lot.id) == Handover.lot_id)
    .outerjoin(Practitioner, col(Practitioner.id) == Case.practitioner_id)
    .outerjoin(ReceivingTeam, col(ReceivingTeam.id) == Handover.receiving_team_id)
    .outerjoin(_CHRONICLER, col(_CHRONICLER.id) == Handover.chronology_by)
    .outerjoin(_TELLER, col(_TELLER.id) == Handover.family_told_by)
    .outerjoin(_ACCEPTER, col(_ACCEPTER.id) == Handover.accepted_by)
)
_OF_CASE = _HANDOVERS.where(col(Handover.case_id) == bindparam("case_id")).order_by(
    col(Handover.id).desc()
)


def _views(
    uow: UnitOfWork, kept: list[ColumnElement[bool]], order: list[Any], most: int | None = None
) -> list[HandoverView]:
    found = uow.session.execute(_HANDOVERS.where(*kept).order_by(*order).limit(most))
    return [HandoverView(*row) for row in found]
