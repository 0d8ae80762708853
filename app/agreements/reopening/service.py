"""Opens a cleared case again and keeps what it leads back to."""

from app.agreements.closures import queries as closures
from app.agreements.handovers import queries as handovers
from app.agreements.reopening.models import Reopening
from app.agreements.reopening.rules import ReopenReason
from app.cases.register import service as register
from app.cases.states import MOVES, CaseState
from app.contract import service as contract
from app.kernel.acts import Act
from app.plans import queries as plans
from app.work.uow import UnitOfWork


def reopen(uow: UnitOfWork, case_id: int, reason: ReopenReason) -> None:
    """Open a handed-over or closed case again: its clearing is reversed in the ledger."""
    with uow.command(Act.CASE_REOPEN):
        case = register.find(uow, case_id)
        contract.check_takes_cases(uow, case.lot_id)
        MOVES.after(case.state, Act.CASE_REOPEN)
        closed = case.state is CaseState.CLOSED
        if case.ended_on is not None:
            uow.add(
                Reopening(
                    case_id=case_id,
                    lot_id=case.lot_id,
                    episode=plans.episode_of(uow, case_id),
                    ended_as=case.state,
                    ended_on=case.ended_on,
                    outcome=case.outcome,
                    closure_id=_closure(uow, case_id) if closed else None,
                    handover_id=None if closed else _handover(uow, case_id),
                    reason=reason,
                    reopened_on=uow.today,
                    by_user_id=uow.actor.user_id,
                )
            )
        register.begin_again(uow, case, reason.label)


def _closure(uow: UnitOfWork, case_id: int) -> int | None:
    found = closures.for_case(uow, case_id)
    return next((one.id for one in found if one.closed_at), None)


def _handover(uow: UnitOfWork, case_id: int) -> int | None:
    found = handovers.for_case(uow, case_id)
    return next((one.id for one in found if one.accepted_on), None)
