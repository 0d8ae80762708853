"""Reads of who would stay."""

from sqlmodel import col, select

from app.people.staying.models import Transition
from app.people.staying.rules import Wish
from app.work.uow import UnitOfWork


def find_transition(uow: UnitOfWork, worker_id: int) -> Transition | None:
    """What a worker said about staying, if they were asked."""
    return uow.session.exec(
        select(Transition).where(Transition.practitioner_id == worker_id)
    ).first()


def wishes(uow: UnitOfWork, *, consented: bool) -> dict[int, Wish]:
    """What the workers of the actor's contracts said, by worker; or those who may be named."""
    said = select(Transition)
    if consented:
        said = said.where(col(Transition.consent_on).is_not(None))
    return {row.practitioner_id: wish_of(row) for row in uow.session.exec(said).all()}


def wish_of(row: Transition) -> Wish:
    return Wish(row.intent, row.consent_on, row.post, row.starts_on)
