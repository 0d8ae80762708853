"""One file on its way into staged rows, with what was said of it and counted so far."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sqlmodel import col, func, select

from app.access.actor import Actor
from app.contract import queries as contract
from app.exchange.cells import Said
from app.exchange.columns import Unknown
from app.exchange.imports import rules
from app.exchange.imports.models import FoundSheet, ImportBatch
from app.exchange.imports.rules import Stage
from app.exchange.imports.service.clocks import Clocks
from app.exchange.imports.service.receiving import path_of
from app.exchange.layouts import Field, Layout
from app.exchange.spellings.queries import said_of
from app.kernel.acts import Act
from app.kernel.errors import Refused
from app.work.database import Database
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Chosen:
    """What a person said of the columns that some sheets have alike."""

    sheets: tuple[str, ...]
    layout: Layout
    mapping: Mapping[Field, str]


@dataclass
class Staging:
    """One file on its way into staged rows, and what has been counted of it so far."""

    database: Database
    actor: Actor
    batch: ImportBatch
    path: Path
    chosen: Chosen | None
    is_repeat: bool
    by_form: bool
    clocks: Clocks
    # The names of the lots that the sender may see.
    lots: Mapping[int, str]
    # What the people of the contract said that spellings mean.
    said: Said
    tells_districts: bool = False
    opening: set[str] = field(default_factory=set)
    counts: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    unknown: Counter[Unknown] = field(default_factory=Counter)


def begin(database: Database, actor: Actor, batch_id: int, *, by_form: bool) -> Staging:
    """Take up a batch that waits to be read; Refused if it does not, or its file is gone."""
    # A command, not a read: it waits for the one that made the batch to be committed.
    with database.work(actor) as uow, uow.command(Act.IMPORT_RUN):
        batch = uow.get(ImportBatch, batch_id)
        if batch.stage is not Stage.READING:
            raise Refused("This file was read already.")
        batch.moved_at, batch.imports_before = uow.now, imports_of(uow, batch.contract_id)
        uow.session.flush()
        same = select(func.count()).where(
            col(ImportBatch.sha256) == batch.sha256,
            col(ImportBatch.stage).in_(rules.IMPORTED),
            col(ImportBatch.lot_id) == batch.lot_id,
        )
        repeat = bool(uow.session.scalar(same))
        chosen = _chosen(uow, batch_id)
        clocks = Clocks(uow, batch.contract_id)
        lots = {lot.id or 0: lot.name for lot in contract.list_lots(uow)}
        said = said_of(uow, batch.contract_id)
        uow.session.refresh(batch)
        uow.session.expunge(batch)
    path = path_of(batch)
    if not path.exists():
        raise Refused("The file is no longer here. Send it again.")
    return Staging(database, actor, batch, path, chosen, repeat, by_form, clocks, lots, said)


def _chosen(uow: UnitOfWork, batch_id: int) -> Chosen | None:
    sheets = uow.session.exec(
        select(FoundSheet)
        .where(FoundSheet.batch_id == batch_id, col(FoundSheet.chosen))
        .order_by(col(FoundSheet.id))
    ).all()
    if not sheets:
        return None
    names = tuple(sheet.name for sheet in sheets)
    return Chosen(names, sheets[0].layout, fields_of(json.loads(sheets[0].mapping)))


def imports_of(uow: UnitOfWork, contract_id: int) -> int:
    """How many lists were imported into any lot of a contract."""
    done = select(func.count()).where(
        col(ImportBatch.contract_id) == contract_id, col(ImportBatch.stage).in_(rules.IMPORTED)
    )
    with uow.beyond_scope():
        return int(uow.session.scalar(done) or 0)


def fields_of(mapping: Mapping[str, str]) -> dict[Field, str]:
    """A mapping as it is kept, by field."""
    return {Field(name): header for name, header in mapping.items()}
