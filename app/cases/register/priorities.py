"""Steps that set how urgent a case is: by judgement, a flag, an enquiry or a review of its risk."""

from datetime import date
from typing import Any

from sqlmodel import col, func, select

from app.cases.register.models import Case, PriorityReview
from app.cases.register.rules import FLAG_OPEN, Priority, PriorityReason, check_review
from app.cases.register.service import case_id_of, change
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.work.uow import UnitOfWork


def prioritise(
    uow: UnitOfWork,
    case: Case,
    priority: Priority,
    reason: PriorityReason,
    next_review_on: date,
    *,
    child_protection: bool,
) -> None:
    """Judge how urgent an open case is, for a coded reason, until the day of the next review."""
    if not case.state.is_open:
        raise Refused("This case has ended.")
    check_review(priority, next_review_on, on=uow.today)
    if not child_protection and enquiry_runs(uow, case):
        raise Invalid("child_protection", "A section 47 enquiry runs: the case stays protected.")
    judge(uow, case, priority, reason, next_review_on, child_protection=child_protection)


def judge(
    uow: UnitOfWork,
    case: Case,
    priority: Priority,
    reason: PriorityReason,
    next_review_on: date,
    **facts: Any,
) -> None:
    """Set the priority with what led to it, and keep that in its history; the one way to do so."""
    if facts.get("open_flags", case.open_flags) and priority is not Priority.URGENT:
        raise Invalid("priority", f"{FLAG_OPEN} It stays urgent until the flag is resolved.")
    change(uow, case, {**facts, "priority": priority, "next_review_on": next_review_on})
    uow.add(
        PriorityReview(
            case_id=case_id_of(case),
            lot_id=case.lot_id,
            priority=priority,
            reason=reason,
            reviewed_on=uow.today,
            by_user_id=uow.actor.user_id,
            next_review_on=next_review_on,
        )
    )


def times_judged(uow: UnitOfWork, case_id: int) -> int:
    """How often the case was judged; what a form to judge it anew was made from."""
    judged = select(func.count()).where(PriorityReview.case_id == case_id)
    return uow.session.scalar(judged) or 0


def expect(uow: UnitOfWork, case: Case, judged: int, called: str = "Priority") -> None:
    """Raise Conflict where the case was judged more often than whoever judges it now had seen.

    `called` is the form’s own word for the priority.
    """
    if times_judged(uow, case_id_of(case)) != judged:
        again = show_date(case.next_review_on) if case.next_review_on else "–"
        shown = {called: case.priority.label, "Next review": again}
        reviews = uow.rows_about(PriorityReview, case_id_of(case))
        raise uow.conflict({PriorityReview: [one.id for one in reviews]}, shown)


def flag_raised(uow: UnitOfWork, case: Case) -> None:
    """A safeguarding flag is open on the case: it goes to the head of triage."""
    flags = case.open_flags + 1
    judge(uow, case, Priority.URGENT, PriorityReason.FLAG_RAISED, uow.today, open_flags=flags)


def flag_resolved(uow: UnitOfWork, case: Case) -> None:
    """A safeguarding flag was resolved; the case stays high until someone reviews it."""
    if case.open_flags < 1:
        raise Refused("This case has no open safeguarding flag.")
    left = case.open_flags - 1
    after = Priority.URGENT if left else Priority.HIGH
    judge(uow, case, after, PriorityReason.FLAG_RESOLVED, uow.today, open_flags=left)


def enquiry_opened(uow: UnitOfWork, case: Case) -> None:
    """A section 47 enquiry runs on the case: it is urgent and stands under protection."""
    reason = PriorityReason.ENQUIRY_OPENED
    judge(uow, case, Priority.URGENT, reason, uow.today, child_protection=True)


def enquiry_ended(uow: UnitOfWork, case: Case, *, protected: bool) -> None:
    """The enquiry ended; the case stays high, and under protection where there is a plan."""
    after = Priority.URGENT if case.open_flags else Priority.HIGH
    reason = PriorityReason.ENQUIRY_ENDED
    judge(uow, case, after, reason, uow.today, child_protection=protected)


def plan_runs(uow: UnitOfWork, case: Case, *, runs: bool) -> None:
    """A child protection plan was made or ended; how urgent the case is stays as it was judged."""
    if case.child_protection is not runs:
        change(uow, case, {"child_protection": runs})


def enquiry_runs(uow: UnitOfWork, case: Case) -> bool:
    """Whether the last that was told of an enquiry on the case is its opening."""
    told = col(PriorityReview.reason).in_(
        (PriorityReason.ENQUIRY_OPENED, PriorityReason.ENQUIRY_ENDED)
    )
    last = uow.session.exec(
        select(PriorityReview.reason)
        .where(PriorityReview.case_id == case_id_of(case), told)
        .order_by(col(PriorityReview.id).desc())
    ).first()
    return last is PriorityReason.ENQUIRY_OPENED
