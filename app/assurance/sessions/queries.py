"""Reads of support sessions: that they were held, how often themes came up, and one, unsealed."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, bindparam, func, or_, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import LinkPurpose, OneTimeLink, User, UserLot
from app.access.roles import Organisation, Role
from app.assurance.sessions import rules
from app.assurance.sessions.models import SealedNote, SupportSession, ThemeTally
from app.assurance.sessions.rules import OWED, SUPPORTED, Kind, Theme
from app.assurance.supervision.queries import terms_of
from app.kernel.days import london_date
from app.kernel.errors import NotFound
from app.kernel.small_numbers import suppress
from app.work.uow import UnitOfWork
from app.work.vault import Vault

MOST = 100
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class SessionRow:
    """That a session was held, as its two people and their managers see it."""

    id: int
    kind: Kind
    supervisor: str
    supervisee: str
    held_on: date
    liaison_on: date | None


@dataclass(frozen=True)
class Said:
    """What one of the two wrote, as they alone read it."""

    by: str
    written_at: datetime
    words: str


@dataclass(frozen=True)
class Opened:
    """A session with what was said in it."""

    session: SessionRow
    said: tuple[Said, ...]


@dataclass(frozen=True)
class PersonLine:
    """Somebody of the team with the session they are owed, when it was last held, and is due.

    `liaison_on` is when the head of service was last spoken with about a manager.
    """

    user_id: int
    name: str
    role: Role
    kind: Kind
    held_on: date | None
    due_on: date
    held: int
    liaison_on: date | None

    def is_late(self, today: date) -> bool:
        return self.due_on < today


_supervisor, _supervisee = aliased(User), aliased(User)
_columns: tuple[Any, ...] = (
    SupportSession.id,
    SupportSession.kind,
    _supervisor.name,
    _supervisee.name,
    SupportSession.held_on,
    SupportSession.liaison_on,
)
_ROWS = (
    select(*_columns)
    .select_from(SupportSession)
    .join(_supervisor, col(_supervisor.id) == col(SupportSession.supervisor_id))
    .join(_supervisee, col(_supervisee.id) == col(SupportSession.supervisee_id))
    .order_by(col(SupportSession.held_on).desc(), col(SupportSession.id).desc())
)
_OF_ONE = or_(
    col(SupportSession.supervisor_id) == bindparam("user_id"),
    col(SupportSession.supervisee_id) == bindparam("user_id"),
)
_OWN = _ROWS.where(_OF_ONE).limit(MOST)
_ONE = _ROWS.where(_OF_ONE, col(SupportSession.id) == bindparam("session_id"))
_note_columns: tuple[Any, ...] = (User.name, SealedNote.written_at, SealedNote.sealed)
_NOTES = (
    select(*_note_columns)
    .select_from(SealedNote)
    .join(User, col(User.id) == col(SealedNote.author_id))
    .where(col(SealedNote.session_id) == bindparam("session_id"))
    .order_by(col(SealedNote.id))
)
_IN_POST = and_(
    col(User.organisation) == Organisation.AGENCY,
    col(User.role).in_(SUPPORTED),
    col(User.disabled_at).is_(None),
    or_(col(User.active_until).is_(None), col(User.active_until) >= bindparam("today")),
)
_PEOPLE = (
    select(col(User.id), col(User.name), col(User.role), col(UserLot.contract_id))
    .join(UserLot, col(UserLot.user_id) == col(User.id))
    .where(
        _IN_POST,
        col(UserLot.contract_id).in_(bindparam("contract_ids", expanding=True)),
        col(User.id) != bindparam("user_id"),
    )
    .distinct()
    .order_by(col(User.name), col(User.id))
)
_TEAM = (
    select(
        col(User.id),
        col(User.name),
        col(User.role),
        col(User.created_at),
        func.min(col(UserLot.contract_id)).label("contract_id"),
    )
    .join(UserLot, col(UserLot.user_id) == col(User.id))
    .where(
        _IN_POST,
        col(User.role).in_(OWED),
        col(UserLot.lot_id).in_(bindparam("lot_ids", expanding=True)),
    )
    .group_by(col(User.id), col(User.name), col(User.role), col(User.created_at))
)
_LAST = (
    select(
        col(SupportSession.supervisee_id),
        col(SupportSession.kind),
        func.max(col(SupportSession.held_on)),
        func.count(),
        func.max(col(SupportSession.liaison_on)),
    )
    .where(col(SupportSession.held_on) >= bindparam("since"))
    .group_by(col(SupportSession.supervisee_id), col(SupportSession.kind))
)
_TALLIES = (
    select(col(ThemeTally.theme), func.sum(col(ThemeTally.sessions)))
    .where(col(ThemeTally.month) >= bindparam("since"))
    .group_by(col(ThemeTally.theme))
)
_LAST_LINK = select(func.max(col(OneTimeLink.used_at))).where(
    col(OneTimeLink.user_id) == bindparam("user_id"), col(OneTimeLink.purpose) == LinkPurpose.RESET
)


def own_sessions(uow: UnitOfWork) -> list[SessionRow]:
    """The sessions that the actor had with somebody, the latest first."""
    return [SessionRow(*row) for row in uow.rows(_OWN, user_id=uow.actor.user_id)]


def open_session(uow: UnitOfWork, vault: Vault, session_id: int) -> Opened:
    """One session unsealed for one of its two people; to anybody else it is not there."""
    session = find_own(uow, session_id)
    row = uow.rows(_ONE, user_id=uow.actor.user_id, session_id=session_id).one()
    about = about_of(session)
    said = tuple(
        Said(name, at, vault.open(session.wrapped_key, sealed, about))
        for name, at, sealed in uow.rows(_NOTES, session_id=session_id)
    )
    return Opened(SessionRow(*row), said)


def find_own(uow: UnitOfWork, session_id: int) -> SupportSession:
    """A session of the actor's; NotFound for all others, Refused soon after a reset by link."""
    session = uow.get(SupportSession, session_id)
    if uow.actor.user_id not in (session.supervisor_id, session.supervisee_id):
        raise NotFound
    used_at = uow.rows(_LAST_LINK, user_id=uow.actor.user_id).scalar()
    rules.check_link(used_at, uow.now)
    return session


