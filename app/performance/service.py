"""Changes a lot's target, which may not fall below what the ledger says is cleared."""

from app.contract import service as contract
from app.contract.rules import TargetTerms
from app.kernel.acts import Act
from app.performance import queries
from app.work.uow import UnitOfWork


def change_target(uow: UnitOfWork, lot_id: int, terms: TargetTerms, *, version: int) -> None:
    """Set a lot's target; Invalid for terms that cannot be meant, Conflict if it has changed."""
    with uow.command(Act.CONTRACT_EDIT):
        cleared = queries.cleared_cases(uow, lot_id)
        contract.set_target(uow, lot_id, terms, version=version, cleared=cleared)
