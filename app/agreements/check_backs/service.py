"""The act of looking whether a handover stuck."""

from app.agreements.check_backs import queries
from app.agreements.check_backs.models import CheckBack
from app.agreements.check_backs.rules import Answers, check_answers
from app.agreements.handovers.models import Handover
from app.cases.register import service as register
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.work.uow import UnitOfWork


def check(uow: UnitOfWork, case_id: int, answers: Answers) -> None:
    """Say whether the child has a worker, was seen, and whether the case came back."""
    with uow.command(Act.HANDOVER_CHECK):
        case = register.find(uow, case_id)
        due = queries.due_of(uow, case_id)
        if due is None:
            raise Refused("No accepted handover of this case waits to be looked at.")
        check_answers(
            answers, accepted_on=due.accepted_on, today=uow.today, reopened_on=due.reopened_on
        )
        uow.add(
            CheckBack(
                case_id=case_id,
                lot_id=case.lot_id,
                handover_id=due.handover_id,
                **vars(answers),
                checked_on=uow.today,
                checked_by=uow.actor.user_id,
            )
        )
        uow.get(Handover, due.handover_id).check_due_on = None
