"""The people who share a contract with whoever asks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import col, func, select
from sqlmodel.sql.expression import SelectOfScalar

from app.access.models import OneTimeLink, SignInSession, User, UserLot
from app.access.roles import Organisation, Role
from app.accounts.users.rules import access_to_review, invitation_waits
from app.kernel.errors import NotFound
from app.work.models import OutboxMessage
from app.work.uow import UnitOfWork

MOST_UNSENT = 100
DISABLED, LEFT, INVITED = "Disabled", "Left", "Invited"


@dataclass(frozen=True)
class Person:
    """Somebody who can sign in, could, or is invited to.

    `elsewhere` is whether they have lots in a contract that is not the reader's.
    """

    id: int
    name: str
    email: str
    role: Role
    organisation: Organisation
    lot_ids: tuple[int, ...]
    active_until: date | None
    state: str
    tone: str
    last_sign_in: datetime | None
    version: int
    elsewhere: bool


@dataclass(frozen=True)
class Unsent:
    """A message that the mail server would not take, and what it said."""

    user_id: int
    name: str
    at: datetime
    problem: str


def list_people(uow: UnitOfWork) -> list[Person]:
    """Everybody who has a lot in a contract of the actor's, in the order of their names."""
    users = uow.session.exec(
        select(User).where(col(User.id).in_(_in_sight(uow))).order_by(col(User.name), col(User.id))
    ).all()
    lots = _lots(uow)
    last = dict(
        uow.session.exec(
            select(SignInSession.user_id, func.max(SignInSession.started_at))
            .where(col(SignInSession.user_id).in_([user.id for user in users]))
            .group_by(col(SignInSession.user_id))
        ).all()
    )
    elsewhere = set(uow.session.exec(_elsewhere(uow)))
    return [_person(uow, user, lots, last, elsewhere) for user in users]


def list_to_look_at(uow: UnitOfWork) -> list[tuple[Person, str]]:
    """The people whose access calls for an administrator, and why."""
    people = list_people(uow)
    links = dict(
        uow.session.exec(
            select(OneTimeLink.user_id, func.max(OneTimeLink.expires_at))
            .where(col(OneTimeLink.used_at).is_(None), col(OneTimeLink.user_id).in_(_in_sight(uow)))
            .group_by(col(OneTimeLink.user_id))
        ).all()
    )
    told = [
        (
            person,
            invitation_waits(links.get(person.id), uow.now)
            if person.state == INVITED
            else access_to_review(person.active_until, person.last_sign_in, uow.now),
        )
        for person in people
        if person.state not in (DISABLED, LEFT)
    ]
    return [(person, why) for person, why in told if why]


def list_unsent(uow: UnitOfWork) -> list[Unsent]:
    """Messages that could not be sent, the latest first."""
    found = uow.rows(
        select(User.id, User.name, OutboxMessage.created_at, OutboxMessage.problem)
        .join(OutboxMessage, col(OutboxMessage.to_user_id) == User.id)
        .where(
            col(OutboxMessage.sent_at).is_(None),
            OutboxMessage.problem != "",
            col(User.id).in_(_in_sight(uow)),
        )
        .order_by(col(OutboxMessage.id).desc())
        .limit(MOST_UNSENT)
    )
    return [Unsent(*row) for row in found]


def find_person(uow: UnitOfWork, user_id: int) -> Person:
    """One of the people in sight; NotFound for everybody else."""
    found = next((person for person in list_people(uow) if person.id == user_id), None)
    if found is None:
        raise NotFound
    return found


def find_user(uow: UnitOfWork, user_id: int) -> User:
    """The row of a person in sight, to change it; NotFound for everybody else."""
    user = uow.session.exec(
        select(User).where(User.id == user_id, col(User.id).in_(_in_sight(uow)))
    ).first()
    if user is None:
        raise NotFound
    return user


def is_elsewhere(uow: UnitOfWork, user_id: int) -> bool:
    """Whether somebody has lots in a contract that is not the actor's."""
    return uow.session.exec(_elsewhere(uow).where(UserLot.user_id == user_id)).first() is not None


def count_other_administrators(uow: UnitOfWork, user_id: int) -> int:
    """How many administrators could still let people in if this person could not."""
    return uow.session.exec(
        select(func.count()).where(
            User.role == Role.ADMINISTRATOR,
            User.id != user_id,
            col(User.disabled_at).is_(None),
            col(User.active_until).is_(None),
        )
    ).one()


def list_lots_of(uow: UnitOfWork, user_id: int) -> list[UserLot]:
    """The lots of a person that lie in contracts of the actor's."""
    return list(
        uow.session.exec(
            select(UserLot).where(
                UserLot.user_id == user_id, col(UserLot.contract_id).in_(uow.actor.contract_ids)
            )
        ).all()
    )


def contracts_of(uow: UnitOfWork) -> dict[int, int]:
    """The contract of each of the actor's own lots."""
    own = select(UserLot.lot_id, UserLot.contract_id).where(UserLot.user_id == uow.actor.user_id)
    return dict(uow.session.exec(own).all())


def _in_sight(uow: UnitOfWork) -> SelectOfScalar[int]:
    return select(UserLot.user_id).where(col(UserLot.contract_id).in_(uow.actor.contract_ids))


def _elsewhere(uow: UnitOfWork) -> SelectOfScalar[int]:
    return select(UserLot.user_id).where(col(UserLot.contract_id).not_in(uow.actor.contract_ids))


def _lots(uow: UnitOfWork) -> dict[int, list[int]]:
    lots: dict[int, list[int]] = {}
    for user_id, lot_id in uow.session.exec(
        select(UserLot.user_id, UserLot.lot_id)
        .where(col(UserLot.contract_id).in_(uow.actor.contract_ids))
        .order_by(col(UserLot.lot_id))
    ).all():
        lots.setdefault(user_id, []).append(lot_id)
    return lots


def _person(
    uow: UnitOfWork,
    user: User,
    lots: Mapping[int, list[int]],
    last: Mapping[int, datetime],
    elsewhere: Collection[int],
) -> Person:
    user_id = user.id or 0
    state, tone = _state(uow, user)
    return Person(
        user_id,
        user.name,
        user.email,
        user.role,
        user.organisation,
        tuple(lots.get(user_id, ())),
        user.active_until,
        state,
        tone,
        last.get(user_id),
        user.version,
        user_id in elsewhere,
    )


def _state(uow: UnitOfWork, user: User) -> tuple[str, str]:
    if user.disabled_at is not None:
        return DISABLED, "bad"
    if user.active_until is not None and user.active_until < uow.today:
        return LEFT, "plain"
    if user.demo:
        return "Demo", "note"
    if user.password_hash is None:
        return INVITED, "warn"
    return "Active", "good"
