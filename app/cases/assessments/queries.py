"""Reads of assessments for the case page and the sign-off queue."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import bindparam
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.access.models import User
from app.cases.assessments.models import Assessment, AssessmentReturn, Visit
from app.cases.assessments.rules import NotSeenReason
from app.kernel.clock import AssessmentType
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class AssessmentView:
    """One assessment with the names of who did what."""

    id: int
    assessment_type: AssessmentType
    started_on: date
    started_by: str | None
    seen_on: date | None
    not_seen_reason: NotSeenReason | None
    submitted_on: date | None
    submitted_by: str | None
    submitted_by_id: int | None
    authorised_on: date | None
    authorised_by: str | None


@dataclass(frozen=True)
class ReturnView:
    """Points that were to be fixed, who asked and when."""

    returned_on: date
    returned_by: str | None
    points: str


@dataclass(frozen=True)
class VisitView:
    """A day the child was seen, and who recorded it."""

    seen_on: date
    seen_alone: bool
    recorded_by: str | None


_STARTER, _AUTHOR, _SIGNER = aliased(User), aliased(User), aliased(User)
_THE_CASE: Any = bindparam("case_id")
_COLUMNS: tuple[Any, ...] = (
    Assessment.id,
    Assessment.assessment_type,
    Assessment.started_on,
    _STARTER.name,
    Assessment.seen_on,
    Assessment.not_seen_reason,
    Assessment.submitted_on,
    _AUTHOR.name,
    Assessment.submitted_by,
    Assessment.authorised_on,
    _SIGNER.name,
)
_ASSESSMENTS = (
    select(*_COLUMNS)
    .select_from(Assessment)
    .outerjoin(_STARTER, col(_STARTER.id) == Assessment.started_by)
    .outerjoin(_AUTHOR, col(_AUTHOR.id) == Assessment.submitted_by)
    .outerjoin(_SIGNER, col(_SIGNER.id) == Assessment.authorised_by)
    .where(col(Assessment.case_id) == _THE_CASE)
    .order_by(col(Assessment.id).desc())
)
_RETURN_COLUMNS: tuple[Any, ...] = AssessmentReturn.returned_on, User.name, AssessmentReturn.points
_RETURNS = (
    select(*_RETURN_COLUMNS)
    .select_from(AssessmentReturn)
    .outerjoin(User, col(User.id) == AssessmentReturn.returned_by)
    .where(col(AssessmentReturn.case_id) == _THE_CASE)
    .order_by(col(AssessmentReturn.id).desc())
)
_VISIT_COLUMNS: tuple[Any, ...] = Visit.seen_on, Visit.seen_alone, User.name
_VISITS = (
    select(*_VISIT_COLUMNS)
    .select_from(Visit)
    .outerjoin(User, col(User.id) == Visit.recorded_by)
    .where(col(Visit.case_id) == _THE_CASE)
    .order_by(col(Visit.seen_on).desc(), col(Visit.id).desc())
)


def assessments_of(uow: UnitOfWork, case_id: int) -> list[AssessmentView]:
    """The assessments of a case, the latest first."""
    found = uow.rows(_ASSESSMENTS, case_id=case_id)
    return [AssessmentView(*row) for row in found]


def returns_of(uow: UnitOfWork, case_id: int) -> list[ReturnView]:
    """What was returned to be fixed, the latest first."""
    found = uow.rows(_RETURNS, case_id=case_id)
    return [ReturnView(*row) for row in found]


def visits_of(uow: UnitOfWork, case_id: int) -> list[VisitView]:
    """The days the child was seen, the latest first."""
    found = uow.rows(_VISITS, case_id=case_id)
    return [VisitView(*row) for row in found]
