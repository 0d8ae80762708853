"""Acts on dated actions: one is set, done, dropped or given to somebody else."""

from app.access.roles import Role
from app.cases.actions import queries, rules
from app.cases.actions.models import CaseAction
from app.cases.actions.rules import Ending, Source, Wanted
from app.cases.register import service as register
from app.kernel.acts import Act
from app.kernel.errors import Invalid, Refused
from app.work.uow import UnitOfWork


def set_action(uow: UnitOfWork, case_id: int, wanted: Wanted) -> int:
    """Set an action on an open case, within the command of the decision; returns its id.

    Raises Invalid on `owner_id`, `due_on` or `note`, and Refused once the case has ended.
    """
    uow.must_be_in()
    case = register.find(uow, case_id)
    if not case.state.is_open:
        raise Refused("This case has ended: nothing more is to be done on it.")
    rules.check_wanted(wanted, uow.today)
    check_owner(uow, case_id, wanted.owner_id)
    action = uow.add(
        CaseAction(
            case_id=case_id,
            lot_id=case.lot_id,
            **vars(wanted),
            set_by=uow.actor.user_id,
            set_at=uow.now,
        )
    )
    if wanted.owner_id != uow.actor.user_id:
        uow.mail(wanted.owner_id, "You have a new action on a case", "/actions")
    return action.id or 0


def direct(uow: UnitOfWork, case_id: int, wanted: Wanted) -> int:
    """A manager gives somebody an action on a case outside any meeting; returns its id."""
    if wanted.source is not Source.DIRECTION:
        raise ValueError("Other sources set actions within their own commands.")
    with uow.command(Act.ACTION_SET):
        return set_action(uow, case_id, wanted)


def complete(uow: UnitOfWork, action_id: int) -> CaseAction:
    """Mark an action done: its owner does, or a manager for somebody who is away."""
    with uow.command(Act.ACTION_DONE):
        action = _find(uow, action_id)
        if uow.actor.role is Role.PRACTITIONER and action.owner_id != uow.actor.user_id:
            raise Refused("Only whoever is to do it, or a manager, marks it done.")
        _end(uow, action, Ending.DONE)
    return action


def drop(uow: UnitOfWork, action_id: int, reason: str) -> CaseAction:
    """Drop an action that is no longer wanted, with the reason."""
    with uow.command(Act.ACTION_CHANGE):
        if not reason:
            raise Invalid("reason", "Say why it is dropped.")
        action = _find(uow, action_id)
        _end(uow, action, Ending.DROPPED)
        action.reason = reason
    return action


def give(uow: UnitOfWork, action_id: int, owner_id: int) -> CaseAction:
    """Give an open action to somebody else, who is told."""
    with uow.command(Act.ACTION_CHANGE):
        action = _find(uow, action_id)
        rules.check_open(action.ending)
        if owner_id == action.owner_id:
            raise Invalid("owner_id", "It is with them already.")
        check_owner(uow, action.case_id, owner_id)
        action.owner_id = owner_id
        uow.mail(owner_id, "You have a new action on a case", "/actions")
    return action


def _find(uow: UnitOfWork, action_id: int) -> CaseAction:
    """The action; neither side ends or gives on what the other is to do, unless they asked it."""
    action = uow.get(CaseAction, action_id)
    row = queries.find(uow, action_id)
    if not row.is_for(uow.actor):
        raise Refused(f"This action is with the {row.owner_side.value}: they say how it ends.")
    return action


def _end(uow: UnitOfWork, action: CaseAction, ending: Ending) -> None:
    rules.check_open(action.ending)
    action.ending, action.ended_on, action.ended_by = ending, uow.today, uow.actor.user_id


def check_owner(uow: UnitOfWork, case_id: int, owner_id: int) -> None:
    """Raise Invalid on `owner_id` for somebody who has nothing to do with the case."""
    if owner_id not in dict(queries.possible_owners(uow, case_id)):
        raise Invalid("owner_id", "Choose somebody who sees this case.")
