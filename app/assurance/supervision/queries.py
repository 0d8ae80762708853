"""Reads of supervision: its terms, who is due, one worker's record, and how it keeps to terms."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.assurance.supervision import rules
from app.assurance.supervision.models import CaseDiscussion, Supervision, SupervisionTerms
from app.assurance.supervision.rules import Decision, Grade, Kept, Terms
from app.cases.register.models import Case
from app.contract.models import Lot
from app.kernel.errors import NotFound
from app.people.models import Practitioner, PractitionerLot
from app.people.rules import Post
from app.work.terms import versions_of
from app.work.uow import UnitOfWork

HISTORY = 12
WINDOW = timedelta(weeks=12)


@dataclass(frozen=True)
class WorkerLine:
    """One worker with when supervision was held last, is planned for, and is due."""

    worker_id: int
    name: str
    post: Post
    lots: str
    held_on: date | None
    planned_on: date | None
    due_on: date
    kept: Kept

    def is_late(self, today: date) -> bool:
        return self.due_on < today

    def is_planned_in_time(self, today: date) -> bool:
        return self.planned_on is not None and today <= self.planned_on <= self.due_on


@dataclass(frozen=True)
class SupervisionView:
    """A supervision as its list shows it; `cases` is how many children it decided on."""

    id: int
    worker_id: int
    worker: str
    supervisor_id: int
    supervisor: str
    planned_on: date | None
    held_on: date | None
    sampled_on: date | None
    grade: Grade | None
    grade_note: str
    graded_by: str | None
    graded_on: date | None
    cases: int


@dataclass(frozen=True)
class Discussed:
    """What supervision said of one child."""

    case_id: int
    reference: str
    discussed_on: date
    decision: Decision
    note: str
    by: str | None
    worker: str


def terms_of(uow: UnitOfWork, contract_id: int) -> Terms:
    """What a contract asks for today."""
    row = uow.rows(_TERMS, contract_id=contract_id, today=uow.today).first()
    return Terms(*row) if row else Terms()


def versions_of_terms(
    uow: UnitOfWork, contract_id: int
) -> list[tuple[SupervisionTerms, str | None]]:
    """Every version of the terms with who set it, newest first."""
    return versions_of(uow, SupervisionTerms, contract_id)


def shown(terms: SupervisionTerms) -> dict[str, str]:
    """A version of the terms in words."""
    return {
        "Days between supervisions of cases": str(terms.case_days),
        "Days between talks about one child": str(terms.child_days),
        "Days between personal supervisions": str(terms.personal_days),
        "Days between welfare supervisions": str(terms.welfare_days),
    }


_TERM_COLUMNS: tuple[Any, ...] = (
    SupervisionTerms.case_days,
    SupervisionTerms.child_days,
    SupervisionTerms.personal_days,
    SupervisionTerms.welfare_days,
)
_NEWEST = col(SupervisionTerms.from_on).desc(), col(SupervisionTerms.number).desc()
_TERMS = (
    select(*_TERM_COLUMNS)
    .where(
        col(SupervisionTerms.contract_id) == bindparam("contract_id"),
        col(SupervisionTerms.from_on) <= bindparam("today"),
    )
    .order_by(*_NEWEST)
    .limit(1)
)
_IN_POST = or_(col(Practitioner.ends_on).is_(None), col(Practitioner.ends_on) >= bindparam("since"))
_worker_columns: tuple[Any, ...] = (
    Practitioner.id,
    Practitioner.name,
    Practitioner.post,
    Practitioner.contract_id,
    Practitioner.starts_on,
    Practitioner.ends_on,
    PractitionerLot.lot_id,
    Lot.name,
)
_WORKERS = (
    select(*_worker_columns)
    .select_from(Practitioner)
    .join(PractitionerLot, col(PractitionerLot.practitioner_id) == col(Practitioner.id))
    .join(Lot, col(Lot.id) == col(PractitionerLot.lot_id))
    .where(_IN_POST)
    .order_by(col(Practitioner.name), col(Practitioner.id), col(Lot.name))
)
_ONE_WORKER = _WORKERS.where(col(Practitioner.id) == bindparam("worker_id"))
_day_columns: tuple[Any, ...] = (
    Supervision.practitioner_id,
    Supervision.held_on,
    Supervision.planned_on,
)
_DAYS = select(*_day_columns)


def list_workers(uow: UnitOfWork, worker_id: int | None = None) -> list[WorkerLine]:
    """The workers of the actor's lots, or one, whoever is due first; team managers too."""
    workers, days, asked = gather(uow, uow.today, worker_id)
    window = uow.today - WINDOW, uow.today
    lines = []
    for one, lots in workers:
        held, planned = days[one.id]
        every = asked[one.contract_id].case_days
        lines.append(
            WorkerLine(
                one.id,
                one.name,
                one.post,
                ", ".join(lots.values()),
                max(held, default=None),
                planned,
                rules.due_on(one.starts_on, held, every),
                rules.kept((one.starts_on, one.ends_on), held, every, window, uow.today),
            )
        )
    return sorted(lines, key=lambda line: (line.due_on, line.name))


