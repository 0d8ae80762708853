"""Imports a list from beginning to end where nobody looks at a preview: the command line."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TypeAlias

from app.access.actor import Actor
from app.exchange.imports import queries
from app.exchange.imports.queries import Batch, RefusedLine
from app.exchange.imports.rules import Stage
from app.exchange.imports.service.confirming import begin_confirming, confirm
from app.exchange.imports.service.receiving import Sent, choose_columns, discard, give_up, receive
from app.exchange.imports.service.staging import stage
from app.exchange.layouts import Field
from app.exchange.readers import Limits, Unreadable
from app.kernel.errors import DomainError
from app.work.database import Database

Columns: TypeAlias = Mapping[Field, str]


@dataclass(frozen=True)
class Report:
    """What became of a list; rows = new + changed + unchanged + refused."""

    batch: Batch
    refused: Sequence[RefusedLine]
    # What to know of the file, such as the sheets that were not read.
    notices: Sequence[str]
    imported: bool


def import_file(
    database: Database,
    actor: Actor,
    lot_id: int,
    sent: Sent,
    limits: Limits,
    *,
    dry_run: bool = False,
    good_rows: bool = False,
    columns: Columns = MappingProxyType({}),
) -> Report:
    """As the pages do it, at once; without `good_rows` one refused row holds back the list.

    `columns` says in which column of a list in the council's own columns each field stands.
    """
    with database.work(actor) as uow:
        batch_id = receive(uow, lot_id, sent)
    try:
        stage(database, actor, batch_id, limits, by_form=bool(columns))
        if columns and _choose(database, actor, batch_id, columns):
            stage(database, actor, batch_id, limits)
        report = _report(database, actor, batch_id, imported=False)
        if not dry_run and (good_rows or not report.refused):
            with database.work(actor) as uow:
                begin_confirming(uow, batch_id, good_rows=good_rows)
            confirm(database, actor, batch_id)
            return replace(report, imported=True)
    except DomainError as refusal:
        with database.work(actor) as uow:
            give_up(uow, batch_id, refusal.sentence)
        raise
    with database.work(actor) as uow:
        discard(uow, batch_id)
    return report


def _choose(database: Database, actor: Actor, batch_id: int, columns: Columns) -> bool:
    """Answer what a list asks of its columns; whether it asked."""
    with database.work(actor) as uow:
        sheets = queries.list_sheets(uow, batch_id)
        if queries.find_batch(uow, batch_id).stage is not Stage.MAPPING:
            return False
        wanted = set(columns.values())
        sheet = next((one for one in sheets if wanted.issubset(one.headers)), None)
        if sheet is None:
            missing = ", ".join(sorted(wanted.difference(*(one.headers for one in sheets))))
            raise Unreadable(f"No sheet has all these columns; nowhere is: {missing or 'none'}.")
        choose_columns(uow, batch_id, sheet.id, columns)
    return True


def _report(database: Database, actor: Actor, batch_id: int, *, imported: bool) -> Report:
    with database.work(actor) as uow:
        refused = list(queries.list_refused(uow, batch_id))
        sheets = queries.list_sheets(uow, batch_id)
        notices = [sentence for sheet in sheets for sentence in sheet.notices]
        return Report(queries.find_batch(uow, batch_id), refused, notices, imported)
