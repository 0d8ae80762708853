"""Notes whom the council's list tells of no longer, while their work goes on here."""

import json
from typing import Any

from sqlmodel import col, select

from app.cases.register.models import Case
from app.exchange.checks import Listed
from app.exchange.differences import service as differences
from app.exchange.differences.models import CaseDifference
from app.exchange.differences.rules import is_the_list_again
from app.exchange.imports.models import ImportBatch, ImportedRow, StagedRow
from app.exchange.imports.service.remembering import remember
from app.exchange.layouts import Layout
from app.work.uow import UnitOfWork

# Lists that have a child for as long as the work goes on; the others look back some months.
_LASTING = (Layout.LIST_4, Layout.LIST_6, Layout.PLAIN)
_COLUMNS: tuple[Any, ...] = (
    Case.id,
    ImportedRow.layout,
    ImportedRow.listed_on,
    ImportedRow.facts,
)


def note_missing(uow: UnitOfWork, batch: ImportBatch) -> int:
    """Set who is missing beside the list before it; how many differences that are to settle.

    Only where the list is the earlier one again: of a list of other children nothing follows.
    """
    listed = select(StagedRow.reference).where(StagedRow.batch_id == batch.id)
    batch_id, again = batch.id or 0, batch.changed + batch.unchanged
    gone = differences.listed_again(uow, batch_id, batch.lot_id, listed)
    remember(uow, batch, CaseDifference, gone)
    if not again:
        return 0
    missing = _missing(uow, batch, listed, again)
    if not is_the_list_again(again, len(missing)):
        return 0
    return differences.keep_unlisted(uow, batch_id, batch.lot_id, missing)


def _missing(uow: UnitOfWork, batch: ImportBatch, listed: Any, most: int) -> list[int]:
    """The open cases that an earlier list of the kind had as open work, one more than `most`."""
    kinds = select(StagedRow.layout).where(StagedRow.batch_id == batch.id).distinct()
    layouts = [kind for kind in uow.rows(kinds).scalars() if kind in _LASTING]
    found = uow.rows(
        select(*_COLUMNS)
        .select_from(Case)
        .join(ImportedRow, col(ImportedRow.case_id) == col(Case.id))
        .where(
            Case.lot_id == batch.lot_id,
            col(Case.ended_on).is_(None),
            col(ImportedRow.layout).in_(layouts),
            col(Case.reference).not_in(listed),
        )
        .order_by(col(Case.id))
        .limit(most + 1)
    )
    return list(
        dict.fromkeys(
            case_id
            for case_id, layout, listed_on, facts in found
            if Listed(layout, listed_on, json.loads(facts)).is_open
        )
    )
