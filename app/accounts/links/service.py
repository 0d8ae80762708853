"""Making one-time links, and choosing a password by one."""

import secrets
from datetime import timedelta

from sqlmodel import col, select

from app.access.actor import Actor
from app.access.models import LinkPurpose, OneTimeLink, User
from app.access.sessions import digest
from app.accounts.passwords import hashing
from app.accounts.passwords.rules import refuse_weak
from app.accounts.sign_in.service import end_all
from app.kernel.acts import Act
from app.kernel.errors import Invalid, NotFound
from app.work.uow import UnitOfWork

LASTS = {LinkPurpose.INVITATION: timedelta(hours=72), LinkPurpose.RESET: timedelta(minutes=30)}
SUBJECTS = {
    LinkPurpose.INVITATION: "Your invitation to Clearway",
    LinkPurpose.RESET: "Choose a new Clearway password",
}


def make_link(uow: UnitOfWork, user_id: int, purpose: LinkPurpose, *, mailed: bool) -> str:
    """A step: the path of a new link, which no one can read again; older links die."""
    uow.must_be_in()
    kill_links(uow, user_id)
    token = secrets.token_urlsafe(32)
    uow.add(
        OneTimeLink(
            token_hash=digest(token),
            user_id=user_id,
            purpose=purpose,
            expires_at=uow.now + LASTS[purpose],
        )
    )
    path = f"/choose-password/{purpose.value}/{token}"
    if mailed:
        uow.mail(user_id, SUBJECTS[purpose], path)
    uow.note("users", user_id, outcome=f"{purpose.value} link made")
    return path


def kill_links(uow: UnitOfWork, user_id: int) -> None:
    """A step: no link that a person was given works any longer."""
    uow.must_be_in()
    for link in uow.session.exec(
        select(OneTimeLink).where(
            OneTimeLink.user_id == user_id, col(OneTimeLink.used_at).is_(None)
        )
    ).all():
        link.used_at = uow.now


def find_person(uow: UnitOfWork, purpose: LinkPurpose, token: str) -> User:
    """Whom a link belongs to; NotFound unless it works, for this purpose, now."""
    found = uow.session.exec(
        select(User)
        .join(OneTimeLink, col(OneTimeLink.user_id) == User.id)
        .where(
            OneTimeLink.token_hash == digest(token),
            OneTimeLink.purpose == purpose,
            col(OneTimeLink.used_at).is_(None),
            col(OneTimeLink.expires_at) > uow.now,
            col(User.disabled_at).is_(None),
        )
    ).first()
    if found is None:
        raise NotFound
    return found


def choose_password(
    uow: UnitOfWork, purpose: LinkPurpose, token: str, password: str, again: str
) -> None:
    """Set a password by a link; other links die and every session of the person ends."""
    uow.actor = Actor.nobody()
    person = find_person(uow, purpose, token)
    refuse_weak(password, (person.name, person.email))
    if password != again:
        raise Invalid("again", "The two passwords differ.")
    uow.session.rollback()
    hashed = hashing.hash_of(password)
    with uow.command(Act.PASSWORD_CHOOSE):
        person = find_person(uow, purpose, token)
        if person.id is None:
            raise NotFound
        person.password_hash = hashed
        kill_links(uow, person.id)
        end_all(uow, person.id)
        uow.note("users", person.id, outcome=f"{purpose.value} link used")
