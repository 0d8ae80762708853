"""Reads of pre-proceedings: the tracker, its counts, and those of one case with their steps."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, case, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.access.models import User
from app.cases.register.models import Case
from app.contract.models import Lot
from app.kernel import paging
from app.kernel.errors import first_of
from app.people.models import Practitioner
from app.safeguarding.proceedings.models import PreProceedings, PreProceedingsStep
from app.safeguarding.proceedings.rules import Decision, Step, runs_long
from app.work.uow import UnitOfWork

PAGE_SIZE = 50


@dataclass(frozen=True)
class StepView:
    """One step with who recorded it."""

    step: Step
    taken_on: date
    next_review_on: date
    recorded_by: str | None


@dataclass(frozen=True)
class ProceedingsView:
    """One formal period with its case; `steps` are given where one case is read."""

    id: int
    case_id: int
    reference: str
    lot: str
    practitioner: str | None
    gateway_on: date
    opened_by: str | None
    next_review_on: date
    letter_on: date | None
    reviews: int
    decision: Decision | None
    decided_on: date | None
    decided_by: str | None
    version: int
    steps: tuple[StepView, ...] = ()

    def overdue(self, today: date) -> bool:
        """Whether its next review should have been held."""
        return self.decided_on is None and self.next_review_on < today

    def long(self, today: date) -> bool:
        """Whether it runs longer than the formal period."""
        return self.decided_on is None and runs_long(self.gateway_on, today)


@dataclass(frozen=True)
class ProceedingsCounts:
    """Pre-proceedings that run, those whose review is overdue, those without a letter yet."""

    running: int
    overdue: int
    without_letter: int


def list_running(uow: UnitOfWork, page: str | None) -> paging.Slice[ProceedingsView]:
    """One page of those that run, the earliest next review first."""
    place = paging.place(page, total=count(uow).running, size=PAGE_SIZE)
    found = uow.rows(_RUNNING, offset=place.offset, size=place.size)
    return paging.Slice.at(place, [ProceedingsView(*row) for row in found])


def count(uow: UnitOfWork) -> ProceedingsCounts:
    """How many run in the actor's cases."""
    return ProceedingsCounts(*(int(number) for number in uow.rows(_COUNTS, today=uow.today).one()))


def of_case(uow: UnitOfWork, case_id: int) -> list[ProceedingsView]:
    """Those of one case with their steps, the latest first."""
    found = [ProceedingsView(*row) for row in uow.rows(_OF_CASE, case_id=case_id)]
    return _with_steps(found, uow.rows(_STEPS, case_id=case_id) if found else ())


def find_view(uow: UnitOfWork, proceedings_id: int) -> ProceedingsView:
    """One of them; NotFound when it is absent or not the actor's."""
    return ProceedingsView(*first_of(uow.rows(_ONE, one=proceedings_id).all()))


def running_of(uow: UnitOfWork, case_id: int) -> bool:
    """Whether pre-proceedings run on a case."""
    return uow.rows(_RUNNING_OF, case_id=case_id).first() is not None


_RUNS = col(PreProceedings.decided_on).is_(None)
_OPENER, _DECIDER = aliased(User), aliased(User)
_COLUMNS: tuple[Any, ...] = (
    PreProceedings.id,
    PreProceedings.case_id,
    Case.reference,
    Lot.name,
    Practitioner.name,
    PreProceedings.gateway_on,
    _OPENER.name,
    PreProceedings.next_review_on,
    PreProceedings.letter_on,
    PreProceedings.reviews,
    PreProceedings.decision,
    PreProceedings.decided_on,
    _DECIDER.name,
    PreProceedings.version,
)
_ALL: Any = (
    select(*_COLUMNS)
    .select_from(PreProceedings)
    .join(Case, col(Case.id) == PreProceedings.case_id)
    .join(Lot, col(Lot.id) == Case.lot_id)
    .outerjoin(Practitioner, col(Practitioner.id) == Case.practitioner_id)
    .outerjoin(_OPENER, col(_OPENER.id) == PreProceedings.opened_by)
    .outerjoin(_DECIDER, col(_DECIDER.id) == PreProceedings.decided_by)
)
_RUNNING = (
    _ALL.where(_RUNS)
    .order_by(col(PreProceedings.next_review_on), col(PreProceedings.id))
    .offset(bindparam("offset"))
    .limit(bindparam("size"))
)
_OF_CASE = _ALL.where(col(PreProceedings.case_id) == bindparam("case_id")).order_by(
    col(PreProceedings.id).desc()
)
_ONE = _ALL.where(col(PreProceedings.id) == bindparam("one"))
_RUNNING_OF = select(PreProceedings.id).where(
    _RUNS, col(PreProceedings.case_id) == bindparam("case_id")
)
_COUNTS = select(
    func.count(),
    func.coalesce(
        func.sum(case((col(PreProceedings.next_review_on) < bindparam("today"), 1), else_=0)), 0
    ),
    func.coalesce(func.sum(case((col(PreProceedings.letter_on).is_(None), 1), else_=0)), 0),
).where(_RUNS)
_STEPS: Any = (
    select(  # type: ignore[call-overload]
        PreProceedingsStep.proceedings_id,
        PreProceedingsStep.step,
        PreProceedingsStep.taken_on,
        PreProceedingsStep.next_review_on,
        User.name,
    )
    .select_from(PreProceedingsStep)
    .outerjoin(User, col(User.id) == PreProceedingsStep.recorded_by)
    .where(col(PreProceedingsStep.case_id) == bindparam("case_id"))
    .order_by(col(PreProceedingsStep.taken_on), col(PreProceedingsStep.id))
)


def _with_steps(found: list[ProceedingsView], steps: Iterable[Any]) -> list[ProceedingsView]:
    of: dict[int, list[StepView]] = {}
    for proceedings_id, *rest in steps:
        of.setdefault(proceedings_id, []).append(StepView(*rest))
    return [replace(one, steps=tuple(of.get(one.id, ()))) for one in found]
