"""Acts on waiting children: the weekly risk review, and the answers to an escalation."""

from dataclasses import dataclass
from datetime import date

from app.cases.register import priorities
from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.register.rules import Priority, PriorityReason
from app.cases.waiting import queries, rules
from app.cases.waiting.models import Escalation, RiskReview
from app.cases.waiting.rules import LEVELS, Promise, RiskDecision, Standing
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Invalid, Refused
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Finding:
    """What a manager found when they looked at the risk, and when to look again."""

    level: Priority
    decision: RiskDecision
    next_review_on: date
    note: str = ""


def review(uow: UnitOfWork, case_id: int, finding: Finding) -> None:
    """A manager looks at the risk of leaving a child without a named worker, and decides."""
    with uow.command(Act.WAITING_REVIEW):
        case = _waiting(uow, case_id)
        if finding.level not in LEVELS:
            raise Invalid("level", "Choose a level of risk from the list.")
        terms = contract.waiting(uow, case.contract_id)
        rules.check_review(finding.next_review_on, terms, uow.today)
        uow.add(
            RiskReview(
                case_id=case_id,
                lot_id=case.lot_id,
                reviewed_on=uow.today,
                **vars(finding),
                by_user_id=uow.actor.user_id,
            )
        )
        again = finding.next_review_on
        priorities.judge(
            uow, case, finding.level, PriorityReason.RISK_REVIEW, again, risk_review_on=again
        )


def acknowledge(uow: UnitOfWork, case_id: int) -> None:
    """Say that an escalation was read; whoever it is with does, or somebody further up."""
    with uow.command(Act.ESCALATION_ACKNOWLEDGE):
        case, stands = _escalated(uow, case_id)
        step = _step(uow, case, stands)
        if step.acknowledged_at is not None:
            raise Refused("This escalation is acknowledged already.")
        step.acknowledged_by, step.acknowledged_at = uow.actor.user_id, uow.now


def decide(uow: UnitOfWork, case_id: int, decision: Promise, until: date, note: str = "") -> None:
    """End an escalation by a decision that holds until a day; it acknowledges the step too."""
    with uow.command(Act.ESCALATION_DECIDE):
        case, stands = _escalated(uow, case_id)
        rules.check_until(until, uow.today)
        step = _step(uow, case, stands)
        if step.acknowledged_at is None:
            step.acknowledged_by, step.acknowledged_at = uow.actor.user_id, uow.now
        step.decision, step.until, step.note = decision, until, note
        step.decided_by, step.decided_at = uow.actor.user_id, uow.now


def _waiting(uow: UnitOfWork, case_id: int) -> Case:
    case = register.find(uow, case_id)
    if case.unallocated_on is None:
        raise Refused("This case does not wait: it has a named worker, or it has ended.")
    return case


def _escalated(uow: UnitOfWork, case_id: int) -> tuple[Case, Standing]:
    case = _waiting(uow, case_id)
    stands = queries.standing_of(uow, case)
    if stands is None:
        raise Refused("This case is not escalated: its time has not come, or a decision holds.")
    rules.check_answerer(uow.actor.role, stands.rung)
    return case, stands


def _step(uow: UnitOfWork, case: Case, at: Standing) -> Escalation:
    case_id = register.case_id_of(case)
    if case.unallocated_on is None:
        raise ValueError("Only a wait has steps.")
    return queries.open_step(uow, case_id, at) or uow.add(
        Escalation(
            case_id=case_id,
            lot_id=case.lot_id,
            unallocated_on=case.unallocated_on,
            rung=at.rung,
            reached_on=at.reached_on,
        )
    )
