"""Who may be met at the sign-in page of a demo."""

from dataclasses import dataclass

from sqlmodel import col, select

from app.access.models import User
from app.access.roles import Organisation, Role
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class DemoPerson:
    """An invented person whom anybody may sign in as, in a demo."""

    id: int
    name: str
    role: Role
    organisation: Organisation


def list_demo_people(uow: UnitOfWork) -> list[DemoPerson]:
    """Every demo person in the order of the roles, then of their names."""
    found = uow.session.exec(select(User).where(col(User.demo), col(User.disabled_at).is_(None)))
    people = [
        DemoPerson(user.id, user.name, user.role, user.organisation)
        for user in found
        if user.id is not None
    ]
    order = list(Role)
    return sorted(people, key=lambda person: (order.index(person.role), person.name))
