"""Reads of handovers: one case's, what its gate asks, and which of them wait."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.agreements.checklists import queries as checklists
from app.agreements.checklists.rules import Checklist, FileFacts, Item, Template
from app.agreements.checklists.rules import checks as entries
from app.agreements.gates import queries as gates
from app.agreements.gates.rules import Check
from app.agreements.gates.rules import checks as both_ways
from app.agreements.handovers import rules
from app.agreements.handovers.models import (
    Handover,
    HandoverAudit,
    HandoverQuestion,
    HandoverTick,
)
from app.agreements.handovers.rules import Audit, RejectReason
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.contract import queries as contract
from app.contract.models import Lot, ReceivingTeam
from app.people.models import Practitioner
from app.plans import queries as plans
from app.plans.models import OutcomePlan
from app.work.uow import UnitOfWork

ELSEWHERE = "Another authority"


IS_WAITING: ColumnElement[bool] = col(Handover.waits).is_(True)
# What `waits` is kept level with: new words overtake a handover that was agreed to older ones.
_OVERTAKEN = exists().where(
    col(OutcomePlan.case_id) == Handover.case_id, col(OutcomePlan.number) > Handover.plan_number
)
_SHOULD_WAIT: ColumnElement[bool] = and_(
    col(Handover.accepted_on).is_(None),
    col(Handover.rejected_at).is_(None),
    col(Case.state) == CaseState.AGREED,
    ~_OVERTAKEN,
)
_MISJUDGED: Any = (
    select(col(Handover.id), col(Handover.case_id), col(Handover.lot_id), col(Handover.waits))
    .join(Case, col(Case.id) == Handover.case_id)
    .where(IS_WAITING != _SHOULD_WAIT)
    .order_by(col(Handover.id))
)
# While its question is open, the council waits for the agency.
IS_TO_ACCEPT: ColumnElement[bool] = and_(
    IS_WAITING,
    col(Handover.requested_at).is_not(None),
    # Looked up in a list of the open ones, as PostgreSQL goes through all of them otherwise.
    col(Handover.id).not_in(
        select(col(HandoverQuestion.handover_id)).where(col(HandoverQuestion.answered_at).is_(None))
    ),
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
    week_ending: date | None
    ticked_at: datetime | None
    split_reason: str
    asked_of: str
    requested_at: datetime | None
    requested_by: str | None
    open_questions: int
    rejected_at: datetime | None
    reject_reason: RejectReason | None
    reject_note: str
    receiving_worker: str
    accepted_on: date | None
    accepted_by: str | None
    open_flags: int
    seen_on: date | None
    version: int
    rejected_by: str | None

    @property
    def team(self) -> str:
        return self.receiving_team or ELSEWHERE

    def stands_for(self, plan_number: int) -> bool:
        """Whether it hands the case over as a version of the plan says."""
        return self.rejected_at is None and self.plan_number == plan_number

    @property
    def standing(self) -> str:
        """How far it has come, in a few words."""
        if self.accepted_on:
            return "Accepted"
        if self.rejected_at:
            why = f"Rejected: {self.reject_reason.label}" if self.reject_reason else "Rejected"
            return f"{why}, by {self.rejected_by}" if self.rejected_by else why
        if self.open_questions:
            return "A question is open"
        return f"Requested of {self.asked_of}" if self.requested_at else "Not requested yet"


@dataclass(frozen=True)
class QuestionView:
    """What was asked about a handover and answered."""

    question: str
    asked_by: str | None
    asked_at: datetime
    answer: str
    answered_by: str | None
    answered_at: datetime | None


@dataclass(frozen=True)
class AuditView:
    """A transferring manager's look at the file."""

    audit: Audit
    audited_on: date
    audited_by: str | None


def waiting_for(uow: UnitOfWork, of: Case) -> Handover | None:
    """The handover of an agreed case that was not answered yet."""
    if of.state is not CaseState.AGREED:
        return None
    waiting = (
        select(Handover)
        .where(col(Handover.case_id) == of.id, IS_WAITING)
        .order_by(col(Handover.id).desc())
    )
    return uow.session.scalars(waiting).first()


def list_misjudged(uow: UnitOfWork) -> Sequence[Any]:
    """Handovers kept as waiting that do not wait, or the other way about; reads every one."""
    return uow.rows(_MISJUDGED).all()


def of_proposal(uow: UnitOfWork, proposal_id: int) -> list[Handover]:
    """The handover that a proposal led to, if it did."""
    found = select(Handover).where(col(Handover.proposal_id) == proposal_id)
    return list(uow.session.scalars(found))


def ticks_of(uow: UnitOfWork, handover: Handover) -> list[HandoverTick]:
    """What is ticked off of a handover's checklist."""
    found = select(HandoverTick).where(col(HandoverTick.handover_id) == handover.id)
    return list(uow.session.scalars(found))


def ticked(uow: UnitOfWork, handover: Handover) -> Checklist:
    """The days of a handover's checklist."""
    return Checklist.of({tick.item: tick.done_on for tick in ticks_of(uow, handover)})


def template_of(uow: UnitOfWork, of: Case) -> Template:
    """What the council asks before a case with its plan in force is handed over."""
    plan = plans.latest(uow, of.id or 0)
    return checklists.in_force(uow, of.contract_id, plan.outcome) if plan else Template()


