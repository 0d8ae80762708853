"""Reads a kept file into staged rows, twenty thousand to a transaction, each judged as it goes."""

import json
from collections.abc import Iterator, Sequence
from itertools import chain

from sqlmodel import col, func, select

from app.access.actor import Actor
from app.contract import queries as contract
from app.exchange.imports import rules
from app.exchange.imports.models import FoundSheet, ImportBatch, StagedRow
from app.exchange.imports.rules import Stage, Verdict
from app.exchange.imports.service.choosing import lists_of
from app.exchange.imports.service.job import Staging, begin
from app.exchange.imports.service.judging import Judge, known_of
from app.exchange.layouts import FoundList, cautions, check_length
from app.exchange.readers import Limits, Workbook, read
from app.exchange.rows import Portion, apart, portions
from app.exchange.spellings.service import keep_unknown
from app.kernel.acts import Act
from app.kernel.days import london_date, show_date
from app.kernel.errors import Refused
from app.settings import Settings
from app.work.bulk import collector_resting
from app.work.database import Database
from app.work.uow import UnitOfWork

_SHEETS_NAMED = 12


def stage(
    database: Database, actor: Actor, batch_id: int, limits: Limits, *, by_form: bool = True
) -> None:
    """Read a batch's file; raises Refused or Unreadable with what is wrong with it.

    A list whose columns are not known waits for a person to say, or is refused where nobody is
    asked (`by_form` is false).
    """
    staging = begin(database, actor, batch_id, by_form=by_form)
    with collector_resting():
        _stage(staging, limits)


def _stage(staging: Staging, limits: Limits) -> None:
    database = staging.database
    with read(staging.path, staging.batch.file_name, limits) as workbook:
        lists = lists_of(staging, workbook)
        if not lists:
            return
        check_length(lists, limits.rows)
        _note_lists(staging, workbook, lists)
        parts = staging.chosen is not None and len(lists) > 1
        before: dict[str, tuple[str, int]] = {}
        for found in lists:
            today, judge = london_date(database.clock()), Judge(staging, found)
            for portion in portions(found, today=today, said=staging.said):
                own = apart(portion, found.sheet.name, before) if parts else portion
                _keep(staging, found, judge, own)
    _finish(staging)


def limits_of(settings: Settings) -> Limits:
    """What the installation lets one file cost."""
    return Limits(
        sent=settings.import_bytes,
        unpacked=settings.import_unpacked_bytes,
        rows=settings.import_rows,
        seconds=settings.import_seconds,
    )


def _note_lists(staging: Staging, workbook: Workbook, lists: Sequence[FoundList]) -> None:
    """Say what is read and what is dropped, before the first row is kept."""
    with staging.database.work(staging.actor) as uow, uow.command(Act.IMPORT_RUN):
        batch = uow.get(ImportBatch, staging.batch.id)
        batch.total = sum(found.rows for found in lists)
        batch.lists = ", ".join(dict.fromkeys(rules.list_name(one.layout) for one in lists))
        for old in uow.session.exec(select(FoundSheet).where(FoundSheet.batch_id == batch.id)):
            uow.remove(old)
        notices = [
            *workbook.notices,
            *_left(workbook, lists),
            *chain.from_iterable(map(cautions, lists)),
            *_warnings(uow, batch, is_repeat=staging.is_repeat),
        ]
        for found in lists:
            uow.add(
                FoundSheet(
                    lot_id=batch.lot_id,
                    batch_id=batch.id or 0,
                    name=found.sheet.name,
                    layout=found.layout,
                    headers=json.dumps(found.headers),
                    rows=found.rows,
                    dropped=json.dumps(found.dropped),
                    notices=json.dumps(notices),
                    chosen=True,
                )
            )
            notices = []


def _left(workbook: Workbook, lists: Sequence[FoundList]) -> Iterator[str]:
    read_here = {found.sheet.name for found in lists}
    left = [one for one in workbook.sheets if one.filled and one.name not in read_here]
    if left:
        told = [f"“{one.name}” ({one.filled:,})" for one in left[:_SHEETS_NAMED]]
        more = f" and {len(left) - len(told)} more" if len(left) > len(told) else ""
        yield f"Sheets that were not read, each with its filled rows: {', '.join(told)}{more}."


def _warnings(uow: UnitOfWork, batch: ImportBatch, *, is_repeat: bool) -> Iterator[str]:
    if is_repeat:
        yield "This very file was imported before."
    newest = uow.session.scalar(
        select(func.max(ImportBatch.listed_on)).where(
            ImportBatch.lot_id == batch.lot_id, col(ImportBatch.stage).in_(rules.IMPORTED)
        )
    )
    if newest and newest > batch.listed_on:
        yield (
            f"This list is of {show_date(batch.listed_on)}, older than the list of "
            f"{show_date(newest)} that was imported before it."
        )
    began = contract.find_contract(uow, batch.contract_id).starts_on
    if batch.listed_on < began:
        yield (
            f"This list is of {show_date(batch.listed_on)}, before the contract began on "
            f"{show_date(began)}. See whether its day is right: cases are received on it."
        )


def _keep(staging: Staging, found: FoundList, judge: Judge, portion: Portion) -> None:
    with staging.database.work(staging.actor) as uow, uow.command(Act.IMPORT_RUN):
        batch = uow.get(ImportBatch, staging.batch.id)
        if batch.stage is not Stage.READING:
            raise Refused("This import was stopped.")
        known = known_of(uow, batch, portion.block)
        uow.load_columns(
            StagedRow,
            [judge.columns(known, portion)],
            batch_id=batch.id,
            lot_id=batch.lot_id,
            sheet=found.sheet.name,
            layout=found.layout,
        )
        batch.done, batch.moved_at = staging.counts["rows"], uow.now


def _finish(staging: Staging) -> None:
    with staging.database.work(staging.actor) as uow, uow.command(Act.IMPORT_RUN):
        batch = uow.get(ImportBatch, staging.batch.id)
        for name in (*Verdict, "rows", "backlog", "sent_again", "differences"):
            setattr(batch, str(name), staging.counts[name])
        sheet = uow.session.exec(select(FoundSheet).where(FoundSheet.batch_id == batch.id)).first()
        if sheet is not None:
            said = [
                f"{number:,} {'text' if number == 1 else 'texts'} in column {column} could not be "
                "understood and will be left out; the rows stay. Spellings lists what nobody knows."
                for column, number in staging.left_out.items()
            ]
            if early := staging.counts["before_calendar"]:
                said.append(
                    f"{early:,} {'case' if early == 1 else 'cases'} began before "
                    f"{show_date(staging.clocks.first_day)}, from when bank holidays are known: "
                    "the clock counts from that day."
                )
            sheet.notices = json.dumps([*json.loads(sheet.notices), *said])
        keep_unknown(uow, batch.contract_id, staging.unknown)
        staging.path.unlink(missing_ok=True)
        batch.districts = staging.tells_districts
        batch.kept_as, batch.stage, batch.moved_at = "", Stage.PREVIEWED, uow.now
