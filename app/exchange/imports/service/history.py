"""Keeps what the council's list last said of each child, beside the child's case."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlmodel import col, select

from app.exchange.imports.models import ImportBatch, ImportedRow, StagedRow
from app.exchange.imports.rules import Staged, Verdict
from app.work.uow import UnitOfWork

_KEPT = ("id", "lot_id", "contract_id", "case_id", "key", "reference")
_SAID = ("batch_id", "facts", "listed_on")


def said_before(uow: UnitOfWork, batch: ImportBatch) -> dict[str, dict[str, Any]]:
    """What is kept under the keys of the batch's changed rows."""
    keys = select(StagedRow.key).where(
        StagedRow.batch_id == batch.id, StagedRow.verdict == Verdict.CHANGED
    )
    names = (*_KEPT, *_SAID)
    found = uow.session.execute(
        select(*(getattr(ImportedRow, name) for name in names)).where(
            ImportedRow.contract_id == batch.contract_id, col(ImportedRow.key).in_(keys)
        )
    )
    return {row.key: dict(zip(names, row, strict=True)) for row in found}


def keep_history(
    uow: UnitOfWork,
    batch: ImportBatch,
    rows: Sequence[Staged],
    before: Mapping[str, dict[str, Any]],
    case_ids: Mapping[str, int],
) -> None:
    """Keep the new rows, and what the changed ones say now."""
    kept = {row.key: _kept(batch, row, case_ids) for row in rows}
    uow.load(ImportedRow, [row for key, row in kept.items() if key not in before])
    uow.amend(
        ImportedRow,
        [(old, {name: kept[key][name] for name in _SAID}) for key, old in before.items()],
    )


def attach_history(uow: UnitOfWork, batch: ImportBatch, case_ids: Mapping[str, int]) -> None:
    """Give a new case the rows that came before it, when the child's work had all ended."""
    waiting = select(StagedRow.reference).where(StagedRow.batch_id == batch.id)
    found = uow.session.execute(
        select(*(getattr(ImportedRow, name) for name in _KEPT)).where(
            ImportedRow.contract_id == batch.contract_id,
            ImportedRow.batch_id != batch.id,
            col(ImportedRow.case_id).is_(None),
            col(ImportedRow.reference).in_(waiting),
        )
    )
    rows = [dict(zip(_KEPT, row, strict=True)) for row in found if row.reference in case_ids]
    uow.amend(ImportedRow, [(row, {"case_id": case_ids[row["reference"]]}) for row in rows])


def _kept(batch: ImportBatch, row: Staged, case_ids: Mapping[str, int]) -> dict[str, Any]:
    return {
        "contract_id": batch.contract_id,
        "batch_id": batch.id,
        "lot_id": batch.lot_id,
        "case_id": case_ids.get(row.reference),
        "key": row.key,
        "reference": row.reference,
        "layout": row.layout,
        "facts": row.text,
        "listed_on": batch.listed_on,
    }
