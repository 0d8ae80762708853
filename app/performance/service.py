"""Changes a lot's target, which may not fall below what the ledger says is cleared."""

from app.contract import queries as contracts
from app.contract import service as contract
from app.contract.rules import TargetTerms
from app.kernel.acts import Act
from app.performance import queries
from app.performance.variations import service as variations
from app.work.uow import UnitOfWork


def change_target(uow: UnitOfWork, lot_id: int, terms: TargetTerms, *, version: int) -> None:
    """Set a lot's target; Invalid for terms that cannot be meant, Conflict if it has changed.

    Once it runs, what the lot began with is kept beside it, as at a variation.
    """
    with uow.command(Act.CONTRACT_EDIT):
        cleared = queries.cleared_cases(uow, lot_id)
        target = contracts.find_target(uow, lot_id)
        changed = contracts.terms_of_target(target) != terms
        if changed and target.starts_on <= uow.today:
            variations.keep_original(uow, lot_id)
        contract.set_target(uow, lot_id, terms, version=version, cleared=cleared)
