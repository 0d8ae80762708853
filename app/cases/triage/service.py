"""Acts of triage: judging how urgent a case is, and changing the order of the queue."""

from collections.abc import Sequence
from datetime import date

from app.cases.register import priorities, recount
from app.cases.register import service as register
from app.cases.register.models import TriageRule
from app.cases.register.rules import Criterion, Priority, PriorityReason, check_order
from app.cases.triage import queries
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Change, Conflict, Invalid
from app.work.uow import UnitOfWork


def prioritise(
    uow: UnitOfWork,
    case_id: int,
    priority: Priority,
    reason: PriorityReason,
    next_review_on: date,
    *,
    child_protection: bool = False,
    judged: int | None = None,
) -> None:
    """A manager judges how urgent a case is and says when to look at it again.

    Raises Conflict where it was judged since the form showed it judged so often.
    """
    with uow.command(Act.CASE_PRIORITISE):
        case = register.find(uow, case_id)
        if judged is not None:
            priorities.expect(uow, case, judged)
        priorities.prioritise(
            uow, case, priority, reason, next_review_on, child_protection=child_protection
        )


def set_order(
    uow: UnitOfWork, contract_id: int, order: Sequence[Criterion], reason: str, *, began_from: int
) -> int:
    """Put a new order of triage in force and rank every open case by it; returns how many moved.

    `began_from` is the number of the version that the new one was made from.
    """
    with uow.command(Act.TRIAGE_ORDER):
        contract.find_contract(uow, contract_id)
        latest = queries.order_versions(uow, contract_id)[0]
        if latest.number != began_from:
            raise Conflict(Change(latest.by, {"Order": latest.words}))
        check_order(order)
        if tuple(order) == latest.order:
            raise Invalid("first", "This is the order in force.")
        uow.add(
            TriageRule(
                contract_id=contract_id,
                number=latest.number + 1,
                criteria=" ".join(criterion.value for criterion in order),
                reason=reason,
                at=uow.now,
                by_user_id=uow.actor.user_id,
            )
        )
        return recount.rerank(uow, contract_id)
