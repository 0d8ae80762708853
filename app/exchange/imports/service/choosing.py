"""Tells which lists of a file to read, and asks a person where the columns are not known."""

import json
from collections.abc import Mapping, Sequence

from sqlmodel import select

from app.exchange.imports import rules
from app.exchange.imports.models import FoundSheet, ImportBatch, SavedMapping
from app.exchange.imports.rules import Stage
from app.exchange.imports.service.job import Chosen, Staging, fields_of
from app.exchange.layouts import (
    FoundList,
    Layout,
    check_filled,
    doubts,
    guess,
    headers_of,
    mapped,
    read_as,
    recognise,
)
from app.exchange.readers import Sheet, Unreadable, Workbook
from app.kernel.acts import Act
from app.kernel.days import show_moment
from app.work.uow import UnitOfWork

_NO_LIST = "The file holds no {}. Choose another list, or look at the names of its sheets."
_NOT_KNOWN = (
    "The list is in columns that are not known yet. Import it once on the Import page, which asks "
    "what each column holds and remembers it, or say so by --column."
)

_REMEMBERED = (
    "The columns are filled in as they were on {} for a list with the same ones. See whether "
    "they still hold, and read the list."
)


def lists_of(staging: Staging, workbook: Workbook) -> list[FoundList]:
    """The lists to read; none when a person has first to say what the columns hold."""
    if staging.chosen is not None:
        chosen = staging.chosen
        sheets = [one for one in workbook.sheets if one.name in chosen.sheets]
        return [_sound(mapped(one, chosen.mapping, chosen.layout)) for one in sheets]
    only = staging.batch.only
    found = recognise(workbook)
    if found and only is not Layout.PLAIN:
        found = [one for one in found if only is None or one.layout is only]
        if not found and only is not None:
            raise Unreadable(_NO_LIST.format(rules.list_name(only)))
        if len(found) > 1 or not found[0].problems:
            return [_sound(one) for one in found if one.rows or one.problems] or found
    elif only not in (None, Layout.PLAIN):
        raise Unreadable(_NO_LIST.format(rules.list_name(only)))
    return _plain(staging, workbook, found)


def _plain(staging: Staging, workbook: Workbook, found: list[FoundList]) -> list[FoundList]:
    sheets = [sheet for sheet in workbook.sheets if sheet.filled]
    if len(sheets) == 1:
        headers = headers_of(sheets[0])
        if set(rules.OWN_HEADERS.values()) <= set(headers):
            return [_sound(mapped(sheets[0], rules.OWN_HEADERS))]
        saved = _saved(staging, headers)
        if saved and not staging.by_form:
            return [_sound(mapped(sheets[0], saved.mapping, saved.layout))]
    if not staging.by_form:
        raise Unreadable(found[0].problems[0] if found else _NOT_KNOWN)
    named = {one.sheet.name: one for one in found} if len(found) == 1 else {}
    asked = [sheet for sheet in sheets if not named or sheet.name in named]
    check_filled([named.get(sheet.name) or read_as(sheet, Layout.PLAIN) for sheet in asked])
    _ask(staging, asked, named)
    return []


def _sound(found: FoundList) -> FoundList:
    if found.problems:
        raise Unreadable(" ".join(found.problems))
    return found


def _ask(staging: Staging, sheets: Sequence[Sheet], named: Mapping[str, FoundList]) -> None:
    """Leave what is needed to ask a person what each sheet's columns hold."""
    with staging.database.work(staging.actor) as uow, uow.command(Act.IMPORT_RUN):
        batch = uow.get(ImportBatch, staging.batch.id)
        for sheet in sheets:
            found = named.get(sheet.name) or read_as(sheet, Layout.PLAIN)
            saved = _saved_mapping(uow, batch, found.headers)
            known = {field: found.headers[at] for field, at in found.columns.items()}
            mapping = known if sheet.name in named else guess(sheet)
            notices = [*found.problems] if sheet.name in named else [*doubts(sheet)]
            if saved:
                notices.append(_REMEMBERED.format(show_moment(saved.made_at)))
            uow.add(
                FoundSheet(
                    lot_id=batch.lot_id,
                    batch_id=batch.id or 0,
                    name=sheet.name,
                    layout=found.layout,
                    headers=json.dumps(found.headers),
                    rows=found.rows,
                    mapping=saved.mapping if saved else rules.written(mapping),
                    notices=json.dumps(notices),
                )
            )
        batch.stage, batch.moved_at = Stage.MAPPING, uow.now


def _saved(staging: Staging, headers: Sequence[str]) -> Chosen | None:
    with staging.database.work(staging.actor) as uow:
        saved = _saved_mapping(uow, staging.batch, headers)
        return Chosen((), saved.layout, fields_of(json.loads(saved.mapping))) if saved else None


def _saved_mapping(
    uow: UnitOfWork, batch: ImportBatch, headers: Sequence[str]
) -> SavedMapping | None:
    return uow.session.exec(
        select(SavedMapping).where(
            SavedMapping.contract_id == batch.contract_id,
            SavedMapping.headers_digest == rules.header_digest(headers),
        )
    ).first()
