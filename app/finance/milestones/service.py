"""Agrees milestones, shows that one is achieved, and certifies it."""

from datetime import date

from app.cases.listing.queries import must_name_no_case
from app.contract import queries as contract
from app.contract.models import Contract
from app.finance.milestones.models import Milestone
from app.finance.milestones.rules import (
    MilestoneTerms,
    check_certificate,
    check_milestone,
    check_open,
)
from app.kernel.acts import Act
from app.work.uow import UnitOfWork


def set_milestone(uow: UnitOfWork, lot_id: int, terms: MilestoneTerms) -> int:
    """Agree a milestone of a lot, for the council; returns its id."""
    with uow.command(Act.MILESTONE_SET):
        return add_milestone(uow, lot_id, terms)


def add_milestone(uow: UnitOfWork, lot_id: int, terms: MilestoneTerms) -> int:
    """Write a milestone down, within the command that agrees it or lays the contract out."""
    uow.must_be_in(Act.MILESTONE_SET, Act.DEMO_SEED)
    agreed = uow.get(Contract, contract.find_lot(uow, lot_id).contract_id)
    check_milestone(terms, starts_on=agreed.starts_on, ends_on=agreed.ends_on)
    must_name_no_case(uow, agreed.id or 0, {"title": terms.title})
    return uow.add(Milestone(lot_id=lot_id, **vars(terms))).id or 0


def show_evidence(uow: UnitOfWork, milestone_id: int, evidence: str, *, version: int) -> None:
    """Say, for the agency, what shows that a milestone is achieved; until it is certified."""
    with uow.command(Act.MILESTONE_EVIDENCE):
        milestone = uow.get(Milestone, milestone_id)
        check_open(certified=milestone.certified_at is not None)
        uow.expect(milestone, version, {"What shows it": milestone.evidence})
        lot = contract.find_lot(uow, milestone.lot_id)
        must_name_no_case(uow, lot.contract_id, {"evidence": evidence})
        milestone.evidence = evidence
        milestone.evidence_by, milestone.evidence_at = uow.actor.user_id, uow.now


def certify(
    uow: UnitOfWork, milestone_id: int, achieved_on: date, certificate: str, *, version: int
) -> None:
    """Issue the council's satisfaction certificate on the evidence as it was read."""
    with uow.command(Act.MILESTONE_CERTIFY):
        milestone = uow.get(Milestone, milestone_id)
        agreed = uow.get(Contract, contract.find_lot(uow, milestone.lot_id).contract_id)
        check_certificate(
            achieved_on,
            evidence=milestone.evidence,
            starts_on=agreed.starts_on,
            today=uow.today,
            certified=milestone.certified_at is not None,
        )
        uow.expect(milestone, version, {"What shows it": milestone.evidence})
        must_name_no_case(uow, agreed.id or 0, {"certificate": certificate})
        milestone.achieved_on, milestone.certificate = achieved_on, certificate
        milestone.certified_by, milestone.certified_at = uow.actor.user_id, uow.now
