"""Acts on the quality of supervision: a sample is drawn by chance, and what was drawn is graded."""

from datetime import timedelta

from sqlmodel import col, select

from app.assurance.compliance import queries
from app.assurance.supervision import rules
from app.assurance.supervision.models import Supervision
from app.assurance.supervision.rules import Grade
from app.kernel.acts import Act
from app.work.uow import UnitOfWork

ONE_IN = 10
SAMPLED_BACK = timedelta(days=31)


def draw_sample(uow: UnitOfWork) -> int:
    """Draw by chance which of the last month's supervisions are graded; returns how many."""
    with uow.command(Act.SUPERVISION_SAMPLE):
        since = uow.today - SAMPLED_BACK
        fresh = uow.session.exec(
            select(Supervision).where(
                col(Supervision.held_on) >= since, col(Supervision.sampled_on).is_(None)
            )
        ).all()
        chosen = set(rules.drawn([one.id or 0 for one in fresh], str(uow.now), ONE_IN))
        for one in fresh:
            if one.id in chosen:
                one.sampled_on = uow.today
        return len(chosen)


def grade(uow: UnitOfWork, supervision_id: int, given: Grade, note: str) -> None:
    """Grade a supervision that was drawn, which is never one's own."""
    with uow.command(Act.SUPERVISION_GRADE):
        supervision = queries.find_sampled(uow, supervision_id)
        rules.check_grader(supervision.supervisor_id, uow.actor.user_id, supervision.grade)
        supervision.grade, supervision.grade_note = given, note
        supervision.graded_by, supervision.graded_on = uow.actor.user_id, uow.today
