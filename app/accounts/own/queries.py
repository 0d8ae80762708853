"""What a person sees of their own account."""

from dataclasses import dataclass
from datetime import datetime

from app.access.models import User
from app.accounts.sign_in.rules import browser_of
from app.accounts.sign_in.service import live_sessions
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class OwnSession:
    """One browser in which a person is signed in."""

    id: int
    browser: str
    started_at: datetime
    seen_at: datetime
    here: bool


@dataclass(frozen=True)
class OwnAccount:
    """A person as they know themselves."""

    email: str
    has_password: bool
    sessions: tuple[OwnSession, ...]


def show_account(uow: UnitOfWork) -> OwnAccount:
    """The account of whoever asks, with their sessions, the newest first."""
    user = uow.get(User, uow.actor.user_id)
    sessions = tuple(
        OwnSession(
            one.id, browser_of(one.agent), one.started_at, one.seen_at,
            one.id == uow.actor.session_id,
        )
        for one in reversed(live_sessions(uow, uow.actor.user_id or 0))
        if one.id is not None
    )  # fmt: skip
    return OwnAccount(user.email, user.password_hash is not None, sessions)
