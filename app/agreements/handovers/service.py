"""Acts of handovers: the checklist, the file audit, the request, and the council's answers."""

from datetime import date

from sqlalchemy.exc import IntegrityError

from app.agreements.checklists.rules import TICKED, Checklist, Item, check_days
from app.agreements.gates.rules import obstacles
from app.agreements.handovers import queries, rules
from app.agreements.handovers.models import (
    Handover,
    HandoverAudit,
    HandoverQuestion,
    HandoverTick,
)
from app.agreements.handovers.rules import Audit, Mending, RejectReason
from app.cases.actions import service as actions
from app.cases.actions.rules import Source, Wanted, What
from app.cases.register import service as register
from app.cases.register.ending import Gate, end
from app.cases.register.models import Case
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.plans import queries as plans
from app.plans.queries import PlanView
from app.plans.service import must_hold_or_manage
from app.work.uow import UnitOfWork

PREPARED = "The handover of this case is prepared already."


def open_handover(uow: UnitOfWork, case: Case, proposal_id: int, plan: PlanView) -> None:
    """Begin the handover of a case whose proposal has just been agreed."""
    uow.must_be_in(Act.PROPOSAL_AGREE, Act.PROPOSAL_CONDITION)
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


def withdraw(uow: UnitOfWork, proposal_id: int) -> None:
    """Take the handover away whose proposal is undecided again; Refused once work on it began."""
    uow.must_be_in(Act.PROPOSAL_UNDO)
    for handover in queries.of_proposal(uow, proposal_id):
        if handover.ticked_at or handover.requested_at:
            raise Refused(PREPARED)
        try:
            uow.remove(handover)
        except IntegrityError as built_upon:
            # An audit of its file, or a plan of weeks: nobody here need know who refers to it.
            raise Refused(PREPARED) from built_upon


def prepare(
    uow: UnitOfWork, case_id: int, checklist: Checklist, version: int, split_reason: str = ""
) -> None:
    """Tick off the checklist, or take a tick back by leaving its day empty."""
    with uow.command(Act.HANDOVER_PREPARE):
        case = register.find(uow, case_id)
        must_hold_or_manage(uow, case)
        handover = _waiting(uow, case)
        ticks = {tick.item: tick for tick in queries.ticks_of(uow, handover)}
        uow.expect(handover, version, _shown({i: tick.done_on for i, tick in ticks.items()}))
        check_days(checklist, referred_on=case.referred_on, today=uow.today)
        days = checklist.days
        for item in ticks.keys() - days.keys():
            uow.remove(ticks[item])
        for item, day in days.items():
            tick = ticks.get(item) or _tick(handover, item, day)
            if tick.id is None or tick.done_on != day:
                tick.done_on, tick.by_user_id = day, uow.actor.user_id
                uow.add(tick)
        handover.ticked_at, handover.split_reason = uow.now, split_reason


def audit(uow: UnitOfWork, case_id: int, graded: Audit, mending: Mending | None = None) -> None:
    """A team manager grades the file before it leaves; what is inadequate blocks the request.

    What must be mended is from then on somebody's action on the case.
    """
    with uow.command(Act.HANDOVER_AUDIT):
        handover = _waiting(uow, register.find(uow, case_id))
        rules.check_audit(graded, mending)
        if graded.note and mending:
            wanted = Wanted(
                What.MEND_FILE, source=Source.FILE_AUDIT, note=graded.note, **vars(mending)
            )
            actions.set_action(uow, case_id, wanted)
        uow.add(
            HandoverAudit(
                handover_id=handover.id or 0,
                case_id=handover.case_id,
                lot_id=handover.lot_id,
                **vars(graded),
                audited_on=uow.today,
                by_user_id=uow.actor.user_id,
            )
        )


def request(uow: UnitOfWork, case_id: int, asked_of: str) -> None:
    """Ask a person of the receiving team to take the case.

    Refused with every obstacle there is. From now on the team supports; it leads on acceptance.
    """
    with uow.command(Act.HANDOVER_REQUEST):
        case = register.find(uow, case_id)
        must_hold_or_manage(uow, case)
        handover = _waiting(uow, case)
        if handover.requested_at is not None:
            raise Refused("This handover is requested already.")
        rules.check_request(asked_of, obstacles(queries.gate_of(uow, case, handover)))
        handover.asked_of = asked_of.strip()
        handover.requested_by, handover.requested_at = uow.actor.user_id, uow.now
        for one in contract.deciders(uow, case.lot_id):
            uow.mail(one.user_id, "A handover is requested", f"/cases/{case_id}/handover")


