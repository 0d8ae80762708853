"""Reads of training: sessions with who came, system problems, and what it all amounts to."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.assurance.training import rules
from app.assurance.training.models import SystemProblem, TrainingAttendance, TrainingSession
from app.assurance.training.rules import Area, Standing, Topic
from app.kernel.errors import NotFound
from app.people.models import Practitioner, PractitionerLot
from app.work.uow import UnitOfWork

MOST = 100


@dataclass(frozen=True)
class SessionRow:
    """One session; `workers` is how many of ours came."""

    id: int
    held_on: date
    topic: Topic
    title: str
    minutes: int
    council_people: int
    given_by: str
    workers: int


@dataclass(frozen=True)
class ProblemRow:
    """One system problem with what was done about it."""

    id: int
    found_on: date
    found_by: str
    session: str | None
    area: Area
    words: str
    fixed_on: date | None
    fixed_by: str | None
    fix: str
    returned: int
    solved_on: date | None
    solved_by: str | None

    @property
    def standing(self) -> Standing:
        return rules.standing(self.fixed_on, self.solved_on)


@dataclass(frozen=True)
class Attended:
    """How many sessions one of our workers came to."""

    name: str
    sessions: int
    minutes: int


@dataclass(frozen=True)
class Given:
    """What all training amounts to; a person counts for each session they came to."""

    sessions: int
    minutes: int
    council_people: int
    workers: int


_CAME = (
    select(func.count(col(TrainingAttendance.id)))
    .where(col(TrainingAttendance.session_id) == col(TrainingSession.id))
    .correlate(TrainingSession)
    .scalar_subquery()
)
_session_columns: tuple[Any, ...] = (
    TrainingSession.id,
    TrainingSession.held_on,
    TrainingSession.topic,
    TrainingSession.title,
    TrainingSession.minutes,
    TrainingSession.council_people,
    User.name,
    _CAME,
)
_SESSIONS = (
    select(*_session_columns)
    .select_from(TrainingSession)
    .join(User, col(User.id) == col(TrainingSession.given_by))
    .order_by(col(TrainingSession.held_on).desc(), col(TrainingSession.id).desc())
    .limit(MOST)
)
_SUMS = select(
    func.count(),
    func.coalesce(func.sum(col(TrainingSession.minutes)), 0),
    func.coalesce(func.sum(col(TrainingSession.council_people)), 0),
    select(func.count(col(TrainingAttendance.id))).scalar_subquery(),
).select_from(TrainingSession)
_ATTENDED = (
    select(
        col(Practitioner.name),
        func.count(col(TrainingSession.id)),
        func.coalesce(func.sum(col(TrainingSession.minutes)), 0),
    )
    .select_from(Practitioner)
    .outerjoin(TrainingAttendance, col(TrainingAttendance.practitioner_id) == col(Practitioner.id))
    .outerjoin(TrainingSession, col(TrainingSession.id) == col(TrainingAttendance.session_id))
    .where(
        col(Practitioner.id).in_(select(col(PractitionerLot.practitioner_id))),
        col(Practitioner.ends_on).is_(None) | (col(Practitioner.ends_on) >= bindparam("today")),
    )
    .group_by(col(Practitioner.id), col(Practitioner.name))
    .order_by(col(Practitioner.name))
)
_finder, _fixer, _solver = aliased(User), aliased(User), aliased(User)
_problem_columns: tuple[Any, ...] = (
    SystemProblem.id,
    SystemProblem.found_on,
    _finder.name,
    TrainingSession.title,
    SystemProblem.area,
    SystemProblem.words,
    SystemProblem.fixed_on,
    _fixer.name,
    SystemProblem.fix,
    SystemProblem.returned,
    SystemProblem.solved_on,
    _solver.name,
)
_PROBLEMS = (
    select(*_problem_columns)
    .select_from(SystemProblem)
    .join(_finder, col(_finder.id) == col(SystemProblem.found_by))
    .outerjoin(_fixer, col(_fixer.id) == col(SystemProblem.fixed_by))
    .outerjoin(_solver, col(_solver.id) == col(SystemProblem.solved_by))
    .outerjoin(TrainingSession, col(TrainingSession.id) == col(SystemProblem.session_id))
    .order_by(
        col(SystemProblem.solved_on).is_not(None),
        col(SystemProblem.found_on).desc(),
        col(SystemProblem.id).desc(),
    )
    .limit(MOST)
)
_STANDINGS = select(
    func.count().filter(col(SystemProblem.fixed_on).is_(None)),
    func.count().filter(
        col(SystemProblem.fixed_on).is_not(None), col(SystemProblem.solved_on).is_(None)
    ),
    func.count().filter(col(SystemProblem.solved_on).is_not(None)),
).select_from(SystemProblem)


def list_sessions(uow: UnitOfWork) -> list[SessionRow]:
    """The last sessions, the latest first."""
    return [SessionRow(*row) for row in uow.rows(_SESSIONS)]


def given(uow: UnitOfWork) -> Given:
    """What all sessions of the actor's contracts amount to."""
    return Given(*(int(number) for number in uow.rows(_SUMS).one()))


def list_attended(uow: UnitOfWork) -> list[Attended]:
    """The workers of the actor's lots with how much training each came to, by name."""
    return [
        Attended(name, number, int(minutes))
        for name, number, minutes in uow.rows(_ATTENDED, today=uow.today)
    ]


def list_problems(uow: UnitOfWork) -> list[ProblemRow]:
    """System problems, those not solved yet first."""
    return [ProblemRow(*row) for row in uow.rows(_PROBLEMS)]


def count_problems(uow: UnitOfWork) -> dict[Standing, int]:
    """How many system problems stand where."""
    return dict(zip(Standing, uow.rows(_STANDINGS).one(), strict=True))


def find_problem(uow: UnitOfWork, problem_id: int) -> ProblemRow:
    """The problem, or NotFound when it is absent or not the actor's."""
    row = uow.rows(_PROBLEMS.where(col(SystemProblem.id) == problem_id)).first()
    if row is None:
        raise NotFound
    return ProblemRow(*row)
