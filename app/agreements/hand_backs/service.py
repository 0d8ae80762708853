"""Proposes in one step that the council takes an inappropriate case back."""

from dataclasses import dataclass

from app.agreements.proposals import service as proposals
from app.cases.register import service as register
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.plans import queries as plans
from app.plans import service as planning
from app.plans.rules import Draft, HandBackAdvice, HandBackReason, Outcome, voids
from app.work.uow import UnitOfWork

# The council has this many working days to take the case back.
WORKING_DAYS = 10


@dataclass(frozen=True)
class NotOurs:
    """Why a case should not have come, what shows it and what was said to whom."""

    reason: HandBackReason
    evidence: str
    advice: HandBackAdvice
    advice_note: str = ""


def suggest(uow: UnitOfWork, case_id: int, finding: NotOurs) -> int:
    """Write the plan to hand a case back and put it before the District Manager.

    Returns the proposal's id; Refused while another plan is proposed or agreed.
    """
    with uow.command(Act.PROPOSAL_PROPOSE):
        case = register.find(uow, case_id)
        planning.must_hold_or_manage(uow, case)
        if voids(case.state):
            raise Refused("A plan for this case is already with the District Manager.")
        target = contract.calendar(uow, case.contract_id).add(uow.today, WORKING_DAYS)
        in_force = plans.latest(uow, case_id)
        draft = Draft(
            Outcome.HAND_BACK,
            target,
            finding.evidence,
            hand_back_reason=finding.reason,
            hand_back_advice=finding.advice,
            advice_note=finding.advice_note,
        )
        planning.put(uow, case, draft, in_force.number if in_force else 0)
        return proposals.put_forward(uow, case)