def ask(uow: UnitOfWork, case_id: int, question: str) -> None:
    """The council asks before it answers; nobody's responsibility changes."""
    with uow.command(Act.HANDOVER_ASK):
        handover = _requested(uow, register.find(uow, case_id))
        uow.add(
            HandoverQuestion(
                handover_id=handover.id or 0,
                case_id=handover.case_id,
                lot_id=handover.lot_id,
                question=question,
                asked_by=uow.actor.user_id,
                asked_at=uow.now,
            )
        )
        _tell(uow, handover, "A question about a handover")


def answer(uow: UnitOfWork, case_id: int, words: str) -> None:
    """Answer the oldest open question about a handover."""
    with uow.command(Act.HANDOVER_ANSWER):
        case = register.find(uow, case_id)
        must_hold_or_manage(uow, case)
        question = queries.open_question(uow, _waiting(uow, case))
        if question is None:
            raise Refused("No question about this handover is open.")
        question.answer = words
        question.answered_by, question.answered_at = uow.actor.user_id, uow.now
        if question.asked_by is not None:
            uow.mail(question.asked_by, "Your question is answered", f"/cases/{case_id}/handover")


def reject(uow: UnitOfWork, case_id: int, reason: RejectReason, note: str = "") -> None:
    """The council does not take the case: it stands authorised again, for a plan to be proposed."""
    with uow.command(Act.HANDOVER_REJECT):
        case = register.find(uow, case_id)
        handover = _requested(uow, case)
        register.step(uow, case, Act.HANDOVER_REJECT, note=reason.label)
        handover.reject_reason, handover.reject_note = reason, note
        handover.rejected_by, handover.rejected_at = uow.actor.user_id, uow.now
        _tell(uow, handover, "A handover is rejected")


def accept(uow: UnitOfWork, case_id: int, receiving_worker: str) -> None:
    """The council accepts the case for the receiving team and names the worker who takes it.

    Raises Refused with every obstacle there is; the case ends and counts as cleared.
    """
    with uow.command(Act.HANDOVER_ACCEPT):
        case = register.find(uow, case_id)
        handover = _requested(uow, case)
        if not receiving_worker.strip():
            raise Invalid("receiving_worker", "Enter the worker who takes the case over.")
        plan = plans.latest(uow, case_id)
        outcome = plan.outcome.value if plan else ""
        gate = Gate(handover.proposal_id, outcome, obstacles(queries.gate_of(uow, case, handover)))
        end(uow, case, gate, Act.HANDOVER_ACCEPT)
        handover.receiving_worker = receiving_worker.strip()
        handover.accepted_on, handover.accepted_by = uow.today, uow.actor.user_id
        handover.check_due_on = uow.today + rules.CHECK_BACK
        _tell(uow, handover, "A handover is accepted")


def judge_again(uow: UnitOfWork) -> None:
    """Keep anew which handovers wait, by their cases, plans and answers."""
    with uow.command(Act.COUNTERS_REBUILD):
        found = queries.list_misjudged(uow)
        uow.amend(Handover, [(row._asdict(), {"waits": not row.waits}) for row in found])


def _waiting(uow: UnitOfWork, case: Case) -> Handover:
    handover = queries.waiting_for(uow, case)
    if handover is None:
        raise Refused("No agreed handover of this case waits to be accepted.")
    return handover


def _requested(uow: UnitOfWork, case: Case) -> Handover:
    handover = _waiting(uow, case)
    if handover.requested_at is None:
        raise Refused("The handover of this case is not requested yet.")
    return handover


def _tick(handover: Handover, item: Item, day: date) -> HandoverTick:
    return HandoverTick(
        handover_id=handover.id or 0,
        case_id=handover.case_id,
        lot_id=handover.lot_id,
        item=item,
        done_on=day,
    )


def _tell(uow: UnitOfWork, handover: Handover, subject: str) -> None:
    if handover.requested_by is not None:
        uow.mail(handover.requested_by, subject, f"/cases/{handover.case_id}")


def _shown(days: dict[Item, date]) -> dict[str, str]:
    return {item.label: show_date(days[item]) if item in days else "–" for item in TICKED}
