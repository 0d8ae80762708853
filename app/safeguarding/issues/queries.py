"""Reads of unresolved child-protection issues: for the register, supervision, gates and homes."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, bindparam, case, func
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.access.models import User
from app.cases.register.models import Case
from app.contract.models import Lot
from app.kernel.errors import first_of
from app.people.models import Practitioner
from app.safeguarding.issues.models import ProtectionIssue
from app.safeguarding.issues.rules import Answer, Trouble, is_covered
from app.work.uow import UnitOfWork

MOST = 200


@dataclass(frozen=True)
class IssueView:
    """One issue with its case, who holds that, and who dealt with the issue."""

    id: int
    case_id: int
    reference: str
    lot: str
    practitioner: str | None
    trouble: Trouble
    raised_on: date
    raised_by: str | None
    action_taken: str
    cover: str
    covered_on: date
    told_at: datetime | None
    answer: Answer | None
    answer_note: str
    resolved_on: date | None
    resolved_by: str | None
    version: int

    def covered(self, today: date) -> bool:
        """Whether somebody is named for tonight."""
        return is_covered(self.covered_on, today)


@dataclass(frozen=True)
class IssueCounts:
    """Unresolved issues of the actor's cases, and how many of them nobody covers tonight."""

    unresolved: int
    uncovered: int


def unresolved(
    uow: UnitOfWork,
    *,
    case_ids: Collection[int] | None = None,
    practitioner_id: int | None = None,
) -> list[IssueView]:
    """The unresolved issues the actor may see, the oldest first; at most 200.

    `case_ids` keeps those of some cases, `practitioner_id` those of the cases somebody holds.
    """
    kept: list[ColumnElement[bool]] = [_OPEN]
    if case_ids is not None:
        kept.append(col(ProtectionIssue.case_id).in_(case_ids))
    if practitioner_id is not None:
        kept.append(col(Case.practitioner_id) == practitioner_id)
    oldest = col(ProtectionIssue.raised_on), col(ProtectionIssue.id)
    return _views(uow, kept, oldest, MOST)


def resolved_lately(uow: UnitOfWork, most: int = 20) -> list[IssueView]:
    """The issues resolved last, the latest first."""
    latest = col(ProtectionIssue.resolved_on).desc(), col(ProtectionIssue.id).desc()
    return _views(uow, [col(ProtectionIssue.resolved_on).is_not(None)], latest, most)


def of_case(uow: UnitOfWork, case_id: int) -> list[IssueView]:
    """Every issue of one case, the unresolved ones first, then the latest."""
    about = col(ProtectionIssue.case_id) == case_id
    order = col(ProtectionIssue.resolved_on).is_not(None), col(ProtectionIssue.id).desc()
    return _views(uow, [about], order, MOST)


def find_view(uow: UnitOfWork, issue_id: int) -> IssueView:
    """One issue; NotFound when it is absent or not the actor's."""
    return first_of(_views(uow, [col(ProtectionIssue.id) == issue_id], (), 1))


def count_unresolved(uow: UnitOfWork) -> IssueCounts:
    """How many issues are unresolved in the actor's cases."""
    return IssueCounts(*(int(number) for number in uow.rows(_COUNTS, today=uow.today).one()))


def count_of_case(uow: UnitOfWork, case_id: int) -> int:
    """How many issues of one case are unresolved."""
    return int(uow.rows(_COUNT_OF_CASE, case_id=case_id).scalar_one())


_OPEN = col(ProtectionIssue.resolved_on).is_(None)
_COUNTS = select(
    func.count(),
    func.coalesce(
        func.sum(case((col(ProtectionIssue.covered_on) < bindparam("today"), 1), else_=0)), 0
    ),
).where(_OPEN)
_COUNT_OF_CASE = select(func.count()).where(
    _OPEN, col(ProtectionIssue.case_id) == bindparam("case_id")
)
_RAISER, _RESOLVER = aliased(User), aliased(User)
_COLUMNS: tuple[Any, ...] = (
    ProtectionIssue.id,
    ProtectionIssue.case_id,
    Case.reference,
    Lot.name,
    Practitioner.name,
    ProtectionIssue.trouble,
    ProtectionIssue.raised_on,
    _RAISER.name,
    ProtectionIssue.action_taken,
    ProtectionIssue.cover,
    ProtectionIssue.covered_on,
    ProtectionIssue.told_at,
    ProtectionIssue.answer,
    ProtectionIssue.answer_note,
    ProtectionIssue.resolved_on,
    _RESOLVER.name,
    ProtectionIssue.version,
)
_ISSUES: Any = (
    select(*_COLUMNS)
    .select_from(ProtectionIssue)
    .join(Case, col(Case.id) == ProtectionIssue.case_id)
    .join(Lot, col(Lot.id) == Case.lot_id)
    .outerjoin(Practitioner, col(Practitioner.id) == Case.practitioner_id)
    .outerjoin(_RAISER, col(_RAISER.id) == ProtectionIssue.raised_by)
    .outerjoin(_RESOLVER, col(_RESOLVER.id) == ProtectionIssue.resolved_by)
)


def _views(
    uow: UnitOfWork, kept: list[ColumnElement[bool]], order: tuple[Any, ...], most: int
) -> list[IssueView]:
    return [IssueView(*row) for row in uow.rows(_ISSUES.where(*kept).order_by(*order).limit(most))]