def gate_of(uow: UnitOfWork, of: Case, handover: Handover) -> tuple[Check, ...]:
    """What the handover asks of its case, and what of it is met now."""
    plan = plans.latest(uow, handover.case_id)
    latest = plan is not None and plan.number == handover.plan_number
    template = template_of(uow, of)
    agreed = handover.proposal_id
    facts = gates.facts_of(uow, of, agreed_is_latest=latest, proposal_id=agreed)
    if template.visit_days is not None:
        facts = replace(facts, seen_within_days=template.visit_days)
    supervised = of.supervised_on
    calendar = contract.calendar(uow, of.contract_id)
    audited = audit_of(uow, handover) if Item.AUDIT in template.items else None
    file = FileFacts(
        of.authorised_on,
        calendar.days_between(supervised, uow.today) if supervised else None,
        _siblings_apart(uow, of, handover) if Item.SIBLINGS in template.items else 0,
        handover.split_reason,
        audited.audit.inadequate if audited else None,
    )
    return (*both_ways(facts), *entries(template, ticked(uow, handover), file))


def _siblings_apart(uow: UnitOfWork, of: Case, handover: Handover) -> int:
    """How many open cases of the family no handover to the same team waits for.

    Counted past the reader's own cases, because a brother or sister may be somebody else's.
    """
    if of.family_key is None:
        return 0
    together = exists().where(
        col(Handover.case_id) == Case.id,
        IS_WAITING,
        col(Handover.receiving_team_id).is_not_distinct_from(handover.receiving_team_id),
    )
    others = select(func.count()).where(
        col(Case.contract_id) == of.contract_id,
        col(Case.family_key) == of.family_key,
        col(Case.id) != of.id,
        col(Case.ended_on).is_(None),
        ~together,
    )
    with uow.beyond_scope():
        return int(uow.session.scalar(others) or 0)


_AUDITOR, _ASKER, _ANSWERER = aliased(User), aliased(User), aliased(User)
_AUDITS = (
    select(HandoverAudit, col(_AUDITOR.name))
    .outerjoin(_AUDITOR, col(_AUDITOR.id) == HandoverAudit.by_user_id)
    .order_by(col(HandoverAudit.id).desc())
    .limit(1)
)
_QUESTIONS: Any = (
    select(
        col(HandoverQuestion.question),
        col(_ASKER.name),
        col(HandoverQuestion.asked_at),
        col(HandoverQuestion.answer),
        col(_ANSWERER.name),
        col(HandoverQuestion.answered_at),
    )
    .outerjoin(_ASKER, col(_ASKER.id) == HandoverQuestion.asked_by)
    .outerjoin(_ANSWERER, col(_ANSWERER.id) == HandoverQuestion.answered_by)
    .where(col(HandoverQuestion.handover_id) == bindparam("handover_id"))
    .order_by(col(HandoverQuestion.id))
)


def audit_of(uow: UnitOfWork, handover: Handover) -> AuditView | None:
    """The latest look at the file of a handover."""
    found = _AUDITS.where(col(HandoverAudit.handover_id) == handover.id)
    for row, name in uow.session.execute(found):
        grades = {aspect: getattr(row, aspect) for aspect in rules.ASPECTS}
        return AuditView(Audit(**grades, note=row.note), row.audited_on, name)
    return None


def questions_of(uow: UnitOfWork, handover: Handover) -> list[QuestionView]:
    """Everything that was asked about a handover, the first question first."""
    return [QuestionView(*row) for row in uow.rows(_QUESTIONS, handover_id=handover.id)]


def open_question(uow: UnitOfWork, handover: Handover) -> HandoverQuestion | None:
    """The oldest question about a handover that nobody answered."""
    return uow.session.scalars(
        select(HandoverQuestion)
        .where(
            col(HandoverQuestion.handover_id) == handover.id,
            col(HandoverQuestion.answered_at).is_(None),
        )
        .order_by(col(HandoverQuestion.id))
    ).first()


def for_case(uow: UnitOfWork, case_id: int) -> list[HandoverView]:
    """The handovers of one case, newest first; an older one was overtaken by new words."""
    return [HandoverView(*row) for row in uow.rows(_OF_CASE, case_id=case_id)]


_REQUESTER, _ACCEPTER, _REJECTER = (aliased(User) for _ in range(3))
_OPEN_QUESTIONS = (
    select(func.count())
    .where(
        col(HandoverQuestion.handover_id) == Handover.id,
        col(HandoverQuestion.answered_at).is_(None),
    )
    .scalar_subquery()
)
_COLUMNS: tuple[Any, ...] = (
    Handover.id,
    Handover.case_id,
    Case.reference,
    Lot.name,
    Practitioner.name,
    ReceivingTeam.name,
    Handover.plan_number,
    Handover.opened_at,
    Handover.week_ending,
    Handover.ticked_at,
    Handover.split_reason,
    Handover.asked_of,
    Handover.requested_at,
    _REQUESTER.name,
    _OPEN_QUESTIONS,
    Handover.rejected_at,
    Handover.reject_reason,
    Handover.reject_note,
    Handover.receiving_worker,
    Handover.accepted_on,
    _ACCEPTER.name,
    Case.open_flags,
    Case.seen_on,
    Handover.version,
    _REJECTER.name,
)
HANDOVERS = (
    select(*_COLUMNS)
    .select_from(Handover)
    .join(Case, col(Case.id) == Handover.case_id)
    .join(Lot, col(Lot.id) == Handover.lot_id)
    .outerjoin(Practitioner, col(Practitioner.id) == Case.practitioner_id)
    .outerjoin(ReceivingTeam, col(ReceivingTeam.id) == Handover.receiving_team_id)
    .outerjoin(_REQUESTER, col(_REQUESTER.id) == Handover.requested_by)
    .outerjoin(_ACCEPTER, col(_ACCEPTER.id) == Handover.accepted_by)
    .outerjoin(_REJECTER, col(_REJECTER.id) == Handover.rejected_by)
)
_OF_CASE = HANDOVERS.where(col(Handover.case_id) == bindparam("case_id")).order_by(
    col(Handover.id).desc()
)