def about_of(session: SupportSession) -> str:
    """What a session's seal is bound to: with other people or another day it does not open."""
    pair = f"{session.supervisor_id} and {session.supervisee_id}"
    return f"support session of {pair} on {session.held_on.isoformat()}"


def possible_partners(uow: UnitOfWork) -> dict[int, tuple[str, Role, int]]:
    """Everybody of the team, in any lot of the actor's contracts: name, role and contract."""
    asked = {"contract_ids": sorted(uow.actor.contract_ids), "user_id": uow.actor.user_id}
    return {
        user_id: (name, role, contract_id)
        for user_id, name, role, contract_id in uow.rows(_PEOPLE, today=uow.today, **asked)
    }


def team(uow: UnitOfWork) -> list[PersonLine]:
    """The people of the actor's lots with the session they are owed, whoever is due first."""
    last = {
        (user_id, kind): told for user_id, kind, *told in uow.rows(_LAST, since=uow.today - YEAR)
    }
    days: dict[int, Mapping[Kind, int]] = {}
    lines = []
    for row in uow.rows(_TEAM, today=uow.today, lot_ids=sorted(uow.actor.lot_ids)):
        if row.contract_id not in days:
            terms = terms_of(uow, row.contract_id)
            every = {Kind.PERSONAL: terms.personal_days, Kind.WELFARE: terms.welfare_days}
            days[row.contract_id] = every
        kind = rules.owed(row.role)
        held_on, number, liaison_on = last.get((row.id, kind), (None, 0, None))
        since = held_on or london_date(row.created_at)
        due_on = since + timedelta(days=days[row.contract_id][kind])
        lines.append(
            PersonLine(row.id, row.name, row.role, kind, held_on, due_on, number, liaison_on)
        )
    return sorted(lines, key=lambda line: (line.due_on, line.name))


def themes(uow: UnitOfWork) -> list[tuple[Theme, int | None]]:
    """In how many sessions of a year each theme came up; None where it is too few to tell."""
    first = (uow.today - YEAR).replace(day=1)
    counts = dict.fromkeys(Theme, 0)
    for theme, sessions in uow.rows(_TALLIES, since=first):
        counts[theme] = int(sessions)
    (hidden,) = suppress([list(counts.values())]).rows
    return list(zip(counts, hidden, strict=True))
