"""Acts of proposals: proposing, the council's answers, and taking an answer back."""

from app.access.sessions import must_be_proved
from app.agreements.closures import queries as closures
from app.agreements.closures import service as closing
from app.agreements.conditions import service as conditions
from app.agreements.handovers import service as handovers
from app.agreements.proposals import queries, rules
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import Answer, Decision, HandBackReply, Party
from app.cases.register import service as register
from app.cases.register.ending import Gate, end
from app.cases.register.models import Case
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Change, Conflict, Forbidden, NotFound, Refused
from app.plans import queries as plans
from app.plans.queries import PlanView
from app.plans.rules import Route, hash_of, read_wording, wording
from app.plans.service import must_hold_or_manage
from app.work.uow import UnitOfWork


def propose(uow: UnitOfWork, case_id: int) -> int:
    """Put the plan in force before the District Manager, with the closure where it closes the case.

    Returns the proposal's id; Refused where a plan or a closure is still to be written.
    """
    with uow.command(Act.PROPOSAL_PROPOSE):
        return put_forward(uow, register.find(uow, case_id))


def put_forward(uow: UnitOfWork, case: Case) -> int:
    """Propose within the command that is running; as `propose`."""
    uow.must_be_in(Act.PROPOSAL_PROPOSE)
    must_hold_or_manage(uow, case)
    case_id = register.case_id_of(case)
    plan = ready_plan(uow, case_id)
    if uow.actor.organisation is None:
        raise Forbidden("Only somebody of an organisation proposes.")
    handing_back = plan.outcome.route is Route.HAND_BACK
    register.step(uow, case, Act.PROPOSAL_PROPOSE, handing_back=handing_back)
    text = wording(closures.words_of(uow, case_id))
    proposal = uow.add(
        Proposal(
            case_id=case_id,
            lot_id=case.lot_id,
            plan_id=plan.id,
            plan_number=plan.number,
            route=plan.outcome.route,
            text=text,
            text_hash=hash_of(text),
            proposed_by=uow.actor.user_id,
            proposed_for=uow.actor.organisation,
            proposed_at=uow.now,
        )
    )
    return _id_of(proposal)


def decide(uow: UnitOfWork, proposal_id: int, text_hash: str, answer: Answer) -> int:
    """Give the council's answer to exactly the words of `text_hash`; returns the case's id.

    Agreed, a handover is then open to be accepted and a closure to be closed; a hand-back ends the
    case at once, with a reply to the agency. Conflict, with the words that stand now, if they are
    not the words that were shown.
    """
    with uow.command(answer.act):
        return settle_on(uow, proposal_id, text_hash, answer)


def settle_on(uow: UnitOfWork, proposal_id: int, text_hash: str, answer: Answer) -> int:
    """Decide within the command that is running; as `decide`."""
    uow.must_be_in(answer.act)
    proposal, case = _to_decide(uow, proposal_id, text_hash)
    rules.check_points(answer.decision, answer.points)
    if answer.decision is Decision.AGREED:
        _agree(uow, proposal, case, answer)
    else:
        _decide(uow, proposal, case, answer.decision, answer.points)
    return proposal.case_id


def agree(
    uow: UnitOfWork,
    proposal_id: int,
    text_hash: str,
    reply: HandBackReply | None = None,
    points: str = "",
) -> None:
    """The District Manager agrees; as `decide`."""
    decide(uow, proposal_id, text_hash, Answer(Decision.AGREED, points, reply))


def return_with_points(uow: UnitOfWork, proposal_id: int, text_hash: str, points: str) -> None:
    """The District Manager sends a proposal back with the points to fix."""
    decide(uow, proposal_id, text_hash, Answer(Decision.RETURNED, points))


def refuse(uow: UnitOfWork, proposal_id: int, text_hash: str, reason: str) -> None:
    """The District Manager refuses a proposal and says why."""
    decide(uow, proposal_id, text_hash, Answer(Decision.REFUSED, reason))