def find_line(uow: UnitOfWork, worker_id: int) -> WorkerLine:
    """One worker, or NotFound when absent, gone or in none of the actor's lots."""
    found = list_workers(uow, worker_id)
    if not found:
        raise NotFound
    return found[0]


def count_late(uow: UnitOfWork) -> int:
    """How many that the actor supervises wait for it past the contract's day."""
    return sum(due_on < uow.today for due_on in _due_days(uow))


def gather(
    uow: UnitOfWork, since: date, worker_id: int | None = None
) -> tuple[
    list[tuple[Any, dict[int, str]]],
    Mapping[int, tuple[list[date], date | None]],
    Mapping[int, Terms],
]:
    """Workers in post since a day with their lots, the days of each, and each contract's terms."""
    one = {} if worker_id is None else {"worker_id": worker_id}
    workers: dict[int, tuple[Any, dict[int, str]]] = {}
    for row in uow.rows(_ONE_WORKER if one else _WORKERS, since=since, **one):
        workers.setdefault(row.id, (row, {}))[1][row.lot_id] = row[-1]
    days: dict[int, tuple[list[date], date | None]] = defaultdict(lambda: ([], None))
    for practitioner_id, held_on, planned_on in uow.rows(_DAYS):
        held, planned = days[practitioner_id]
        if held_on is not None:
            held.append(held_on)
        else:
            days[practitioner_id] = held, planned_on or planned
    contracts = {row.contract_id for row, _ in workers.values()}
    return list(workers.values()), days, {one: terms_of(uow, one) for one in sorted(contracts)}


_worker, _supervisor, _grader = aliased(Practitioner), aliased(User), aliased(User)
_CASES = (
    select(func.count(func.distinct(col(CaseDiscussion.case_id))))
    .where(col(CaseDiscussion.supervision_id) == col(Supervision.id))
    .correlate(Supervision)
    .scalar_subquery()
)
_view_columns: tuple[Any, ...] = (
    Supervision.id,
    Supervision.practitioner_id,
    _worker.name,
    Supervision.supervisor_id,
    _supervisor.name,
    Supervision.planned_on,
    Supervision.held_on,
    Supervision.sampled_on,
    Supervision.grade,
    Supervision.grade_note,
    _grader.name,
    Supervision.graded_on,
    _CASES,
)
VIEWS = (
    select(*_view_columns)
    .select_from(Supervision)
    .join(_worker, col(_worker.id) == col(Supervision.practitioner_id))
    .join(_supervisor, col(_supervisor.id) == col(Supervision.supervisor_id))
    .outerjoin(_grader, col(_grader.id) == col(Supervision.graded_by))
)
LATEST = col(Supervision.held_on).desc(), col(Supervision.id).desc()
_HELD = (
    VIEWS.where(
        col(Supervision.practitioner_id) == bindparam("worker_id"),
        col(Supervision.held_on).is_not(None),
    )
    .order_by(*LATEST)
    .limit(HISTORY)
)


