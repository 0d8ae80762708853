"""Acts of safeguarding: raising a flag, acknowledging it, resolving it."""

from sqlmodel import col, select

from app.access.models import User, UserLot
from app.access.roles import Role
from app.cases.register import priorities
from app.cases.register import service as register
from app.cases.register.models import Case
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.safeguarding.flags import rules
from app.safeguarding.flags.models import Flag
from app.safeguarding.flags.rules import Concern
from app.work.uow import UnitOfWork

ALERTED = (Role.DISTRICT_MANAGER, Role.TEAM_MANAGER)


def raise_flag(uow: UnitOfWork, reference: str, concern: Concern, note: str = "") -> None:
    """Raise a flag on any reference; it always arrives and says nothing about the case.

    A reference of the actor's contracts is matched beyond their lots and own cases, and the flag
    goes to that case's lot; any other goes to the actor's lot, as a flag without a case.
    """
    with uow.command(Act.FLAG_RAISE), uow.beyond_scope():
        if not uow.actor.lot_ids:
            raise Refused("You belong to no lot; ask your administrator.")
        case = _match(uow, reference)
        lot_id = case.lot_id if case else min(uow.actor.lot_ids)
        uow.add(
            Flag(
                lot_id=lot_id,
                case_id=case.id if case else None,
                reference=reference,
                concern=concern,
                note=note,
                raised_by=uow.actor.user_id,
                raised_at=uow.now,
            )
        )
        if case is not None:
            priorities.flag_raised(uow, case)
        for user_id in _alerted(uow, lot_id):
            uow.mail(user_id, "A safeguarding flag was raised", "/flags")


def acknowledge(uow: UnitOfWork, flag_id: int) -> None:
    """The council takes notice of a flag: its hours of waiting end."""
    with uow.command(Act.FLAG_ACKNOWLEDGE):
        flag = uow.get(Flag, flag_id)
        rules.check_acknowledge(_standing(flag))
        flag.acknowledged_by, flag.acknowledged_at = uow.actor.user_id, uow.now


def resolve(uow: UnitOfWork, flag_id: int, resolution: str) -> None:
    """The council says what became of the concern; the case may end again."""
    with uow.command(Act.FLAG_RESOLVE):
        flag = uow.get(Flag, flag_id)
        rules.check_resolve(_standing(flag))
        flag.resolved_by, flag.resolved_at = uow.actor.user_id, uow.now
        flag.resolution = resolution
        if flag.case_id is not None:
            priorities.flag_resolved(uow, register.find(uow, flag.case_id))


def _standing(flag: Flag) -> rules.Standing:
    return rules.Standing(flag.acknowledged_at is not None, flag.resolved_at is not None)


def _match(uow: UnitOfWork, reference: str) -> Case | None:
    spellings = {reference, reference.upper(), reference.lower()}
    found = uow.session.exec(
        select(Case).where(
            col(Case.reference).in_(spellings),
            col(Case.contract_id).in_(uow.actor.contract_ids),
        )
    ).all()
    return min(found, key=lambda case: (not case.state.is_open, case.id), default=None)


def _alerted(uow: UnitOfWork, lot_id: int) -> list[int]:
    people = (
        select(User.id)
        .join(UserLot, col(UserLot.user_id) == User.id)
        .where(
            UserLot.lot_id == lot_id,
            col(User.role).in_(ALERTED),
            col(User.disabled_at).is_(None),
        )
        .order_by(col(User.id))
    )
    return [user_id for user_id in uow.session.exec(people).all() if user_id is not None]
