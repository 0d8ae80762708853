"""Notes who took which list of cases out of the system."""

from app.cases.register.filter import CaseFilter
from app.contract import queries as contract
from app.work.uow import UnitOfWork


def note(uow: UnitOfWork, wanted: CaseFilter, kind: str) -> None:
    """Seen by every lot that the list can hold cases of."""
    what = f"Export {kind}: {wanted.url('cases')}"[:200]
    for lot in contract.list_lots(uow):
        if lot.id is not None and wanted.lot in (None, lot.id):
            uow.seen(lot_id=lot.id, what=what)