def history(uow: UnitOfWork, worker_id: int) -> list[SupervisionView]:
    """A worker's last supervisions, the latest first."""
    return [SupervisionView(*row) for row in uow.rows(_HELD, worker_id=worker_id)]


def latest_held(uow: UnitOfWork, worker_id: int) -> Supervision | None:
    """The supervision of a worker that was held last."""
    return uow.session.execute(
        select(Supervision)
        .where(col(Supervision.practitioner_id) == worker_id, col(Supervision.held_on).is_not(None))
        .order_by(*LATEST)
        .limit(1)
    ).scalar_one_or_none()


def held_on_day(uow: UnitOfWork, worker_id: int, day: date) -> bool:
    """Whether a supervision of the worker on that day is written down."""
    latest = select(col(Supervision.id)).where(
        col(Supervision.practitioner_id) == worker_id, col(Supervision.held_on) == day
    )
    return uow.session.execute(latest).first() is not None


_discussed: tuple[Any, ...] = (
    CaseDiscussion.case_id,
    Case.reference,
    CaseDiscussion.discussed_on,
    CaseDiscussion.decision,
    CaseDiscussion.note,
    User.name,
    Practitioner.name,
)
_DISCUSSED = (
    select(*_discussed)
    .select_from(CaseDiscussion)
    .join(Case, col(Case.id) == col(CaseDiscussion.case_id))
    .join(Supervision, col(Supervision.id) == col(CaseDiscussion.supervision_id))
    .join(Practitioner, col(Practitioner.id) == col(Supervision.practitioner_id))
    .outerjoin(User, col(User.id) == col(CaseDiscussion.by_user_id))
    .order_by(col(CaseDiscussion.id).desc())
)
_OF_CASE = _DISCUSSED.where(col(CaseDiscussion.case_id) == bindparam("case_id"))
_OF_SUPERVISION = _DISCUSSED.where(
    col(CaseDiscussion.supervision_id) == bindparam("supervision_id")
)


def of_case(uow: UnitOfWork, case_id: int) -> list[Discussed]:
    """What supervision said of one child, the latest first."""
    return [Discussed(*row) for row in uow.rows(_OF_CASE, case_id=case_id)]


def decided_in(uow: UnitOfWork, supervision_id: int) -> list[Discussed]:
    """What one supervision decided, as far as the actor sees its cases."""
    return [Discussed(*row) for row in uow.rows(_OF_SUPERVISION, supervision_id=supervision_id)]


_IN_FORCE = (
    select(col(SupervisionTerms.case_days))
    .where(
        col(SupervisionTerms.contract_id) == col(Practitioner.contract_id),
        col(SupervisionTerms.from_on) <= bindparam("since"),
    )
    .order_by(*_NEWEST)
    .limit(1)
    .correlate(Practitioner)
    .scalar_subquery()
)
_LAST_HELD = (
    select(func.max(col(Supervision.held_on)))
    .where(col(Supervision.practitioner_id) == col(Practitioner.id))
    .correlate(Practitioner)
    .scalar_subquery()
)
_due_columns: tuple[Any, ...] = (
    Practitioner.post,
    Practitioner.starts_on,
    _LAST_HELD,
    _IN_FORCE,
)
_DUE = select(*_due_columns).where(
    _IN_POST,
    col(Practitioner.starts_on) <= bindparam("since"),
    col(Practitioner.id).in_(select(col(PractitionerLot.practitioner_id))),
)


def _due_days(uow: UnitOfWork) -> list[date]:
    """When each supervision that the actor may hold is due, in one question."""
    usual = Terms().case_days
    return [
        rules.due_on(starts_on, [held_on] if held_on else [], days or usual)
        for post, starts_on, held_on, days in uow.rows(_DUE, since=uow.today).all()
        if rules.may_supervise(uow.actor.role, post)
    ]
