"""Reads of waiting children: the queue with what is due, its counts, and one case's log."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.cases.register.models import Case
from app.cases.register.rules import Priority
from app.cases.states import CaseState
from app.cases.waiting import rules
from app.cases.waiting.models import Escalation, RiskReview
from app.cases.waiting.rules import Answer, Due, Promise, RiskDecision, Rung, Standing, Wait
from app.contract import queries as contract
from app.contract.models import Lot
from app.contract.rules import Waiting
from app.kernel import paging
from app.kernel.calendar import WorkingCalendar
from app.kernel.labels import Labelled
from app.work.uow import UnitOfWork

PAGE_SIZE = 50


class Show(Labelled):
    """Which waiting children are listed."""

    NOW = "now", "Needs somebody now"
    REVIEW = "review", "Risk review overdue"
    UNSEEN = "unseen", "Child not seen in time"
    ESCALATED = "escalated", "Escalated"
    ALL = "all", "All who wait"


@dataclass(frozen=True)
class WaitingFilter:
    """Which waiting children: one state of the queue, in one lot or all."""

    show: Show = Show.NOW
    lot: int | None = None

    @classmethod
    def read(cls, words: Mapping[str, str], lots: Collection[int]) -> "WaitingFilter":
        """What a query string asks for; what it garbles is as if it were not asked."""
        show = next((one for one in Show if one == words.get("show")), Show.NOW)
        return cls(show, next((lot for lot in lots if str(lot) == words.get("lot")), None))

    def url(self, show: Show | None = None, page: int = 1) -> str:
        """The address of this queue, or of another state of it."""
        lot = f"&lot={self.lot}" if self.lot else ""
        return f"/waiting?show={show or self.show}{lot}" + (f"&page={page}" if page > 1 else "")


@dataclass(frozen=True)
class WaitingRow:
    """One waiting child with what is due; `standing` is None where nothing is escalated."""

    wait: Wait
    due: Due
    standing: Standing | None
    acknowledged: bool
    case_id: int
    reference: str
    lot: str
    state: CaseState
    priority: Priority
    open_flags: int
    age_band: str
    council_worker_named: bool


@dataclass(frozen=True)
class Queue:
    """A page of waiting children beside how many wait in each state."""

    cases: paging.Slice[WaitingRow]
    counts: Mapping[Show, int]


@dataclass(frozen=True)
class Reviewed:
    """One line of a case's log of risk reviews."""

    reviewed_on: date
    level: Priority
    decision: RiskDecision
    note: str
    next_review_on: date
    by: str | None


@dataclass(frozen=True)
class Answered:
    """One answered step of a case's ladder."""

    rung: Rung
    reached_on: date
    unallocated_on: date
    acknowledged_by: str | None
    acknowledged_at: datetime | None
    decision: Promise | None
    until: date | None
    note: str
    decided_by: str | None
    decided_at: datetime | None


def count_waiting(uow: UnitOfWork, *shows: Show) -> list[int]:
    """How many children of the actor's lots wait in each of those states."""
    terms = _terms(uow)
    return [_count(uow, WaitingFilter(show), terms) for show in shows]


def read_queue(uow: UnitOfWork, wanted: WaitingFilter, page: str | None) -> Queue:
    """One page of the queue, the longest wait first, with how many wait in each state."""
    terms = _terms(uow)
    counts = {show: _count(uow, WaitingFilter(show, wanted.lot), terms) for show in Show}
    place = paging.place(page, total=counts[wanted.show], size=PAGE_SIZE)
    order = col(Case.unallocated_on), col(Case.id)
    kept = _COLUMNS.where(*_criteria(wanted, terms, uow.today)).order_by(*order)
    found = uow.session.execute(kept.offset(place.offset).limit(place.size)).all()
    return Queue(paging.Slice.at(place, _rows(uow, found, terms)), counts)


def find_waiting(uow: UnitOfWork, case_id: int) -> WaitingRow | None:
    """One waiting child; None where the case does not wait, is absent or not the actor's."""
    one = _COLUMNS.where(col(Case.id) == case_id, col(Case.unallocated_on).is_not(None))
    return next(iter(_rows(uow, uow.session.execute(one).all(), _terms(uow))), None)


def standing_of(uow: UnitOfWork, case: Case) -> Standing | None:
    """Where a case stands on the ladder today."""
    if case.unallocated_on is None or case.id is None:
        return None
    wait = Wait(case.unallocated_on, case.seen_on, case.risk_review_on)
    terms = contract.waiting(uow, case.contract_id)
    calendar = contract.calendar(uow, case.contract_id)
    steps = _steps(uow, [case.id])[case.id, case.unallocated_on]
    return rules.standing(wait, terms, calendar, uow.today, _decided(steps))


def open_step(uow: UnitOfWork, case_id: int, at: Standing) -> Escalation | None:
    """The step on which the case stands, where somebody acknowledged it."""
    found = select(Escalation).where(
        col(Escalation.case_id) == case_id,
        col(Escalation.rung) == at.rung,
        col(Escalation.reached_on) == at.reached_on,
    )
    return uow.session.scalars(found).first()


def reviews_of(uow: UnitOfWork, case_id: int) -> list[Reviewed]:
    """A case's risk reviews, the latest first."""
    columns: tuple[Any, ...] = (
        RiskReview.reviewed_on,
        RiskReview.level,
        RiskReview.decision,
        RiskReview.note,
        RiskReview.next_review_on,
        User.name,
    )
    found = uow.session.execute(
        select(*columns)
        .select_from(RiskReview)
        .outerjoin(User, col(User.id) == RiskReview.by_user_id)
        .where(col(RiskReview.case_id) == case_id)
        .order_by(col(RiskReview.id).desc())
    )
    return [Reviewed(*row) for row in found]


