"""Reads which practitioners cannot sign in yet."""

from sqlmodel import col, select

from app.access.models import User
from app.people.models import Practitioner
from app.people.workers import list_workers
from app.work.uow import UnitOfWork


def without_sign_in(uow: UnitOfWork) -> list[Practitioner]:
    """The practitioners of the actor's lots whom nobody invited yet, by name."""
    workers = [one for one in list_workers(uow, uow.today) if one.post.holds_cases]
    invited = set(
        uow.session.exec(
            select(User.practitioner_id).where(
                col(User.practitioner_id).in_([worker.id for worker in workers])
            )
        ).all()
    )
    return [worker for worker in workers if worker.id not in invited]
