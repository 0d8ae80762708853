"""Signing in with a password, in a demo without one, and signing out."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlmodel import col, delete, select

from app.access.actor import Actor
from app.access.models import SignInSession, SignInTry, User
from app.access.sessions import ABSOLUTE, IDLE, digest
from app.accounts.passwords import hashing
from app.accounts.sign_in import rules
from app.kernel.acts import Act
from app.kernel.days import LONDON
from app.kernel.errors import Invalid, NotFound, TooMany
from app.work.uow import UnitOfWork

TRIES_KEPT = timedelta(days=1)
WRONG = "The email address or the password is not right."


@dataclass(frozen=True)
class Place:
    """Where somebody signs in from: a network address, and what the browser says of itself."""

    address: str
    agent: str


@dataclass(frozen=True)
class Opened:
    """A new session: its cookie's value, and whether the oldest session was ended for it."""

    token: str
    ended_oldest: bool


def sign_in(uow: UnitOfWork, email: str, password: str, place: Place) -> Opened:
    """Open a session for whoever knows the password; each try counts before it is looked at."""
    email = rules.normal_email(email)
    before = uow.actor.session_id
    uow.actor = Actor.nobody()
    reserve_try(uow, Act.SIGN_IN, email, place)
    user = uow.session.exec(select(User).where(User.email == email)).first()
    user_id = user.id if user else None
    stored = user.password_hash if user is not None and _may_sign_in(uow, user) else None
    # Hashing takes its time, and nobody should wait for a connection meanwhile.
    uow.session.rollback()
    fits, renewed = hashing.matches(password, stored)
    with uow.command(Act.SIGN_IN):
        if fits and user is not None and user.id is not None and _may_sign_in(uow, user):
            user.password_hash = renewed or user.password_hash
            return _open(uow, user.id, place, before)
        uow.note("users", user_id, outcome="refused", address=place.address)
    uow.settle("")
    raise Invalid("email", WRONG)


def sign_in_demo(uow: UnitOfWork, user_id: int, place: Place) -> Opened:
    """Open a session for an invented person; only a demo has the route that leads here."""
    before = uow.actor.session_id
    uow.actor = Actor.nobody()
    with uow.command(Act.SIGN_IN):
        user = uow.get(User, user_id)
        if not user.demo or user.disabled_at:
            raise NotFound
        return _open(uow, user_id, place, before)


def sign_out(uow: UnitOfWork) -> None:
    """End the session that asks."""
    with uow.command(Act.SIGN_OUT):
        end_one(uow, uow.actor.session_id)


def end_one(uow: UnitOfWork, session_id: int | None) -> None:
    """A step: end one session; it stays ended whatever a request under way still does."""
    uow.must_be_in()
    session = uow.get(SignInSession, session_id)
    session.ended_at = session.ended_at or uow.now
    uow.note("users", session.user_id, outcome="session ended")


def end_all(uow: UnitOfWork, user_id: int, *, but: int | None = None) -> int:
    """A step: end every session of a person but perhaps one; returns how many there were."""
    uow.must_be_in()
    ended = [session for session in live_sessions(uow, user_id) if session.id != but]
    for session in ended:
        session.ended_at = uow.now
    if ended:
        uow.note("users", user_id, outcome="sessions ended", sessions=len(ended))
    return len(ended)


def reserve_try(uow: UnitOfWork, act: Act, email: str, place: Place) -> None:
    """Count one try at a person's password, saved before the password is looked at; TooMany."""
    window = rules.window_of(uow.now)
    limits = rules.limits_for(email, place.address)
    with uow.command(act):
        known = uow.session.exec(select(User.id).where(User.email == email)).first()
        tries = dict(
            uow.session.exec(
                select(SignInTry.subject, SignInTry.tries).where(
                    SignInTry.window_starts_at == window,
                    col(SignInTry.subject).in_([limit.subject for limit in limits]),
                )
            ).all()
        )
        left = min(limit.most - tries.get(limit.subject, 0) for limit in limits)
        if left <= 0:
            raise _too_many(uow)
        kept_since = uow.now - TRIES_KEPT
        uow.session.exec(delete(SignInTry).where(col(SignInTry.window_starts_at) < kept_since))
        uow.add_up(
            SignInTry,
            [
                ({"subject": one.subject, "window_starts_at": window}, {"tries": 1})
                for one in limits
            ],
        )
        outcome = "last try before a pause" if left == 1 else "password tried"
        uow.note("users", known, outcome=outcome, address=place.address)
    uow.settle("")


def live_sessions(uow: UnitOfWork, user_id: int) -> Sequence[SignInSession]:
    """The sessions of a person that still count, oldest first."""
    return uow.session.exec(
        select(SignInSession)
        .where(
            SignInSession.user_id == user_id,
            col(SignInSession.ended_at).is_(None),
            col(SignInSession.seen_at) >= uow.now - IDLE,
            col(SignInSession.started_at) >= uow.now - ABSOLUTE,
        )
        .order_by(col(SignInSession.started_at), col(SignInSession.id))
    ).all()


def _too_many(uow: UnitOfWork) -> TooMany:
    again = rules.window_of(uow.now) + rules.WINDOW
    seconds = int((again - uow.now).total_seconds()) + 1
    at = again.astimezone(LONDON)
    return TooMany(f"Too many tries to sign in. Try again at {at:%H:%M}.", retry_after=seconds)


def _may_sign_in(uow: UnitOfWork, user: User) -> bool:
    left = user.active_until is not None and user.active_until < uow.today
    return user.disabled_at is None and not left


def _open(uow: UnitOfWork, user_id: int, place: Place, before: int | None) -> Opened:
    if before is not None:
        # A session that signs in again gets a new secret, and the old one dies.
        end_one(uow, before)
        uow.session.flush()
    live = live_sessions(uow, user_id)
    too_many = live[: max(0, len(live) - rules.MOST_SESSIONS + 1)]
    for session in too_many:
        session.ended_at = uow.now
    token = secrets.token_urlsafe(32)
    uow.add(
        SignInSession(
            token_hash=digest(token),
            user_id=user_id,
            started_at=uow.now,
            seen_at=uow.now,
            agent=place.agent[:120],
        )
    )
    uow.note("users", user_id, outcome="signed in", address=place.address)
    return Opened(token, bool(too_many))
