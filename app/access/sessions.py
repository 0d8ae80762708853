"""Finds who a session cookie belongs to, and whether by the server's clock it still counts."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import bindparam
from sqlmodel import Session, col, select

from app.access.actor import Actor, actor_for
from app.access.models import SignInSession, User, UserLot
from app.kernel.days import london_date

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)


def digest(token: str) -> str:
    """What is stored of a secret that only its holder should know."""
    return hashlib.sha256(token.encode()).hexdigest()


_HOLDER: Any = (
    select(  # type: ignore[call-overload]
        SignInSession.id,
        SignInSession.started_at,
        SignInSession.seen_at,
        User.id,
        User.name,
        User.role,
        User.organisation,
        User.practitioner_id,
        User.active_until,
        UserLot.lot_id,
        UserLot.contract_id,
    )
    .join(User, col(User.id) == SignInSession.user_id)
    .outerjoin(UserLot, col(UserLot.user_id) == User.id)
    .where(
        SignInSession.token_hash == bindparam("token_hash"),
        col(SignInSession.ended_at).is_(None),
        col(User.disabled_at).is_(None),
    )
)


def find_actor(session: Session, token: str, now: datetime) -> tuple[Actor, datetime] | None:
    """The actor behind a cookie and when they were last seen; None if it no longer counts."""
    # Past the session's ORM, and so past its scope: before this, nobody is known to be narrowed to.
    found = session.connection().execute(_HOLDER, {"token_hash": digest(token)}).all()
    if not found:
        return None
    session_id, started, seen, user_id, name, role, organisation, practitioner, until, *_ = found[0]
    if now - seen > IDLE or now - started > ABSOLUTE or (until and london_date(now) > until):
        return None
    actor = actor_for(
        user_id,
        name,
        role,
        organisation,
        frozenset((row.lot_id, row.contract_id) for row in found if row.lot_id is not None),
        practitioner_id=practitioner,
        session_id=session_id,
    )
    return actor, seen
