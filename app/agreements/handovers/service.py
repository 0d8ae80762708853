"""Acts of handovers: ticking off the checklist and accepting for the council."""

from app.agreements.gates.rules import obstacles
from app.agreements.handovers import queries, rules
from app.agreements.handovers.models import Handover
from app.agreements.handovers.rules import Checklist
from app.cases.register import service as register
from app.cases.register.ending import Gate, end
from app.cases.register.models import Case
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.plans import queries as plans
from app.plans.queries import PlanView
from app.plans.service import must_hold_or_manage
from app.work.uow import UnitOfWork


def open_handover(uow: UnitOfWork, case: Case, proposal_id: int, plan: PlanView) -> None:
    """Begin the handover of a case whose proposal has just been agreed."""
    uow.must_be_in(Act.PROPOSAL_AGREE)
    uow.add(
        Handover(
            case_id=register.case_id_of(case),
            lot_id=case.lot_id,
            proposal_id=proposal_id,
            plan_number=plan.number,
            receiving_team_id=plan.receiving_team_id,
            opened_at=uow.now,
        )
    )


def prepare(uow: UnitOfWork, case_id: int, checklist: Checklist, version: int) -> None:
    """Tick off the checklist, or take a tick back by leaving its day empty."""
    with uow.command(Act.HANDOVER_PREPARE):
        case = register.find(uow, case_id)
        must_hold_or_manage(uow, case)
        handover = _waiting(uow, case)
        uow.expect(handover, version, _shown(handover))
        rules.check_days(checklist, referred_on=case.referred_on, today=uow.today)
        if handover.chronology_current_on != checklist.chronology_current_on:
            handover.chronology_current_on = checklist.chronology_current_on
            handover.chronology_by = uow.actor.user_id
        if handover.family_told_on != checklist.family_told_on:
            handover.family_told_on = checklist.family_told_on
            handover.family_told_by = uow.actor.user_id


def accept(uow: UnitOfWork, case_id: int, receiving_worker: str) -> None:
    """The council accepts the case for the receiving team and names the worker who takes it.

    Raises Refused with every obstacle there is; the case ends and counts as cleared.
    """
    with uow.command(Act.HANDOVER_ACCEPT):
        case = register.find(uow, case_id)
        handover = _waiting(uow, case)
        if not receiving_worker.strip():
            raise Invalid("receiving_worker", "Enter the worker who takes the case over.")
        plan = plans.latest(uow, case_id)
        outcome = plan.outcome.value if plan else ""
        gate = Gate(
            handover.proposal_id, outcome, obstacles(queries.checks_of(uow, case, handover))
        )
        end(uow, case, gate, Act.HANDOVER_ACCEPT)
        handover.receiving_worker = receiving_worker.strip()
        handover.accepted_on, handover.accepted_by = uow.today, uow.actor.user_id


def _waiting(uow: UnitOfWork, case: Case) -> Handover:
    handover = queries.waiting_for(uow, case)
    if handover is None:
        raise Refused("No agreed handover of this case waits to be accepted.")
    return handover


def _shown(handover: Handover) -> dict[str, str]:
    days = {
        "Chronology brought up to date on": handover.chronology_current_on,
        "Family told on": handover.family_told_on,
    }
    return {name: show_date(day) if day else "–" for name, day in days.items()}
