"""Gathers the facts that both gates look at."""

from app.agreements.conditions import queries as conditions
from app.agreements.gates.rules import Facts
from app.cases.actions import queries as actions
from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.contract import queries as contract
from app.contract.models import Contract
from app.safeguarding.protection import queries as protection
from app.work.uow import UnitOfWork


def facts_of(
    uow: UnitOfWork, case: Case, *, agreed_is_latest: bool, proposal_id: int | None = None
) -> Facts:
    """The facts of a case now; the caller knows whether what was agreed is what is written.

    `proposal_id` is the agreement whose conditions are to be met.
    """
    days_ago = None
    if case.seen_on is not None:
        calendar = contract.calendar(uow, case.contract_id)
        days_ago = calendar.days_between(case.seen_on, uow.today)
    running = protection.running_of(uow, register.case_id_of(case))
    return Facts(
        agreed=case.state is CaseState.AGREED,
        agreed_is_latest=agreed_is_latest,
        seen_on=case.seen_on,
        seen_days_ago=days_ago,
        seen_within_days=uow.get(Contract, case.contract_id).seen_within_days,
        open_flags=case.open_flags,
        conditions=conditions.obstacle(uow, proposal_id) if proposal_id else "",
        unresolved_issues=running.issues,
        enquiries=running.enquiries,
        proceedings=running.proceedings,
        open_actions=actions.count_of_case(uow, register.case_id_of(case)),
    )
