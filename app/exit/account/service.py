"""Adds lessons to a final account."""

from app.access.roles import Organisation
from app.cases.listing.queries import must_name_no_case
from app.contract import queries as contract
from app.exit.account.models import Lesson
from app.exit.account.rules import LessonKind
from app.kernel.acts import Act
from app.work.uow import UnitOfWork


def add_lesson(uow: UnitOfWork, contract_id: int, kind: LessonKind, words: str) -> None:
    """Add a lesson, or a claim that could not be proved, for one's own side."""
    with uow.command(Act.LESSON_ADD):
        contract.find_contract(uow, contract_id)
        must_name_no_case(uow, contract_id, {"words": words})
        uow.add(
            Lesson(
                contract_id=contract_id,
                kind=kind,
                words=words,
                side=uow.actor.organisation or Organisation.COUNCIL,
                by_user_id=uow.actor.user_id,
                at=uow.now,
            )
        )
