"""Inviting people, changing what they may see, and shutting them out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlmodel import select

from app.access.models import LinkPurpose, User, UserLot
from app.access.roles import Organisation, Role
from app.accounts.links.service import kill_links, make_link
from app.accounts.sign_in.service import end_all
from app.accounts.users import queries, rules
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.kernel.errors import Invalid
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Standing:
    """What a person is: name, role, organisation, lots, last day and, if they hold cases, who."""

    name: str
    role: Role
    organisation: Organisation | None
    lot_ids: frozenset[int]
    active_until: date | None = None
    practitioner_id: int | None = field(default=None, kw_only=True)


@dataclass(frozen=True)
class Invited:
    """A person and the path of the one-time link that lets them in."""

    user_id: int
    path: str


def invite(uow: UnitOfWork, email: str, standing: Standing, *, mailed: bool) -> Invited:
    """Add a person who chooses a password by a link that lasts 72 hours."""
    with uow.command(Act.USER_INVITE):
        rules.check_lots(standing.lot_ids, uow.actor.lot_ids)
        contracts = queries.contracts_of(uow)
        return _add(uow, email, standing, contracts, mailed=mailed)


def invite_with_contract(
    uow: UnitOfWork, email: str, standing: Standing, contract_id: int, *, mailed: bool = False
) -> Invited:
    """A step: add a person of one contract, as its file or its roster says; a link lets them in."""
    uow.must_be_in(Act.CONTRACT_CREATE, Act.USER_INVITE)
    contracts = dict.fromkeys(standing.lot_ids, contract_id)
    return _add(uow, email, standing, contracts, mailed=mailed)


def end_with_work(uow: UnitOfWork, practitioner_id: int, last_day: date | None) -> None:
    """A step: the sign-in of a practitioner, if they have one, ends with their last day."""
    uow.must_be_in(Act.PEOPLE_EDIT)
    user = uow.session.exec(select(User).where(User.practitioner_id == practitioner_id)).first()
    if user is not None:
        user.active_until = last_day


def add_administrator(uow: UnitOfWork, email: str, name: str, lots: Mapping[int, int]) -> Invited:
    """From the command line: a first administrator, or a new link for one, with every lot."""
    with uow.command(Act.USER_INVITE):
        known = uow.session.exec(select(User).where(User.email == rules.check_email(email))).first()
        if known is None:
            standing = Standing(name, Role.ADMINISTRATOR, Organisation.AGENCY, frozenset(lots))
            return _add(uow, email, standing, lots, mailed=False)
        if known.role is not Role.ADMINISTRATOR or known.id is None:
            raise Invalid("email", "Somebody who is no administrator signs in with this address.")
        known.disabled_at = None
        _give(uow, known.id, lots, had=_all_lots(uow, known.id))
        return Invited(known.id, make_link(uow, known.id, LinkPurpose.INVITATION, mailed=False))


def edit(
    uow: UnitOfWork,
    user_id: int,
    standing: Standing,
    *,
    version: int,
    lot_names: Mapping[int, str],
) -> None:
    """Change what a person is; it counts from their next request.

    `lot_names` tells whoever is too late which lots the person has.
    """
    with uow.command(Act.USER_EDIT):
        user = queries.find_user(uow, user_id)
        uow.expect(user, version, _shown(queries.find_person(uow, user_id), lot_names))
        rules.check_other(user_id, uow.actor.user_id)
        rules.check_role(standing.role, user.practitioner_id)
        rules.check_lots(standing.lot_ids, uow.actor.lot_ids)
        leaves = standing.role is not Role.ADMINISTRATOR or standing.active_until is not None
        if user.role is Role.ADMINISTRATOR and leaves:
            rules.check_administrators(queries.count_other_administrators(uow, user_id))
        _change(uow, user, standing)
        contracts = queries.contracts_of(uow)
        had = {one.lot_id: one for one in queries.list_lots_of(uow, user_id)}
        wanted = {lot_id: contracts[lot_id] for lot_id in standing.lot_ids}
        # Lots are rows of their own, so a change of them alone would leave the version as it is
        # and tell of it under no person.
        user.version += 1
        uow.note("users", user_id, lots=_named(wanted, lot_names))
        # Lots that the administrator lacks are not theirs to take away either.
        _give(uow, user_id, wanted, had={lot: had[lot] for lot in had if lot in contracts})


def disable(uow: UnitOfWork, user_id: int) -> None:
    """Shut a person out at once: no session, no link and no password lets them in."""
    with uow.command(Act.USER_DISABLE):
        user = _find_whole(uow, user_id)
        rules.check_other(user_id, uow.actor.user_id)
        if user.role is Role.ADMINISTRATOR:
            rules.check_administrators(queries.count_other_administrators(uow, user_id))
        user.disabled_at = user.disabled_at or uow.now
        kill_links(uow, user_id)
        end_all(uow, user_id)


def enable(uow: UnitOfWork, user_id: int) -> None:
    """Let a disabled person sign in again."""
    with uow.command(Act.USER_EDIT):
        _find_whole(uow, user_id).disabled_at = None


def end_sessions(uow: UnitOfWork, user_id: int) -> int:
    """Sign a person out everywhere; returns how many sessions ended."""
    with uow.command(Act.USER_DISABLE):
        _find_whole(uow, user_id)
        return end_all(uow, user_id)


def new_link(uow: UnitOfWork, user_id: int, *, mailed: bool) -> Invited:
    """A link by which a person chooses a password; the administrator never learns it."""
    with uow.command(Act.USER_RESET):
        user = _find_whole(uow, user_id)
        invited = user.password_hash is None
        purpose = LinkPurpose.INVITATION if invited else LinkPurpose.RESET
        return Invited(user_id, make_link(uow, user_id, purpose, mailed=mailed))


def _find_whole(uow: UnitOfWork, user_id: int) -> User:
    """A person in sight, to change what counts wherever they have lots."""
    user = queries.find_user(uow, user_id)
    rules.check_shared(elsewhere=queries.is_elsewhere(uow, user_id))
    return user


def _change(uow: UnitOfWork, user: User, standing: Standing) -> None:
    """Make a person what they are to be, beside their lots."""
    wanted = {
        "name": standing.name,
        "role": standing.role,
        "organisation": rules.organisation_of(standing.role, standing.organisation),
        "active_until": standing.active_until,
    }
    changed = {name: value for name, value in wanted.items() if getattr(user, name) != value}
    if changed:
        rules.check_shared(elsewhere=queries.is_elsewhere(uow, user.id or 0))
    for name, value in changed.items():
        setattr(user, name, value)


def _add(
    uow: UnitOfWork, email: str, standing: Standing, contracts: Mapping[int, int], *, mailed: bool
) -> Invited:
    address = rules.check_email(email)
    if uow.session.exec(select(User.id).where(User.email == address)).first() is not None:
        raise Invalid("email", "Somebody already signs in with this address.")
    rules.check_role(standing.role, standing.practitioner_id)
    user = uow.add(
        User(
            email=address,
            name=standing.name,
            role=standing.role,
            organisation=rules.organisation_of(standing.role, standing.organisation),
            practitioner_id=standing.practitioner_id,
            active_until=standing.active_until,
            created_at=uow.now,
        )
    )
    user_id = user.id or 0
    _give(uow, user_id, {lot: contracts[lot] for lot in standing.lot_ids}, had={})
    return Invited(user_id, make_link(uow, user_id, LinkPurpose.INVITATION, mailed=mailed))


def _shown(person: queries.Person, lot_names: Mapping[int, str]) -> dict[str, str]:
    return {
        "Name": person.name,
        "Role": person.role.label,
        "Organisation": person.organisation.label,
        "Lots": _named(person.lot_ids, lot_names),
        "Last day": show_date(person.active_until) if person.active_until else "",
    }


def _named(lot_ids: Iterable[int], lot_names: Mapping[int, str]) -> str:
    return ", ".join(lot_names[lot_id] for lot_id in sorted(lot_ids) if lot_id in lot_names)


def _give(
    uow: UnitOfWork, user_id: int, wanted: Mapping[int, int], *, had: Mapping[int, UserLot]
) -> None:
    for lot_id in had.keys() - wanted.keys():
        uow.remove(had[lot_id])
    for lot_id in sorted(wanted.keys() - had.keys()):
        uow.add(UserLot(user_id=user_id, lot_id=lot_id, contract_id=wanted[lot_id]))


def _all_lots(uow: UnitOfWork, user_id: int) -> dict[int, UserLot]:
    rows: Iterable[UserLot] = uow.session.exec(select(UserLot).where(UserLot.user_id == user_id))
    return {row.lot_id: row for row in rows}
