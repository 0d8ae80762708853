"""Putting conditions to an agreement, as a step of it, and recording that one is met."""

from sqlmodel import select

from app.agreements.conditions import queries, rules
from app.agreements.conditions.models import Condition
from app.agreements.conditions.rules import Wanted
from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.kernel.acts import Act
from app.kernel.errors import Invalid, Refused
from app.work.uow import UnitOfWork


def put(uow: UnitOfWork, case: Case, proposal_id: int, wanted: Wanted) -> int:
    """Keep what the council asks for with an agreement, within its command; returns how many."""
    uow.must_be_in()
    owners = dict(queries.owner_choices(uow, case.lot_id))
    rules.check_wanted(wanted, today=uow.today, owners=owners.keys())
    for line in wanted.lines:
        uow.add(
            Condition(
                case_id=register.case_id_of(case),
                lot_id=case.lot_id,
                proposal_id=proposal_id,
                what=line,
                due_on=wanted.due_on,
                owner_id=wanted.owner_id,
                set_by=uow.actor.user_id,
                set_at=uow.now,
            )
        )
    uow.mail(wanted.owner_id, "You own conditions of an agreement", f"/cases/{case.id}")
    return len(wanted.lines)


def withdraw(uow: UnitOfWork, proposal_id: int) -> None:
    """Take the conditions of an agreement away with it; Refused once one of them is met."""
    uow.must_be_in(Act.PROPOSAL_UNDO)
    for condition in uow.session.exec(
        select(Condition).where(Condition.proposal_id == proposal_id)
    ).all():
        if condition.met_at is not None:
            raise Refused("A condition of this agreement is met already.")
        uow.remove(condition)


def meet(uow: UnitOfWork, condition_id: int, note: str) -> None:
    """Record that a condition is met, with a note that says how."""
    with uow.command(Act.CONDITION_MEET):
        condition = uow.get(Condition, condition_id)
        case = register.find(uow, condition.case_id)
        rules.check_meeter(uow.actor.role, is_owner=condition.owner_id == uow.actor.user_id)
        if condition.met_at is not None:
            raise Refused("This condition is met already.")
        if case.state is not CaseState.AGREED:
            raise Refused("The agreement that this condition belongs to does not stand any more.")
        if not note:
            raise Invalid("note", "Write how the condition was met.")
        condition.met_at, condition.met_by = uow.now, uow.actor.user_id
        condition.met_note = note
