"""What an administrator may give to whom, and what may not be taken away."""

import re
from datetime import date, datetime, timedelta

from app.access.roles import Organisation, Role
from app.kernel.days import london_date, show_date
from app.kernel.errors import Invalid, Refused

_EMAIL = re.compile(r"[^@\s,;<>()\"\\]{1,64}@[a-z0-9-]+(?:\.[a-z0-9-]+)+")
LONGEST_EMAIL = 254
LEAVES_SOON = timedelta(days=30)
UNUSED = timedelta(days=60)


def check_email(email: str) -> str:
    """One spelling of an address that mail can reach; Invalid for anything else."""
    normal = email.strip().lower()
    if len(normal) > LONGEST_EMAIL or not _EMAIL.fullmatch(normal):
        raise Invalid("email", "Write an email address such as name@example.org.")
    return normal


def organisation_of(role: Role, chosen: Organisation | None) -> Organisation:
    """The organisation a role belongs to; auditors and administrators may be of either."""
    organisation = role.organisation or chosen
    if organisation is None:
        raise Invalid("organisation", "Choose the organisation this person works for.")
    if chosen not in (None, organisation):
        raise Invalid("organisation", f"This role belongs to the {organisation.value}.")
    return organisation


def check_role(role: Role, practitioner_id: int | None) -> None:
    """A practitioner's sign-in belongs to a practitioner, and nobody else's does."""
    if role is Role.PRACTITIONER and practitioner_id is None:
        raise Invalid("role", "Practitioners of the roster are invited on a page of their own.")
    if role is not Role.PRACTITIONER and practitioner_id is not None:
        raise Invalid("role", "This person holds cases, so the role stays Practitioner.")


def check_lots(wanted: frozenset[int], own: frozenset[int]) -> None:
    """Nobody gives a lot that they lack."""
    if not wanted:
        raise Invalid("lots", "Choose at least one lot.")
    if not wanted <= own:
        raise Invalid("lots", "You can give only lots that you have yourself.")


def check_other(user_id: int, own_id: int | None) -> None:
    """Nobody changes their own role or lots, or disables themselves."""
    if user_id == own_id:
        raise Refused("Another administrator has to change your own role, lots or access.")


def check_shared(*, elsewhere: bool) -> None:
    """Refuses to one contract's administrator what counts in another contract as well."""
    if elsewhere:
        raise Refused(
            "This person has lots in another contract too, so an administrator of both does this."
        )


def check_administrators(left: int) -> None:
    """Somebody must remain who can let people in."""
    if left < 1:
        raise Refused("This is the last administrator. Invite another one first.")


def invitation_waits(link_until: datetime | None, now: datetime) -> str:
    """What stands in the way of somebody invited; `link_until` is that of a link not used yet."""
    if link_until is None or link_until <= now:
        return "The link has run out: make a new one."
    return "Has not chosen a password yet."


def access_to_review(leaves_on: date | None, last_sign_in: datetime | None, now: datetime) -> str:
    """Why to look again at the access of somebody who can sign in; empty where nothing calls."""
    if leaves_on is not None and leaves_on <= london_date(now + LEAVES_SOON):
        return f"Leaves on {show_date(leaves_on)}."
    if last_sign_in is not None and now - last_sign_in > UNUSED:
        return f"Has not signed in since {show_date(london_date(last_sign_in))}."
    return ""
