"""Reads of waiting children: the queue with what is due, its counts, and one case's log."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, exists, false, func, or_, select, true
from sqlmodel import col

from app.access.models import User
from app.cases.ladder import queries as ladder
from app.cases.ladder.models import Escalation
from app.cases.ladder.queries import Matter, Reached, Step
from app.cases.ladder.rules import Standing
from app.cases.register.models import Case
from app.cases.register.rules import Priority
from app.cases.states import CaseState
from app.cases.waiting import rules
from app.cases.waiting.models import RiskReview
from app.cases.waiting.rules import Due, RiskDecision, Wait
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


def count_waiting(uow: UnitOfWork, *shows: Show) -> list[int]:
    """How many children of the actor's lots wait in each of those states."""
    return _count(uow, shows, None, _terms(uow))


def read_queue(uow: UnitOfWork, wanted: WaitingFilter, page: str | None) -> Queue:
    """One page of the queue, the longest wait first, with how many wait in each state."""
    terms = _terms(uow)
    counts = dict(zip(Show, _count(uow, list(Show), wanted.lot, terms), strict=True))
    place = paging.place(page, total=counts[wanted.show], size=PAGE_SIZE)
    order = col(Case.unallocated_on), col(Case.id)
    asked = _asked(wanted.show, terms, uow.today)
    kept = _COLUMNS.where(*_waits(wanted.lot), asked).order_by(*order)
    found = uow.session.execute(kept.offset(place.offset).limit(place.size)).all()
    return Queue(paging.Slice.at(place, _rows(uow, found, terms)), counts)


def find_waiting(uow: UnitOfWork, case_id: int) -> WaitingRow | None:
    """One waiting child; None where the case does not wait, is absent or not the actor's."""
    one = _COLUMNS.where(col(Case.id) == case_id, col(Case.unallocated_on).is_not(None))
    return next(iter(_rows(uow, uow.session.execute(one).all(), _terms(uow))), None)


def standing_of(uow: UnitOfWork, case: Case) -> tuple[Matter, Standing | None]:
    """A waiting case as a matter for the ladder, and where it stands there today."""
    if case.unallocated_on is None or case.id is None:
        raise ValueError("Only a waiting case can be escalated.")
    wait = Wait(case.unallocated_on, case.seen_on, case.risk_review_on)
    terms = contract.waiting(uow, case.contract_id)
    calendar = contract.calendar(uow, case.contract_id)
    matter = Matter(case.id, None, case.unallocated_on)
    last = ladder.last_answer(ladder.steps(uow, [case.id])[matter])
    return matter, rules.standing(wait, terms, calendar, uow.today, last)


def list_escalated(uow: UnitOfWork) -> list[Reached]:
    """Every wait that stands on the ladder today; reads all who waited so long, for the night."""
    found: list[Reached] = []
    for contract_id, terms in _terms(uow).items():
        calendar = contract.calendar(uow, contract_id)
        latest = uow.today - rules.WEEK * terms.escalate_weeks
        waits = uow.rows(_LONG, contract_id=contract_id, latest=latest).all()
        steps = ladder.steps(uow, [row.id for row in waits])
        for case_id, lot_id, since in waits:
            matter = Matter(case_id, None, since)
            last = ladder.last_answer(steps.get(matter, ()))
            stands = rules.standing(Wait(since, None, None), terms, calendar, uow.today, last)
            if stands:
                found.append(Reached(matter, lot_id, stands))
    return found


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


_LONG = (
    select(Case.id, Case.lot_id, Case.unallocated_on)  # type: ignore[call-overload]
    .where(
        Case.contract_id == bindparam("contract_id"),
        col(Case.unallocated_on) <= bindparam("latest"),
    )
    .order_by(col(Case.id))
)
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


def _count(
    uow: UnitOfWork, shows: Sequence[Show], lot: int | None, terms: Mapping[int, Waiting]
) -> list[int]:
    """How many children wait in each of those states: all who wait are looked at once."""
    counts = (func.count().filter(_asked(show, terms, uow.today)) for show in shows)
    found = select(*counts).select_from(Case).where(*_waits(lot))
    return list(uow.session.execute(found).one())


def _rows(uow: UnitOfWork, found: Sequence[Any], terms: Mapping[int, Waiting]) -> list[WaitingRow]:
    contracts = {row.contract_id for row in found}
    calendars = {contract_id: contract.calendar(uow, contract_id) for contract_id in contracts}
    steps = ladder.steps(uow, [row.id for row in found])
    return [
        _row(row, terms[row.contract_id], calendars[row.contract_id], steps, uow.today)
        for row in found
    ]


def _row(
    found: Any,
    terms: Waiting,
    calendar: WorkingCalendar,
    steps: Mapping[Matter, Sequence[Step]],
    today: date,
) -> WaitingRow:
    wait = Wait(found.unallocated_on, found.seen_on, found.risk_review_on)
    own = steps[Matter(found.id, None, found.unallocated_on)]
    stands = rules.standing(wait, terms, calendar, today, ladder.last_answer(own))
    read = ladder.is_acknowledged(own, stands)
    return WaitingRow(wait, rules.due(wait, terms, calendar, today), stands, read, *found[:8])


def _terms(uow: UnitOfWork) -> dict[int, Waiting]:
    contracts = [one.id for one in contract.list_contracts(uow) if one.id is not None]
    return {contract_id: contract.waiting(uow, contract_id) for contract_id in contracts}


def _waits(lot: int | None) -> list[ColumnElement[bool]]:
    waits = col(Case.unallocated_on).is_not(None)
    return [waits] if lot is None else [waits, col(Case.lot_id) == lot]


def _asked(show: Show, terms: Mapping[int, Waiting], today: date) -> ColumnElement[bool]:
    """Who of those who wait is in a state; each contract has its own terms for it."""
    parts = {
        Show.REVIEW: (_review_overdue,),
        Show.UNSEEN: (_unseen,),
        Show.ESCALATED: (_escalated,),
        Show.NOW: (_review_overdue, _unseen, _escalated),
    }.get(show)
    if parts is None:
        return true()
    found = [
        and_(col(Case.contract_id) == contract_id, or_(*(part(own, today) for part in parts)))
        for contract_id, own in terms.items()
    ]
    # Without a contract there is nothing to see.
    return or_(false(), *found)


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
        col(Escalation.delay_id).is_(None),
        col(Escalation.since) == col(Case.unallocated_on),
        col(Escalation.until) >= today,
    )
    return and_(col(Case.unallocated_on) <= today - rules.WEEK * terms.escalate_weeks, ~held)
