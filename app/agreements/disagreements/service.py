"""Acts of a disagreement: raising it, answering, putting it to the head of service, settling."""

from sqlmodel import col, func, select

from app.access.models import User, UserLot
from app.access.roles import Organisation, Role
from app.agreements.disagreements import queries, rules
from app.agreements.disagreements.models import Disagreement, DisagreementEntry
from app.agreements.disagreements.rules import Outcome, Said, Stage
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import may_undo
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.work.uow import UnitOfWork

POSITIONS = {Organisation.AGENCY: Said.AGENCY, Organisation.COUNCIL: Said.COUNCIL}


def raise_one(uow: UnitOfWork, proposal_id: int, said: str) -> int:
    """The agency says why it does not share a return or a refusal; returns the id."""
    with uow.command(Act.DISAGREEMENT_RAISE):
        proposal = uow.get(Proposal, proposal_id)
        newest = uow.session.exec(
            select(func.max(Proposal.id)).where(Proposal.case_id == proposal.case_id)
        ).one()
        rules.check_raise(
            proposal.decision,
            latest=newest == proposal_id,
            running=queries.of_proposal(uow, proposal_id) is not None,
            undoable=may_undo(proposal.decided_at, uow.now, own=True),
        )
        rules.check_said(said)
        row = uow.add(
            Disagreement(
                case_id=proposal.case_id,
                lot_id=proposal.lot_id,
                proposal_id=proposal_id,
                raised_by=uow.actor.user_id,
                raised_at=uow.now,
            )
        )
        _say(uow, row, Said.AGENCY, said)
        for decider in contract.deciders(uow, row.lot_id):
            uow.mail(decider.user_id, "A decision is disagreed with", f"/disagreements/{row.id}")
        return row.id or 0


def answer(uow: UnitOfWork, disagreement_id: int, said: str) -> None:
    """Add a position of one's own side; what was said before stands beside it."""
    with uow.command(Act.DISAGREEMENT_ANSWER):
        row = uow.get(Disagreement, disagreement_id)
        if uow.actor.organisation is None:
            raise Refused("Only somebody of an organisation has a position.")
        kind = POSITIONS[uow.actor.organisation]
        rules.check_add(row.stage, kind, ())
        rules.check_said(said)
        _say(uow, row, kind, said)


def escalate(uow: UnitOfWork, disagreement_id: int) -> None:
    """Put both positions to the council's head of service."""
    with uow.command(Act.DISAGREEMENT_ESCALATE):
        row = uow.get(Disagreement, disagreement_id)
        known = {entry.kind for entry in queries.entries_of(uow, disagreement_id)}
        rules.check_add(row.stage, Said.ESCALATED, known)
        row.stage = Stage.ESCALATED
        _say(uow, row, Said.ESCALATED, "")
        for user_id in heads_of_service(uow, row.lot_id):
            uow.mail(user_id, "A disagreement waits for your view", f"/disagreements/{row.id}")


def settle(uow: UnitOfWork, disagreement_id: int, outcome: Outcome, said: str) -> None:
    """The head of service says what they see and what comes of it; the case moves by other acts."""
    with uow.command(Act.DISAGREEMENT_SETTLE):
        row = uow.get(Disagreement, disagreement_id)
        decided_by = uow.get(Proposal, row.proposal_id).decided_by
        rules.check_settle(row.stage, decided_it=decided_by == uow.actor.user_id)
        rules.check_said(said)
        _say(uow, row, Said.VIEW, said)
        row.stage, row.outcome = Stage.SETTLED, outcome
        row.settled_by, row.settled_at = uow.actor.user_id, uow.now
        if row.raised_by is not None:
            uow.mail(row.raised_by, "A disagreement is settled", f"/disagreements/{row.id}")


def heads_of_service(uow: UnitOfWork, lot_id: int) -> list[int]:
    """The council project managers of a lot, who hold the third view."""
    return list(
        uow.session.exec(
            select(UserLot.user_id)
            .join(User, col(User.id) == col(UserLot.user_id))
            .where(
                UserLot.lot_id == lot_id,
                User.role == Role.COUNCIL_PROJECT_MANAGER,
                col(User.disabled_at).is_(None),
            )
        ).all()
    )


def _say(uow: UnitOfWork, row: Disagreement, kind: Said, text: str) -> None:
    if uow.actor.organisation is None:
        raise Refused("Only somebody of an organisation has a position.")
    uow.add(
        DisagreementEntry(
            case_id=row.case_id,
            lot_id=row.lot_id,
            disagreement_id=row.id or 0,
            kind=kind,
            text=text,
            by_user_id=uow.actor.user_id,
            organisation=uow.actor.organisation,
            at=uow.now,
        )
    )
