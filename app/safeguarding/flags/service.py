"""Acts of safeguarding: raising a flag, alerting again, calls, acknowledging and resolving it."""

import threading
from collections.abc import Iterable
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement
from sqlmodel import col, func, or_, select

from app.access.models import User, UserLot
from app.access.roles import Role
from app.cases.listing.rules import other_forms
from app.cases.register import priorities
from app.cases.register import service as register
from app.cases.register.models import Case
from app.contract import queries as contract
from app.contract.everywhere import everywhere
from app.contract.models import Lot
from app.kernel.acts import Act
from app.kernel.errors import Invalid, Refused
from app.kernel.identifiers import identifiers_in
from app.safeguarding.flags import rules
from app.safeguarding.flags.models import Flag, FlagAlert, FlagCall
from app.safeguarding.flags.rules import Call, Concern, hours_waiting
from app.work.database import Database
from app.work.keeper import keep_doing
from app.work.models import OutboxMessage
from app.work.uow import UnitOfWork

LOOK_EVERY_SECONDS = 120
# Each with the lot's name, by which it is known who had word of that lot's flags.
RAISED = "A safeguarding flag was raised in {}"
NOT_ACKNOWLEDGED = "A safeguarding flag is not acknowledged yet in {}"


def raise_flag(
    uow: UnitOfWork, reference: str, concern: Concern, note: str = "", call: Call | None = None
) -> None:
    """Raise a flag on any reference; it always arrives and says nothing about the case.

    A reference of the actor's contracts is matched beyond their lots and own cases, and the flag
    goes to that case's lot; any other goes to the actor's lot, as a flag without a case.
    """
    with uow.command(Act.FLAG_RAISE), uow.beyond_scope():
        if not uow.actor.lot_ids:
            raise Refused("You belong to no lot; ask your administrator.")
        case = _match(uow, reference)
        lot_id = case.lot_id if case else min(uow.actor.lot_ids)
        flag = uow.add(
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
        if call is not None:
            _keep_call(uow, flag, call)
        if held := identifiers_in(note):
            uow.note("free_text", flag.id, seems_to_hold=" and ".join(held))
        _tell(uow, lot_id)


def attach(uow: UnitOfWork, flag_id: int, reference: str) -> None:
    """Say which case a flag without one is about; the case becomes urgent now."""
    with uow.command(Act.FLAG_ATTACH):
        flag = uow.get(Flag, flag_id)
        rules.check_attach(flag.case_id, _standing(flag))
        case = _match(uow, reference)
        if case is None:
            raise Invalid("reference", "None of your cases has this reference.")
        if case.lot_id != flag.lot_id:
            _tell(uow, case.lot_id)
        for row in (flag, *_about(uow, flag_id)):
            row.case_id, row.lot_id = case.id, case.lot_id
        flag.attached_by, flag.attached_at = uow.actor.user_id, uow.now
        priorities.flag_raised(uow, case)


def log_call(uow: UnitOfWork, flag_id: int, call: Call) -> None:
    """Log a telephone call that was made about a flag."""
    with uow.command(Act.FLAG_CALL):
        _keep_call(uow, uow.get(Flag, flag_id), call)


def keep_alerting(database: Database, stop: threading.Event) -> None:
    """Look every two minutes whether a flag waits too long for its acknowledgement."""
    keep_doing(partial(alert_everywhere, database), LOOK_EVERY_SECONDS, stop)


def alert_everywhere(database: Database) -> int:
    """Alert again in every lot of every contract; returns how many flags it was due for."""
    with database.work(everywhere(database)) as uow:
        return alert_again(uow) if _due(uow) or _untold(uow) else 0


def alert_again(uow: UnitOfWork) -> int:
    """Tell whoever decides again of each flag that waits too long, in the end one step higher.

    Whoever came to decide since a flag was raised is told of it at once.
    """
    with uow.command(Act.FLAG_ALERT):
        for lot_id, untold in _untold(uow):
            _mail(uow, NOT_ACKNOWLEDGED, lot_id, untold)
        due = _due(uow)
        for flag, number in due:
            uow.add(FlagAlert(**_of_flag(flag), number=number, at=uow.now))
            also = [Role.TEAM_MANAGER]
            also += [Role.COUNCIL_PROJECT_MANAGER] if rules.goes_up(number) else []
            _mail(uow, NOT_ACKNOWLEDGED, flag.lot_id, _alerted(uow, flag.lot_id, *also))
        return len(due)


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


def _keep_call(uow: UnitOfWork, flag: Flag, call: Call) -> None:
    rules.check_call(call, flag.raised_at, uow.now)
    uow.add(FlagCall(**_of_flag(flag), **vars(call), by_user_id=uow.actor.user_id))


def _of_flag(flag: Flag) -> dict[str, Any]:
    return {"flag_id": flag.id, "case_id": flag.case_id, "lot_id": flag.lot_id}


def _about(uow: UnitOfWork, flag_id: int) -> list[FlagCall | FlagAlert]:
    calls = uow.session.exec(select(FlagCall).where(FlagCall.flag_id == flag_id)).all()
    alerts = uow.session.exec(select(FlagAlert).where(FlagAlert.flag_id == flag_id)).all()
    return [*calls, *alerts]


def _untold(uow: UnitOfWork) -> list[tuple[int, list[int]]]:
    """By lot in which a flag waits: who decides or manages there and had no word of it since then.

    A new District Manager, a deputy whose cover begins, a team manager who joins.
    """
    waiting = select(Flag.lot_id, func.min(Flag.raised_at)).where(
        col(Flag.resolved_at).is_(None), col(Flag.acknowledged_at).is_(None)
    )
    found = []
    for lot_id, oldest in uow.session.exec(waiting.group_by(col(Flag.lot_id))).all():
        lot = uow.get(Lot, lot_id).name
        told = select(OutboxMessage.to_user_id).where(
            # By their subjects: the link is taken out of a message that has gone.
            col(OutboxMessage.subject).in_((RAISED.format(lot), NOT_ACKNOWLEDGED.format(lot))),
            OutboxMessage.created_at >= oldest,
        )
        known = set(uow.session.exec(told).all())
        untold = [one for one in _alerted(uow, lot_id, Role.TEAM_MANAGER) if one not in known]
        found += [(lot_id, untold)] if untold else []
    return found


def _due(uow: UnitOfWork) -> list[tuple[Flag, int]]:
    """The unacknowledged flags for which an alert is due that was not sent, with its number."""
    sent = (
        select(func.coalesce(func.max(FlagAlert.number), 0))
        .where(FlagAlert.flag_id == Flag.id)
        .scalar_subquery()
    )
    waiting = uow.session.exec(
        select(Flag, sent)
        .where(col(Flag.resolved_at).is_(None), col(Flag.acknowledged_at).is_(None))
        .order_by(col(Flag.raised_at), col(Flag.id))
    ).all()
    numbered = [
        (flag, rules.alert_due(hours_waiting(flag.raised_at, uow.now)), before)
        for flag, before in waiting
    ]
    return [(flag, number) for flag, number, before in numbered if number > before]


def _match(uow: UnitOfWork, reference: str) -> Case | None:
    """The case of a reference as typed, or else in another case, spacing or number of zeros."""
    spelt = col(Case.reference)
    bare = func.upper(func.replace(spelt, " ", ""))
    # The last looks at every reference of the contract, for those that hold spaces themselves.
    for same in (
        spelt == reference,
        spelt.in_(other_forms(reference)),
        bare == "".join(reference.split()).upper(),
    ):
        if found := _of(uow, same):
            return min(found, key=lambda case: (not case.state.is_open, case.id))
    return None


def _of(uow: UnitOfWork, same: ColumnElement[bool]) -> list[Case]:
    known = col(Case.contract_id).in_(uow.actor.contract_ids)
    return list(uow.session.exec(select(Case).where(same, known)).all())


def _tell(uow: UnitOfWork, lot_id: int) -> None:
    """Send word of a flag to whoever decides in a lot and to its team managers."""
    _mail(uow, RAISED, lot_id, _alerted(uow, lot_id, Role.TEAM_MANAGER))


def _mail(uow: UnitOfWork, sentence: str, lot_id: int, user_ids: Iterable[int]) -> None:
    for user_id in user_ids:
        uow.mail(user_id, sentence.format(uow.get(Lot, lot_id).name), "/flags", urgent=True)


def _alerted(uow: UnitOfWork, lot_id: int, *roles: Role) -> list[int]:
    """Whoever decides in the lot today, then the lot's people in those roles."""
    deciders = [one.user_id for one in contract.deciders(uow, lot_id)]
    people = (
        select(User.id)
        .join(UserLot, col(UserLot.user_id) == User.id)
        .where(
            UserLot.lot_id == lot_id,
            # Her own people where a lot has no District Manager named.
            col(User.role).in_(roles if deciders else (*roles, Role.DISTRICT_MANAGER)),
            col(User.disabled_at).is_(None),
            or_(col(User.active_until).is_(None), col(User.active_until) >= uow.today),
        )
        .order_by(col(User.id))
    )
    others = [user_id for user_id in uow.session.exec(people).all() if user_id is not None]
    return list(dict.fromkeys(deciders + others))
