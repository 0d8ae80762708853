"""Reads of assessments for the case page and the sign-off queue."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import bindparam, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.access.models import User
from app.cases.assessments.models import (
    Assessment,
    AssessmentMigration,
    AssessmentReturn,
)
from app.cases.assessments.rules import NotSeenReason, ReturnReason
from app.cases.register.filter import CaseFilter
from app.cases.register.models import Case
from app.cases.register.queries import count_cases
from app.cases.states import CLOCK_RUNS, CaseState
from app.contract import queries as contract
from app.contract.models import Lot
from app.kernel import paging
from app.kernel.calendar import WorkingCalendar
from app.kernel.clock import AssessmentType
from app.work.uow import UnitOfWork

PAGE_SIZE = 50


@dataclass(frozen=True)
class AssessmentView:
    """One assessment with the names of who did what."""

    id: int
    assessment_type: AssessmentType
    started_on: date
    started_by: str | None
    for_early_help: bool
    drafted_on: date | None
    drafted_by: str | None
    seen_on: date | None
    not_seen_reason: NotSeenReason | None
    submitted_on: date | None
    submitted_by: str | None
    authorised_on: date | None
    authorised_by: str | None
    shared_on: date | None
    shared_by: str | None
    entered_on: date | None
    entered_by: str | None
    # What it was before it went on as a single assessment, when and why.
    was: AssessmentType | None
    migrated_on: date | None
    migrated_because: str | None
    migrated_by: str | None
    due_before: date | None


@dataclass(frozen=True)
class ReturnView:
    """Points that were to be fixed, who asked and when."""

    returned_on: date
    returned_by: str | None
    reason: ReturnReason
    points: str


@dataclass(frozen=True)
class VisitView:
    """A day the child was seen, and who recorded it."""

    seen_on: date
    seen_alone: bool
    recorded_by: str | None


_STARTER, _DRAFTER, _AUTHOR, _SIGNER = (aliased(User) for _ in range(4))
_SHARER, _ENTERER, _MIGRATOR = (aliased(User) for _ in range(3))
_THE_CASE: Any = bindparam("case_id")
_COLUMNS: tuple[Any, ...] = (
    Assessment.id,
    Assessment.assessment_type,
    Assessment.started_on,
    _STARTER.name,
    Assessment.for_early_help,
    Assessment.drafted_on,
    _DRAFTER.name,
    Assessment.seen_on,
    Assessment.not_seen_reason,
    Assessment.submitted_on,
    _AUTHOR.name,
    Assessment.authorised_on,
    _SIGNER.name,
    Assessment.shared_on,
    _SHARER.name,
    Assessment.entered_on,
    _ENTERER.name,
    AssessmentMigration.was,
    AssessmentMigration.migrated_on,
    AssessmentMigration.reason,
    _MIGRATOR.name,
    AssessmentMigration.due_before,
)
_ASSESSMENTS = (
    select(*_COLUMNS)
    .select_from(Assessment)
    .outerjoin(_STARTER, col(_STARTER.id) == Assessment.started_by)
    .outerjoin(_DRAFTER, col(_DRAFTER.id) == Assessment.drafted_by)
    .outerjoin(_AUTHOR, col(_AUTHOR.id) == Assessment.submitted_by)
    .outerjoin(_SIGNER, col(_SIGNER.id) == Assessment.authorised_by)
    .outerjoin(_SHARER, col(_SHARER.id) == Assessment.shared_by)
    .outerjoin(_ENTERER, col(_ENTERER.id) == Assessment.entered_by)
    .outerjoin(AssessmentMigration, col(AssessmentMigration.assessment_id) == col(Assessment.id))
    .outerjoin(_MIGRATOR, col(_MIGRATOR.id) == AssessmentMigration.migrated_by)
    .where(col(Assessment.case_id) == _THE_CASE)
    .order_by(col(Assessment.id).desc())
)
_RETURN_COLUMNS: tuple[Any, ...] = (
    AssessmentReturn.returned_on,
    User.name,
    AssessmentReturn.reason,
    AssessmentReturn.points,
)
_RETURNS = (
    select(*_RETURN_COLUMNS)
    .select_from(AssessmentReturn)
    .outerjoin(User, col(User.id) == AssessmentReturn.returned_by)
    .where(col(AssessmentReturn.case_id) == _THE_CASE)
    .order_by(col(AssessmentReturn.id).desc())
)


def assessments_of(uow: UnitOfWork, case_id: int) -> list[AssessmentView]:
    """The assessments of a case, the latest first."""
    found = uow.rows(_ASSESSMENTS, case_id=case_id)
    return [AssessmentView(*row) for row in found]


def returns_of(uow: UnitOfWork, case_id: int) -> list[ReturnView]:
    """What was returned to be fixed, the latest first."""
    found = uow.rows(_RETURNS, case_id=case_id)
    return [ReturnView(*row) for row in found]


@dataclass(frozen=True)
class Submitted:
    """One assessment that is written and waits for a team manager."""

    case_id: int
    contract_id: int
    reference: str
    lot: str
    submitted_on: date
    author: str | None
    due_on: date | None
    open_flags: int
    not_seen_reason: NotSeenReason | None
    returns: int
    days: int = 0


_TIMES_RETURNED: Any = (
    select(func.count(col(AssessmentReturn.id)))
    .where(col(AssessmentReturn.assessment_id) == col(Assessment.id))
    .correlate(Assessment)
    .scalar_subquery()
)
_QUEUE_COLUMNS: tuple[Any, ...] = (
    Case.id,
    Case.contract_id,
    Case.reference,
    Lot.name,
    Assessment.submitted_on,
    User.name,
    Case.due_on,
    Case.open_flags,
    Assessment.not_seen_reason,
    _TIMES_RETURNED,
)
_QUEUE = (
    select(*_QUEUE_COLUMNS)
    .select_from(Assessment)
    .join(Case, col(Case.id) == Assessment.case_id)
    .join(Lot, col(Lot.id) == Case.lot_id)
    .outerjoin(User, col(User.id) == Assessment.submitted_by)
    .where(
        col(Assessment.authorised_on).is_(None),
        col(Assessment.submitted_on).is_not(None),
        Case.state == CaseState.SUBMITTED,
    )
    .order_by(col(Assessment.submitted_on), col(Assessment.case_id))
)


def list_submitted(
    uow: UnitOfWork, lot_id: int | None, page: str | None
) -> paging.Slice[Submitted]:
    """One page of what waits for authorisation, the longest wait first.

    `days` are the working days since it was submitted.
    """
    total = count_cases(uow, CaseFilter(lot=lot_id, state=CaseState.SUBMITTED))
    place = paging.place(page, total=total, size=PAGE_SIZE)
    kept = _QUEUE if lot_id is None else _QUEUE.where(Case.lot_id == lot_id)
    rows = [Submitted(*row) for row in uow.rows(kept.offset(place.offset).limit(place.size))]
    calendars = {one: contract.calendar(uow, one) for one in {row.contract_id for row in rows}}
    return paging.Slice.at(
        place,
        [
            replace(row, days=calendars[row.contract_id].days_between(row.submitted_on, uow.today))
            for row in rows
        ],
    )


STEPS = ("started_on", "drafted_on", "submitted_on", "authorised_on", "shared_on", "entered_on")
WAITED = "waited"
_STEP_COLUMNS: tuple[Any, ...] = (
    Assessment.lot_id,
    Lot.contract_id,
    Case.clock_started_on,
    *(getattr(Assessment, name) for name in STEPS),
)
# Those with the same days are counted in the database: of many, few differ.
_COUNTED_STEPS: tuple[Any, ...] = (*_STEP_COLUMNS, func.count())
_STEPS = (
    select(*_COUNTED_STEPS)
    .select_from(Assessment)
    .join(Case, col(Case.id) == Assessment.case_id)
    .join(Lot, col(Lot.id) == Assessment.lot_id)
    .where(
        col(Assessment.authorised_on) >= bindparam("since"),
        col(Assessment.submitted_on).is_not(None),
    )
    .group_by(*_STEP_COLUMNS)
)


def steps_since(uow: UnitOfWork, since: date) -> dict[int, dict[str, Counter[int]]]:
    """By lot, how often a step came on which working day of the clock.

    Of the assessments that were authorised since a day; under `WAITED`, how many working days each
    lay between its submission and its authorisation.
    """
    found = uow.rows(_STEPS, since=since).all()
    between = {one: _between(contract.calendar(uow, one)) for one in {row[1] for row in found}}
    steps: dict[int, dict[str, Counter[int]]] = defaultdict(lambda: defaultdict(Counter))
    for lot_id, contract_id, clock_started_on, *days, number in found:
        taken = dict(zip(STEPS, days, strict=True))
        waited = between[contract_id](taken["submitted_on"], taken["authorised_on"])
        steps[lot_id][WAITED][waited] += number
        for name, day in taken.items():
            # A case that was reopened has a new clock, on which its earlier steps have no day.
            if day is not None and clock_started_on is not None and clock_started_on <= day:
                steps[lot_id][name][between[contract_id](clock_started_on, day)] += number
    return steps


def _between(calendar: WorkingCalendar) -> Callable[[date, date], int]:
    """Working days, each pair of days counted once."""
    return lru_cache(maxsize=10_000)(calendar.days_between)


def returns_since(uow: UnitOfWork, since: date) -> dict[int, Counter[ReturnReason]]:
    """By lot, how often an assessment was returned since a day, and what it lacked."""
    found = uow.session.execute(
        select(col(AssessmentReturn.lot_id), col(AssessmentReturn.reason), func.count())
        .where(col(AssessmentReturn.returned_on) >= since)
        .group_by(col(AssessmentReturn.lot_id), col(AssessmentReturn.reason))
    )
    returns: dict[int, Counter[ReturnReason]] = defaultdict(Counter)
    for lot_id, reason, number in found:
        returns[lot_id][reason] += number
    return returns


def ages(uow: UnitOfWork) -> dict[int, Counter[date]]:
    """By lot, on which day how many of the clocks began that run.

    Reads every running clock, from an index that holds nothing else.
    """
    found = uow.session.execute(
        select(col(Case.lot_id), col(Case.clock_started_on), func.count())
        .where(
            col(Case.ended_on).is_(None),
            col(Case.state).in_(CLOCK_RUNS),
            col(Case.clock_started_on).is_not(None),
        )
        .group_by(col(Case.lot_id), col(Case.clock_started_on))
    )
    begun: dict[int, Counter[date]] = defaultdict(Counter)
    for lot_id, day, number in found:
        if day is not None:
            begun[lot_id][day] += number
    return begun