def undo(uow: UnitOfWork, proposal_id: int) -> int:
    """Take one's own decision back within a minute: the proposal is out again.

    Refused for another's decision, an older one, and one that something followed, as the end of a
    case that was handed back. Returns the case's id.
    """
    with uow.command(Act.PROPOSAL_UNDO):
        proposal = uow.get(Proposal, proposal_id)
        case = register.find(uow, proposal.case_id)
        rules.check_undo(
            proposal.decided_at,
            uow.now,
            own=proposal.decided_by == uow.actor.user_id,
            followed=queries.followed(uow, proposal) or not _says_so_still(uow, proposal),
        )
        if proposal.decision is Decision.AGREED:
            conditions.withdraw(uow, proposal_id)
            handovers.withdraw(uow, proposal_id)
            closing.disagreed(uow, proposal.case_id, proposal_id)
        register.step(uow, case, Act.PROPOSAL_UNDO)
        proposal.decision = proposal.reply = proposal.decided_at = None
        proposal.decided_by = proposal.decided_for = None
        proposal.points, proposal.conditions = "", 0
        if proposal.proposed_by is not None:
            address = f"/cases/{proposal.case_id}"
            uow.mail(proposal.proposed_by, "A decision was taken back", address)
        return proposal.case_id


def ready_plan(uow: UnitOfWork, case_id: int) -> PlanView:
    """The plan that can be proposed; Refused where it or its closure is still to be written."""
    plan = plans.latest(uow, case_id)
    if plan is None:
        raise Refused("Write an outcome plan first.")
    if plan.outcome.route is Route.CLOSURE and closures.current(uow, case_id) is None:
        raise Refused("Write the closure first: it is agreed together with the plan.")
    return plan


def _to_decide(uow: UnitOfWork, proposal_id: int, shown: str) -> tuple[Proposal, Case]:
    """The proposal and its case, if it is still out with the words that the decider was shown."""
    proposal = uow.get(Proposal, proposal_id)
    case = register.find(uow, proposal.case_id)
    rules.check_parties(
        Party(proposal.proposed_by, proposal.proposed_for),
        Party(uow.actor.user_id, uow.actor.organisation),
    )
    if proposal.decision is not None:
        raise Refused(f"This proposal is already {proposal.decision.value}.")
    words = closures.words_of(uow, proposal.case_id)
    same = shown == proposal.text_hash and _says_so_still(uow, proposal)
    if not same or not queries.is_out(uow, proposal_id):
        plan = plans.latest(uow, proposal.case_id)
        author = plan.written_by if plan else None
        raise Conflict(Change(author, words), read_wording(proposal.text))
    return proposal, case


def _says_so_still(uow: UnitOfWork, proposal: Proposal) -> bool:
    """Whether plan and closure still say exactly what was proposed."""
    return proposal.text_hash == hash_of(wording(closures.words_of(uow, proposal.case_id)))


def _agree(uow: UnitOfWork, proposal: Proposal, case: Case, answer: Answer) -> None:
    proposal_id, plan = _id_of(proposal), plans.latest(uow, proposal.case_id)
    if plan is None:
        raise NotFound
    rules.check_reply(proposal.route, answer.reply)
    rules.check_conditions(proposal.route, answer.conditions)
    _decide(uow, proposal, case, Decision.AGREED, answer.points if answer.reply else "")
    proposal.reply = answer.reply
    if answer.conditions is not None:
        proposal.conditions = conditions.put(uow, case, proposal_id, answer.conditions)
    if proposal.route is Route.HANDOVER:
        handovers.open_handover(uow, case, proposal_id, plan)
    elif proposal.route is Route.CLOSURE:
        closing.agreed(uow, proposal.case_id, proposal_id, proposal.text_hash)
    else:
        # It ends the case and cannot be taken back, as no other decision does.
        must_be_proved(uow.actor, uow.now)
        reason = plan.hand_back_reason
        gate = Gate(proposal_id, plan.outcome.value, ())
        end(uow, case, gate, Act.CASE_HAND_BACK, note=reason.label if reason else "")


def _decide(
    uow: UnitOfWork, proposal: Proposal, case: Case, decision: Decision, points: str
) -> None:
    register.step(uow, case, uow.act)
    proposal.decision, proposal.points = decision, points
    proposal.decided_by, proposal.decided_at = uow.actor.user_id, uow.now
    proposal.decided_for = _stood_in_for(uow, case.lot_id)
    if proposal.proposed_by is not None:
        uow.mail(proposal.proposed_by, "A proposal was decided", f"/cases/{proposal.case_id}")


def _stood_in_for(uow: UnitOfWork, lot_id: int) -> int | None:
    """The District Manager for whom a deputy decides; None where nobody's place is taken."""
    deciders = contract.deciders(uow, lot_id)
    if not any(one.is_deputy and one.user_id == uow.actor.user_id for one in deciders):
        return None
    return contract.find_lot(uow, lot_id).district_manager_id


def _id_of(proposal: Proposal) -> int:
    if proposal.id is None:
        raise ValueError("The proposal is not stored yet.")
    return proposal.id
