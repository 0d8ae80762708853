"""Changing one's own password, proving again who one is, and ending one's own sessions."""

from app.access.models import SignInSession, User
from app.accounts.links.service import kill_links
from app.accounts.passwords import hashing
from app.accounts.passwords.rules import refuse_weak
from app.accounts.sign_in.service import Place, end_all, end_one, reserve_try
from app.kernel.acts import Act
from app.kernel.errors import Invalid, NotFound
from app.work.uow import UnitOfWork


def change_password(
    uow: UnitOfWork, present: str, password: str, again: str, place: Place, *, mailed: bool
) -> None:
    """Change the password of whoever asks and knows it; other sessions and links end."""
    user = uow.get(User, uow.actor.user_id)
    refuse_weak(password, (user.name, user.email))
    if password != again:
        raise Invalid("again", "The two passwords differ.")
    stored, email, user_id = user.password_hash, user.email, user.id
    reserve_try(uow, Act.ACCOUNT_MANAGE, email, place)
    fits, _ = hashing.matches(present, stored)
    if not fits or user_id is None:
        raise Invalid("present", "This is not your present password.")
    hashed = hashing.hash_of(password)
    with uow.command(Act.ACCOUNT_MANAGE):
        uow.get(User, user_id).password_hash = hashed
        kill_links(uow, user_id)
        end_all(uow, user_id, but=uow.actor.session_id)
        if mailed:
            uow.mail(user_id, "Your Clearway password was changed", "/account")


def prove(uow: UnitOfWork, password: str, place: Place, *, demo: bool) -> None:
    """Note that whoever asks has just proved who they are; Invalid if the password is not theirs.

    In a demo its invented people, who have no password, only say so.
    """
    user = uow.get(User, uow.actor.user_id)
    stored, email = user.password_hash, user.email
    if not (demo and user.demo):
        reserve_try(uow, Act.ACCOUNT_MANAGE, email, place)
        fits, _ = hashing.matches(password, stored)
        if not fits:
            raise Invalid("_proof", "This is not your password.")
    with uow.command(Act.ACCOUNT_MANAGE):
        uow.get(SignInSession, uow.actor.session_id).proved_at = uow.now
        uow.note("users", uow.actor.user_id, outcome="proved again who they are")
    uow.settle("")


def end_session(uow: UnitOfWork, session_id: int) -> None:
    """End one of one's own sessions."""
    with uow.command(Act.ACCOUNT_MANAGE):
        if uow.get(SignInSession, session_id).user_id != uow.actor.user_id:
            raise NotFound
        end_one(uow, session_id)
