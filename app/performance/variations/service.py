"""Writes down what both sides agreed to change, and changes it."""

from dataclasses import replace

from app.cases.listing.queries import must_name_no_case
from app.contract import queries as contract
from app.contract import service as contracts
from app.kernel.acts import Act
from app.kernel.errors import Invalid
from app.performance import queries as performance
from app.performance.variations import queries
from app.performance.variations.models import TargetVersion, Variation
from app.performance.variations.rules import Terms, check, check_shorter
from app.work.uow import UnitOfWork


def record(uow: UnitOfWork, contract_id: int, terms: Terms) -> None:
    """Keep a variation or an extension, with its effect on the contract's end and a lot's target.

    What a lot began with is kept beside it, once. Raises Invalid, on the field at fault, for a
    change that cannot be meant.
    """
    with uow.command(Act.CONTRACT_EDIT):
        write_down(uow, contract_id, terms)


def write_down(uow: UnitOfWork, contract_id: int, terms: Terms) -> int:
    """The same as a step of another act on the contract; returns the variation's id."""
    uow.must_be_in(Act.CONTRACT_EDIT)
    agreed = contract.find_contract(uow, contract_id)
    check(terms, ends_on=agreed.ends_on, today=uow.today)
    must_name_no_case(uow, contract_id, {"title": terms.title, "reason": terms.reason})
    _check_lot(uow, contract_id, terms)
    before = agreed.ends_on
    if terms.contract_ends_on is not None:
        contracts.end_on(uow, contract_id, terms.contract_ends_on)
    variation = uow.add(
        Variation(
            contract_id=contract_id,
            number=queries.last_number(uow, contract_id) + 1,
            kind=terms.kind,
            title=terms.title,
            clause=terms.clause,
            agreed_on=terms.agreed_on,
            reason=terms.reason,
            ended_on=before,
            ends_on=terms.contract_ends_on or before,
            by_user_id=uow.actor.user_id,
            at=uow.now,
        )
    )
    if terms.lot_id is not None:
        _vary(uow, terms.lot_id, terms, variation.id or 0)
    if terms.contract_ends_on is not None and terms.contract_ends_on < before:
        uow.session.flush()
        past = queries.past_end(uow, contract_id, terms.contract_ends_on)
        check_shorter(past, terms.contract_ends_on, stays=terms.stays)
    return variation.id or 0


def keep_original(uow: UnitOfWork, lot_id: int) -> None:
    """Keep what a lot's target says before its first change, within a command."""
    uow.must_be_in(Act.CONTRACT_EDIT)
    if queries.asked_of_lots(uow)[lot_id].first is None:
        now = contract.terms_of_target(contract.find_target(uow, lot_id))
        uow.add(TargetVersion(lot_id=lot_id, **vars(now)))


def _check_lot(uow: UnitOfWork, contract_id: int, terms: Terms) -> None:
    lot_id = terms.lot_id
    if lot_id is not None and contract.find_lot(uow, lot_id).contract_id != contract_id:
        raise Invalid("lot_id", "Choose a lot of this contract.")


def _vary(uow: UnitOfWork, lot_id: int, terms: Terms, variation_id: int) -> None:
    target = contract.find_target(uow, lot_id)
    keep_original(uow, lot_id)
    now = contract.terms_of_target(target)
    varied = replace(
        now,
        opening_backlog=terms.opening_backlog or 0,
        ends_on=terms.target_ends_on or now.ends_on,
        clause=terms.clause or now.clause,
    )
    cleared = performance.cleared_cases(uow, lot_id)
    try:
        contracts.set_target(uow, lot_id, varied, version=target.version, cleared=cleared)
    except Invalid as fault:
        field = "target_ends_on" if fault.field == "ends_on" else fault.field
        raise Invalid(field, fault.sentence) from fault
    uow.add(TargetVersion(lot_id=lot_id, variation_id=variation_id, **vars(varied)))
