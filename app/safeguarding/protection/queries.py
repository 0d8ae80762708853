"""Reads of all that runs for the protection of children, counted in one statement."""

from dataclasses import dataclass

from sqlalchemy import bindparam, func
from sqlmodel import col, select

from app.safeguarding.enquiries.models import Enquiry
from app.safeguarding.enquiries.rules import EnquiryOutcome
from app.safeguarding.issues.models import ProtectionIssue
from app.safeguarding.proceedings.models import PreProceedings
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Running:
    """How much runs: issues unresolved, of these without cover tonight, and what else is open.

    `conferences` are those that the council has still to book.
    """

    issues: int = 0
    uncovered: int = 0
    enquiries: int = 0
    proceedings: int = 0
    reviews_overdue: int = 0
    conferences: int = 0


def running_of(uow: UnitOfWork, case_id: int) -> Running:
    """What runs for the protection of one child."""
    return Running(*uow.rows(_OF_CASE, today=uow.today, case_id=case_id).one())


def running(uow: UnitOfWork) -> Running:
    """What runs in the actor's cases."""
    return Running(*uow.rows(_ALL, today=uow.today).one())


_ISSUES = select(func.count(ProtectionIssue.id)).where(  # type: ignore[arg-type]
    col(ProtectionIssue.resolved_on).is_(None)
)
_ENQUIRIES = select(func.count(Enquiry.id)).where(  # type: ignore[arg-type]
    col(Enquiry.ended_on).is_(None)
)
_PROCEEDINGS = select(func.count(PreProceedings.id)).where(  # type: ignore[arg-type]
    col(PreProceedings.decided_on).is_(None)
)
_TO_BOOK = _ENQUIRIES.where(
    col(Enquiry.outcome) == EnquiryOutcome.CONFERENCE, col(Enquiry.conference_on).is_(None)
)
_PARTS = (
    (_ISSUES, ProtectionIssue),
    (_ISSUES.where(col(ProtectionIssue.covered_on) < bindparam("today")), ProtectionIssue),
    (_ENQUIRIES, Enquiry),
    (_PROCEEDINGS, PreProceedings),
    (_PROCEEDINGS.where(col(PreProceedings.next_review_on) < bindparam("today")), PreProceedings),
    (_TO_BOOK, Enquiry),
)
_ALL = select(*(part.scalar_subquery() for part, _ in _PARTS))
_OF_CASE = select(
    *(
        part.where(col(model.case_id) == bindparam("case_id")).scalar_subquery()
        for part, model in _PARTS
    )
)
