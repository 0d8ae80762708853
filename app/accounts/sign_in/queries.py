"""Who may be met at the sign-in page of a demo."""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlmodel import col, select

from app.access.models import User, UserLot
from app.access.roles import Organisation, Role
from app.work.uow import UnitOfWork

SIDES, ROLES = list(Organisation), list(Role)


@dataclass(frozen=True)
class DemoPerson:
    """An invented person whom anybody may sign in as, in a demo; contract 0 is none."""

    id: int
    name: str
    role: Role
    organisation: Organisation
    contract_id: int
    lots: tuple[str, ...]
    holds_cases: bool

    @property
    def place(self) -> tuple[object, ...]:
        """Where they stand in the list."""
        side, role = SIDES.index(self.organisation), ROLES.index(self.role)
        return self.contract_id, side, role, not self.holds_cases, self.lots, self.name


def list_demo_people(
    uow: UnitOfWork,
    lot_names: Callable[[UnitOfWork], Mapping[int, str]],
    with_cases: Callable[[UnitOfWork], Collection[int]],
) -> list[DemoPerson]:
    """Every demo person by contract, organisation and role; whoever holds cases comes first."""
    with uow.beyond_scope():
        names, holders = lot_names(uow), with_cases(uow)
        users = uow.session.exec(
            select(User).where(col(User.demo), col(User.disabled_at).is_(None))
        ).all()
        lots: dict[int, list[UserLot]] = defaultdict(list)
        for one in uow.session.exec(select(UserLot)):
            lots[one.user_id].append(one)
    people = [
        _person(user, lots[user.id], names, holds=user.practitioner_id in holders)
        for user in users
        if user.id is not None
    ]
    return sorted(people, key=lambda person: person.place)


def _person(
    user: User, lots: Sequence[UserLot], names: Mapping[int, str], *, holds: bool
) -> DemoPerson:
    seen = {lot.lot_id for lot in lots}
    return DemoPerson(
        user.id or 0,
        user.name,
        user.role,
        user.organisation,
        min((lot.contract_id for lot in lots), default=0),
        tuple(name for lot_id, name in names.items() if lot_id in seen),
        holds,
    )
