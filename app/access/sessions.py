"""Finds who a session cookie belongs to, and whether by the server's clock it still counts."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam
from sqlmodel import col, select

from app.access.actor import Actor, actor_for
from app.access.grants import PROVED, PROVED_FOR_LOTS
from app.access.models import Deputy, SignInSession, User, UserLot
from app.kernel.acts import Act
from app.kernel.days import london_date
from app.kernel.errors import ProofNeeded

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
RECENT = timedelta(minutes=10)
SEEN_EVERY = timedelta(minutes=1)


def digest(token: str) -> str:
    """What is stored of a secret that only its holder should know."""
    return hashlib.sha256(token.encode()).hexdigest()


_HOLDER: Any = (
    select(  # type: ignore[call-overload,misc]
        SignInSession.id,
        SignInSession.started_at,
        SignInSession.seen_at,
        SignInSession.proved_at,
        User.id,
        User.name,
        User.role,
        User.organisation,
        User.practitioner_id,
        User.active_until,
        UserLot.lot_id,
        UserLot.contract_id,
        col(Deputy.lot_id).label("covered_id"),
        col(Deputy.contract_id).label("covered_in"),
    )
    .join(User, col(User.id) == SignInSession.user_id)
    .outerjoin(UserLot, col(UserLot.user_id) == User.id)
    .outerjoin(
        Deputy,
        (col(Deputy.user_id) == User.id)
        & (col(Deputy.starts_on) <= bindparam("today"))
        & (col(Deputy.ends_on) >= bindparam("today"))
        & col(Deputy.ended_at).is_(None),
    )
    .where(
        SignInSession.token_hash == bindparam("token_hash"),
        col(SignInSession.ended_at).is_(None),
        col(User.disabled_at).is_(None),
    )
)


def needs_proof(actor: Actor, act: Act, now: datetime, *, changing: bool) -> bool:
    """Whether somebody must prove again who they are before they do this.

    Signing counts when something is `changing`, an export of more than one lot always.
    """
    asked = (changing and act in PROVED) or (act in PROVED_FOR_LOTS and len(actor.lot_ids) > 1)
    return asked and proved_long_ago(actor, now)


def must_be_proved(actor: Actor, now: datetime) -> None:
    """For what ends a case within an act that is not proved elsewhere; ProofNeeded."""
    if proved_long_ago(actor, now):
        raise ProofNeeded


def proved_long_ago(actor: Actor, now: datetime) -> bool:
    """Whether somebody who has to prove who they are has not done so lately."""
    return actor.proved_at is not None and now - actor.proved_at > RECENT


def find_actor(connection: Connection, token: str, now: datetime) -> tuple[Actor, datetime] | None:
    """The actor behind a cookie and when they were last seen; None if it no longer counts."""
    # Past every scope: before this, nobody is known to be narrowed to.
    asked = {"token_hash": digest(token), "today": london_date(now)}
    found = connection.execute(_HOLDER, asked).all()
    if not found:
        return None
    session_id, started, seen, proved, user_id, name, *rest = found[0]
    role, organisation, practitioner, until, *_ = rest
    if now - seen > IDLE or now - started > ABSOLUTE or (until and london_date(now) > until):
        return None
    own = {(row.lot_id, row.contract_id) for row in found if row.lot_id is not None}
    covered = {(row.covered_id, row.covered_in) for row in found if row.covered_id is not None}
    actor = actor_for(
        user_id,
        name,
        role,
        organisation,
        frozenset(own | covered),
        practitioner_id=practitioner,
        session_id=session_id,
        proved_at=proved or started,
    )
    return actor, seen