_ACKNOWLEDGER, _DECIDER = aliased(User), aliased(User)


def steps_of(uow: UnitOfWork, case_id: int) -> list[Answered]:
    """The steps of a case's ladders that somebody answered, the latest first."""
    columns: tuple[Any, ...] = (
        Escalation.rung,
        Escalation.reached_on,
        Escalation.unallocated_on,
        _ACKNOWLEDGER.name,
        Escalation.acknowledged_at,
        Escalation.decision,
        Escalation.until,
        Escalation.note,
        _DECIDER.name,
        Escalation.decided_at,
    )
    found = uow.session.execute(
        select(*columns)
        .select_from(Escalation)
        .outerjoin(_ACKNOWLEDGER, col(_ACKNOWLEDGER.id) == Escalation.acknowledged_by)
        .outerjoin(_DECIDER, col(_DECIDER.id) == Escalation.decided_by)
        .where(col(Escalation.case_id) == case_id)
        .order_by(col(Escalation.id).desc())
    )
    return [Answered(*row) for row in found]


_COLUMNS: Any = (
    select(
        Case.id,
        Case.reference,
        Lot.name,
        Case.state,
        Case.priority,
        Case.open_flags,
        Case.age_band,
        Case.council_worker_named,
        Case.unallocated_on,
        Case.seen_on,
        Case.risk_review_on,
        Case.contract_id,
    )  # type: ignore[call-overload]
    .select_from(Case)
    .join(Lot, col(Lot.id) == Case.lot_id)
)


def _count(uow: UnitOfWork, wanted: WaitingFilter, terms: Mapping[int, Waiting]) -> int:
    kept = _criteria(wanted, terms, uow.today)
    return int(uow.session.scalar(select(func.count()).select_from(Case).where(*kept)) or 0)


def _rows(uow: UnitOfWork, found: Sequence[Any], terms: Mapping[int, Waiting]) -> list[WaitingRow]:
    contracts = {row.contract_id for row in found}
    calendars = {contract_id: contract.calendar(uow, contract_id) for contract_id in contracts}
    steps = _steps(uow, [row.id for row in found])
    return [
        _row(row, terms[row.contract_id], calendars[row.contract_id], steps, uow.today)
        for row in found
    ]


def _row(
    found: Any,
    terms: Waiting,
    calendar: WorkingCalendar,
    steps: Mapping[tuple[int, date], Sequence[Escalation]],
    today: date,
) -> WaitingRow:
    wait = Wait(found.unallocated_on, found.seen_on, found.risk_review_on)
    own = steps[found.id, found.unallocated_on]
    stands = rules.standing(wait, terms, calendar, today, _decided(own))
    here = stands and (stands.rung, stands.reached_on)
    read = any((step.rung, step.reached_on) == here for step in own)
    return WaitingRow(wait, rules.due(wait, terms, calendar, today), stands, read, *found[:8])


def _decided(steps: Sequence[Escalation]) -> Answer | None:
    """The last decision among the answered steps of one wait."""
    decided = [Answer(step.rung, step.until) for step in steps if step.until is not None]
    return decided[-1] if decided else None


def _steps(
    uow: UnitOfWork, case_ids: Collection[int]
) -> Mapping[tuple[int, date], Sequence[Escalation]]:
    """The answered steps of each wait, the oldest first."""
    found = uow.session.scalars(
        select(Escalation).where(col(Escalation.case_id).in_(case_ids)).order_by(col(Escalation.id))
    )
    steps: dict[tuple[int, date], list[Escalation]] = defaultdict(list)
    for step in found:
        steps[step.case_id, step.unallocated_on].append(step)
    return steps


def _terms(uow: UnitOfWork) -> dict[int, Waiting]:
    contracts = [one.id for one in contract.list_contracts(uow) if one.id is not None]
    return {contract_id: contract.waiting(uow, contract_id) for contract_id in contracts}


def _criteria(
    wanted: WaitingFilter, terms: Mapping[int, Waiting], today: date
) -> list[ColumnElement[bool]]:
    kept: list[ColumnElement[bool]] = [col(Case.unallocated_on).is_not(None)]
    if wanted.lot is not None:
        kept.append(col(Case.lot_id) == wanted.lot)
    asked = {
        Show.REVIEW: (_review_overdue,),
        Show.UNSEEN: (_unseen,),
        Show.ESCALATED: (_escalated,),
        Show.NOW: (_review_overdue, _unseen, _escalated),
    }.get(wanted.show)
    if asked:
        # Each contract has its own terms; without one there is nothing to see.
        found = [
            and_(col(Case.contract_id) == contract_id, or_(*(part(own, today) for part in asked)))
            for contract_id, own in terms.items()
        ]
        kept.append(or_(false(), *found))
    return kept


def _review_overdue(terms: Waiting, today: date) -> ColumnElement[bool]:
    first = today - timedelta(days=terms.review_days)
    never = and_(col(Case.risk_review_on).is_(None), col(Case.unallocated_on) < first)
    return or_(col(Case.risk_review_on) < today, never)


def _unseen(terms: Waiting, today: date) -> ColumnElement[bool]:
    last = today - timedelta(days=terms.seen_days)
    never = and_(col(Case.seen_on).is_(None), col(Case.unallocated_on) < last)
    return or_(col(Case.seen_on) < last, never)


def _escalated(terms: Waiting, today: date) -> ColumnElement[bool]:
    held = exists().where(
        col(Escalation.case_id) == col(Case.id),
        col(Escalation.unallocated_on) == col(Case.unallocated_on),
        col(Escalation.until) >= today,
    )
    return and_(col(Case.unallocated_on) <= today - rules.WEEK * terms.escalate_weeks, ~held)
