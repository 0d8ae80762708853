"""Acts on waiting children: the weekly risk review, and the answers to an escalation."""

from dataclasses import dataclass
from datetime import date

from app.cases.ladder import service as ladder
from app.cases.ladder.queries import Matter
from app.cases.ladder.rules import OF_WAITS, Promise, Standing
from app.cases.register import priorities
from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.register.rules import Priority, PriorityReason
from app.cases.waiting import queries, rules
from app.cases.waiting.models import RiskReview
from app.cases.waiting.rules import LEVELS, RiskDecision
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Invalid, Refused
from app.work.uow import UnitOfWork

RESTS = "This case is not escalated: its time has not come, or a decision holds."


@dataclass(frozen=True)
class Finding:
    """What a manager found when they looked at the risk, and when to look again."""

    level: Priority
    decision: RiskDecision
    next_review_on: date
    note: str = ""


def review(uow: UnitOfWork, case_id: int, finding: Finding, *, judged: int) -> None:
    """A manager looks at the risk of leaving a child without a named worker, and decides.

    Raises Conflict where the case was judged since the form showed it judged so often.
    """
    with uow.command(Act.WAITING_REVIEW):
        case = _waiting(uow, case_id)
        priorities.expect(uow, case, judged, "Level of risk")
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
        ladder.acknowledge(uow, *_escalated(uow, case_id))


def decide(uow: UnitOfWork, case_id: int, decision: Promise, until: date, note: str = "") -> None:
    """End an escalation by a decision that holds until a day; it acknowledges the step too."""
    with uow.command(Act.ESCALATION_DECIDE):
        if decision not in OF_WAITS:
            raise Invalid("decision", "Choose the decision from the list.")
        ladder.decide(uow, *_escalated(uow, case_id), decision, until, note)


def _waiting(uow: UnitOfWork, case_id: int) -> Case:
    case = register.find(uow, case_id)
    if case.unallocated_on is None:
        raise Refused("This case does not wait: it has a named worker, or it has ended.")
    return case


def _escalated(uow: UnitOfWork, case_id: int) -> tuple[Matter, int, Standing]:
    case = _waiting(uow, case_id)
    matter, stands = queries.standing_of(uow, case)
    if stands is None:
        raise Refused(RESTS)
    return matter, case.lot_id, stands
