"""Takes a file in, says what its columns hold, discards it, and forgets what is a day old."""

import hashlib
import json
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path, PurePath
from typing import IO

from sqlmodel import col, delete, select

from app.contract import queries as contract
from app.contract import service as contracts
from app.exchange.imports import rules
from app.exchange.imports.models import FoundSheet, ImportBatch, SavedMapping, StagedRow
from app.exchange.imports.rules import Stage
from app.exchange.layouts import Field, Layout
from app.kernel.acts import Act
from app.kernel.errors import Invalid, Refused
from app.work.uow import UnitOfWork

_CHUNK = 1 << 20
_LONGEST_NAME = 120
_BEGIN, _END = "clearway-", ".list"
# Where a piece of work leads that comes to nothing.
_BACK = {Stage.CONFIRMING: Stage.PREVIEWED, Stage.UNDOING: Stage.CONFIRMED}


@dataclass(frozen=True)
class Kept:
    """What was sent, in a temporary file under a name of ours."""

    path: Path
    size: int
    sha256: str


@dataclass(frozen=True)
class Sent:
    """A file as somebody sends it; `only` picks one list of a workbook that holds several."""

    file: IO[bytes]
    file_name: str
    listed_on: date
    only: Layout | None = None


def receive(uow: UnitOfWork, lot_id: int, sent: Sent) -> int:
    """Keep a file for reading; returns the id of its batch."""
    if sent.listed_on > uow.today:
        raise Invalid("listed_on", "The day of the list cannot lie ahead.")
    try:
        contracts.check_takes_cases(uow, lot_id)
    except Refused as closed:
        raise Invalid("lot_id", closed.sentence) from closed
    kept = _keep(sent.file)
    try:
        with uow.command(Act.IMPORT_RUN):
            forget_old(uow)
            batch = uow.add(
                ImportBatch(
                    lot_id=lot_id,
                    contract_id=contract.find_lot(uow, lot_id).contract_id,
                    file_name=shown_name(sent.file_name),
                    kept_as=kept.path.name,
                    sha256=kept.sha256,
                    size=kept.size,
                    listed_on=sent.listed_on,
                    only=sent.only,
                    stage=Stage.READING,
                    uploaded_by=uow.actor.user_id,
                    uploaded_at=uow.now,
                    moved_at=uow.now,
                )
            )
    except BaseException:
        kept.path.unlink()
        raise
    return batch.id or 0


def choose_columns(
    uow: UnitOfWork,
    batch_id: int,
    sheet_id: int,
    mapping: Mapping[Field, str],
    *,
    together: bool = False,
) -> None:
    """Say which column of which sheet holds what; it is proposed again for the same headers.

    With `together` the other sheets of these headers are parts of the same list.
    """
    with uow.command(Act.IMPORT_RUN):
        batch, sheet = uow.get(ImportBatch, batch_id), uow.get(FoundSheet, sheet_id)
        if batch.stage is not Stage.MAPPING or sheet.batch_id != batch_id:
            raise Refused("The columns of this list are no longer to be chosen.")
        if Field.REFERENCE not in mapping:
            raise Invalid("reference", "Choose the column that holds the reference.")
        for other in uow.session.exec(select(FoundSheet).where(FoundSheet.batch_id == batch_id)):
            other.chosen = other.id == sheet_id or (together and other.headers == sheet.headers)
            other.mapping = rules.written(mapping) if other.chosen else other.mapping
        batch.stage, batch.moved_at, batch.problem = Stage.READING, uow.now, ""
        _remember(uow, batch, sheet)


def discard(uow: UnitOfWork, batch_id: int) -> None:
    """Throw away what was read of a file that was not imported."""
    with uow.command(Act.IMPORT_RUN):
        batch = uow.get(ImportBatch, batch_id)
        if batch.stage not in (Stage.PREVIEWED, Stage.MAPPING):
            raise Refused("Only a list that waits to be confirmed can be discarded.")
        _forget(uow, batch)
        batch.stage, batch.moved_at = Stage.DISCARDED, uow.now


def give_up(uow: UnitOfWork, batch_id: int, sentence: str) -> None:
    """Note why an import came no further; it can be confirmed or undone again.

    One that came to its end meanwhile, by the same work begun twice, stays as it is.
    """
    with uow.command(Act.IMPORT_RUN):
        batch = uow.get(ImportBatch, batch_id)
        if batch.stage not in rules.UNDER_WAY:
            return
        if back := _BACK.get(batch.stage):
            _remove_file(batch)
            batch.stage = back
        else:
            _forget(uow, batch)
            batch.stage = Stage.REFUSED
        batch.problem, batch.moved_at = sentence[:500], uow.now


def forget_old(uow: UnitOfWork) -> None:
    """Delete what was staged more than a day ago; an import not confirmed by then expires."""
    uow.must_be_in(Act.IMPORT_RUN)
    old = uow.session.exec(
        select(ImportBatch)
        .where(col(ImportBatch.moved_at) < uow.now - rules.KEPT_FOR)
        .where(
            col(ImportBatch.stage).in_(rules.UNSETTLED)
            | col(ImportBatch.id).in_(select(FoundSheet.batch_id))
        )
    ).all()
    for batch in old:
        _forget(uow, batch)
        if batch.stage in rules.UNSETTLED:
            batch.stage = Stage.EXPIRED
    # Files whose import never came to be, as where the server stopped or its disk was full.
    for kept in Path(tempfile.gettempdir()).glob(f"{_BEGIN}*{_END}"):
        with suppress(FileNotFoundError):
            if kept.stat().st_mtime < time.time() - rules.KEPT_FOR.total_seconds():
                kept.unlink()


def path_of(batch: ImportBatch) -> Path:
    """Where the batch's temporary file lies."""
    return Path(tempfile.gettempdir(), batch.kept_as)


def shown_name(sent: str) -> str:
    """The last part of a file's name, of characters that can be seen."""
    name = PurePath(sent.replace("\\", "/")).name
    return "".join(one for one in name if one.isprintable())[:_LONGEST_NAME] or "list"


def _forget(uow: UnitOfWork, batch: ImportBatch) -> None:
    for model in (StagedRow, FoundSheet):
        uow.session.exec(delete(model).where(col(model.batch_id) == batch.id))
    _remove_file(batch)


def _remove_file(batch: ImportBatch) -> None:
    if batch.kept_as:
        path_of(batch).unlink(missing_ok=True)
        batch.kept_as = ""


def _keep(file: IO[bytes]) -> Kept:
    digest, size = hashlib.sha256(), 0
    with tempfile.NamedTemporaryFile(prefix=_BEGIN, suffix=_END, delete=False) as out:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
            size += len(chunk)
            out.write(chunk)
    return Kept(Path(out.name), size, digest.hexdigest())


def _remember(uow: UnitOfWork, batch: ImportBatch, sheet: FoundSheet) -> None:
    digest = rules.header_digest(json.loads(sheet.headers))
    saved = uow.session.exec(
        select(SavedMapping).where(
            SavedMapping.contract_id == batch.contract_id, SavedMapping.headers_digest == digest
        )
    ).first()
    if saved is None:
        saved = SavedMapping(
            contract_id=batch.contract_id,
            headers_digest=digest,
            layout=sheet.layout,
            mapping=sheet.mapping,
            made_at=uow.now,
        )
    saved.layout, saved.mapping = sheet.layout, sheet.mapping
    saved.made_by, saved.made_at = uow.actor.user_id, uow.now
    uow.add(saved)
