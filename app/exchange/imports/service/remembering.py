"""Remembers what an import changes, and puts it back when the import is undone."""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Any, TypeAlias

from sqlalchemy import Date
from sqlalchemy import Enum as ChoiceOf
from sqlmodel import col, select

from app.cases.register.models import Case
from app.db.tables import Row, Utc
from app.exchange.differences.models import CaseDifference
from app.exchange.imports.models import BatchChange, ImportBatch, ImportedRow
from app.safeguarding.enquiries.models import Enquiry
from app.safeguarding.reviews.models import ProtectionPlan
from app.work.uow import UnitOfWork

# A row as it was, with its id, and what it is to hold.
Pair: TypeAlias = tuple[Mapping[str, Any], Mapping[str, Any]]

MODELS: dict[str, type[Row]] = {
    str(model.__tablename__): model
    for model in (Case, Enquiry, ProtectionPlan, ImportedRow, CaseDifference)
}


def remember(uow: UnitOfWork, batch: ImportBatch, model: type[Row], pairs: Iterable[Pair]) -> None:
    """Keep what each row held of what is about to change."""
    uow.load(
        BatchChange,
        [
            {
                "row_id": before["id"],
                "held": json.dumps({name: _plain(before[name]) for name in after}),
            }
            for before, after in pairs
        ],
        lot_id=batch.lot_id,
        batch_id=batch.id,
        table=str(model.__tablename__),
    )


def remembered(uow: UnitOfWork, batch: ImportBatch, model: type[Row]) -> dict[int, dict[str, Any]]:
    """What the rows of a table held before the batch, by id; the first change counts."""
    found = uow.session.execute(
        select(BatchChange.row_id, BatchChange.held)
        .where(BatchChange.batch_id == batch.id, BatchChange.table == str(model.__tablename__))
        .order_by(col(BatchChange.id).desc())
    )
    before: dict[int, dict[str, Any]] = {}
    for row_id, held in found:
        values = {name: _revived(model, name, value) for name, value in json.loads(held).items()}
        before.setdefault(row_id, {}).update(values)
    return before


def _plain(value: Any) -> Any:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value


def _revived(model: type[Row], name: str, value: Any) -> Any:
    kind = getattr(model, name).type
    if value is None:
        return None
    if isinstance(kind, ChoiceOf) and kind.enum_class is not None:
        return kind.enum_class(value)
    if isinstance(kind, Date):
        return date.fromisoformat(value)
    return datetime.fromisoformat(value) if isinstance(kind, Utc) else value
