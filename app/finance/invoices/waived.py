"""Reads the service credits that were waived only after an invoice took them off."""

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.finance.evidence.models import BilledEntry
from app.finance.evidence.rules import CreditWaived, LineKind
from app.finance.invoices.models import InvoiceLine
from app.performance.failures.queries import list_waived
from app.work.uow import UnitOfWork

# What invoices took off and gave back, as a credit reads it: above nought where it was taken off.
_SERVICE_CREDITS = (
    select(
        col(BilledEntry.source),
        col(InvoiceLine.title),
        col(InvoiceLine.clause),
        -col(InvoiceLine.pence),
        -col(InvoiceLine.vat_pence),
    )
    .join(InvoiceLine, col(InvoiceLine.id) == col(BilledEntry.line_id))
    .where(
        col(BilledEntry.lot_id) == bindparam("lot"),
        col(BilledEntry.kind) == LineKind.SERVICE_CREDIT,
    )
)


def waived_since(uow: UnitOfWork, lot_id: int) -> list[CreditWaived]:
    """The credits that were waived only after an invoice took them off, and none gave back."""
    waived = sorted(list_waived(uow, lot_id))
    if not waived:
        return []
    billed = {row[0]: CreditWaived(*row) for row in uow.rows(_SERVICE_CREDITS, lot=lot_id)}
    taken_off = [billed[str(one)] for one in waived if str(one) in billed]
    return [one for one in taken_off if one.key not in billed]
