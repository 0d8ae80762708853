"""Keeps what the council's list last said of each child, beside the child's case."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlmodel import and_, col, insert, literal, select

from app.cases.register.models import Case
from app.exchange.imports.models import ImportBatch, ImportedRow, StagedRow
from app.exchange.imports.rules import Staged, Verdict
from app.exchange.imports.service.remembering import remember
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


def keep_history(uow: UnitOfWork, batch: ImportBatch) -> None:
    """Keep what the new rows say, with the cases they belong to."""
    said = ("lot_id", "batch_id", "key", "reference", "layout", "facts")
    columns: tuple[Any, ...] = (
        *(getattr(StagedRow, name) for name in said),
        literal(batch.contract_id),
        literal(batch.listed_on),
        Case.id,
    )
    found = (
        select(*columns)
        .outerjoin(
            Case,
            and_(
                Case.contract_id == batch.contract_id,
                col(Case.reference) == col(StagedRow.reference),
            ),
        )
        .where(StagedRow.batch_id == batch.id, StagedRow.verdict == Verdict.NEW)
        .order_by(col(StagedRow.id))
    )
    into = (*said, "contract_id", "listed_on", "case_id")
    # The batch is one of the actor's lot, and so are its rows.
    with uow.beyond_scope():
        uow.session.execute(insert(ImportedRow).from_select(into, found))


def change_history(
    uow: UnitOfWork,
    batch: ImportBatch,
    rows: Sequence[Staged],
    before: Mapping[str, dict[str, Any]],
) -> None:
    """Keep what the changed rows say now."""
    said = {row.key: row.text for row in rows}
    now = {"batch_id": batch.id, "listed_on": batch.listed_on}
    pairs = [(old, {**now, "facts": said[key]}) for key, old in before.items()]
    remember(uow, batch, ImportedRow, pairs)
    uow.amend(ImportedRow, pairs)


def attach_history(
    uow: UnitOfWork, batch: ImportBatch, case_ids: Mapping[str, int]
) -> Collection[int]:
    """Give a new case the rows that came before it, when the child's work had all ended.

    Returns the cases that have such rows.
    """
    waiting = select(StagedRow.reference).where(StagedRow.batch_id == batch.id)
    found = uow.session.execute(
        select(*(getattr(ImportedRow, name) for name in _KEPT)).where(
            ImportedRow.contract_id == batch.contract_id,
            col(ImportedRow.case_id).is_(None),
            col(ImportedRow.reference).in_(waiting),
        )
    )
    rows = [dict(zip(_KEPT, row, strict=True)) for row in found if row.reference in case_ids]
    pairs = [(row, {"case_id": case_ids[row["reference"]]}) for row in rows]
    remember(uow, batch, ImportedRow, pairs)
    uow.amend(ImportedRow, pairs)
    return {to["case_id"] for _, to in pairs}
