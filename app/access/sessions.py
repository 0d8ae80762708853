"""Finds who a session cookie belongs to, and whether by the server's clock it still counts."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

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


def find_actor(session: Session, token: str, now: datetime) -> tuple[Actor, datetime] | None:
    """The actor behind a cookie and when they were last seen; None if it no longer counts."""
    columns: tuple[Any, ...] = (
        SignInSession.id,
        SignInSession.started_at,
        SignInSession.seen_at,
        User.id,
        User.name,
        User.role,
        User.organisation,
        User.practitioner_id,
        User.active_until,
    )
    found = session.execute(
        select(*columns)
        .join(User, col(User.id) == SignInSession.user_id)
        .where(
            SignInSession.token_hash == digest(token),
            col(SignInSession.ended_at).is_(None),
            col(User.disabled_at).is_(None),
        )
    ).first()
    if found is None:
        return None
    session_id, started, seen, user_id, name, role, organisation, practitioner, until = found
    if now - seen > IDLE or now - started > ABSOLUTE or (until and london_date(now) > until):
        return None
    lots = session.exec(
        select(UserLot.lot_id, UserLot.contract_id).where(UserLot.user_id == user_id)
    ).all()
    actor = actor_for(
        user_id,
        name,
        role,
        organisation,
        frozenset((lot, contract) for lot, contract in lots),
        practitioner_id=practitioner,
        session_id=session_id,
    )
    return actor, seen
