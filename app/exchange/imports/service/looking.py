"""Looks over the cases of a lot after an import: what is wrong or missing, which look alike."""

import json
from collections.abc import Iterator, Mapping
from datetime import date
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlmodel import col, select

from app.cases.families.service import look_at_duplicates, set_side_by_side
from app.cases.findings import service as findings
from app.cases.findings.rules import Kind, Source, padded_length
from app.cases.findings.service import Looked
from app.cases.quality.service import look_over
from app.cases.register.models import Case
from app.contract import queries as contract
from app.exchange.checks import Area, Listed, names_of, of_rows
from app.exchange.imports import rules
from app.exchange.imports.models import ImportedRow, StagedRow
from app.exchange.layouts import Field, Layout
from app.kernel.acts import Act
from app.work.uow import UnitOfWork

_DISTRICT = f'"{Field.DISTRICT.value}":'
_READ_AT_ONCE = 2_000


def look(uow: UnitOfWork, lot_id: int, batch_id: int) -> None:
    """Keep the findings of a lot and the pairs of its contract level with what is known now.

    Reads every open case of the lot with what its lists say.
    """
    uow.must_be_in()
    look_over(uow, [lot_id])
    looked = list(_looked(uow, lot_id, batch_id))
    findings.keep(uow, Source.LIST, looked)
    contract_id = contract.find_lot(uow, lot_id).contract_id
    set_side_by_side(uow, contract_id)
    look_at_duplicates(uow, contract_id)


def look_again(uow: UnitOfWork) -> None:
    """Look over every case without a new list: their own facts, and which of them look alike."""
    with uow.command(Act.QUALITY_CHECK):
        look_over(uow, [lot.id or 0 for lot in contract.list_lots(uow)])
        for one in contract.list_contracts(uow):
            set_side_by_side(uow, one.id or 0)
            look_at_duplicates(uow, one.id or 0)


def _looked(uow: UnitOfWork, lot_id: int, batch_id: int) -> Iterator[Looked]:
    area = _area(uow, lot_id)
    listed_now = _listed_now(uow, batch_id)
    columns: tuple[Any, ...] = (Case.id, Case.reference, Case.referred_on, Case.received_on)
    still_open = Case.lot_id == lot_id, col(Case.ended_on).is_(None)
    cases = {row[0]: row[1:] for row in uow.session.execute(select(*columns).where(*still_open))}
    length = padded_length([reference for reference, *_ in cases.values()])
    for case_id, rows in groupby(_rows(uow, lot_id), key=itemgetter(0)):
        current = [
            _listed(layout, listed_on, json.loads(text))
            for _, key, layout, listed_on, text in rows
            if layout not in listed_now or key in listed_now[layout]
        ]
        reference, referred_on, received_on = cases[case_id]
        found = of_rows(current, area) if current else {}
        if referred_on != received_on:
            # Somebody said since when the work began.
            found.pop(Kind.NO_START, None)
        if length and reference.isdigit() and len(reference) < length:
            found[Kind.ZEROS_LOST] = (
                f"{reference} has {len(reference)} digits where the others have {length}."
            )
        yield Looked(case_id, lot_id, found)


def _area(uow: UnitOfWork, lot_id: int) -> Area:
    lots = contract.list_lots(uow)
    own = next(lot for lot in lots if lot.id == lot_id)
    others = {
        name: lot.name
        for lot in lots
        if lot.id != lot_id and lot.contract_id == own.contract_id
        for name in names_of(lot.name, lot.district)
    }
    told = select(ImportedRow.id).where(
        ImportedRow.lot_id == lot_id, col(ImportedRow.facts).contains(_DISTRICT, autoescape=True)
    )
    return Area(
        own.name,
        names_of(own.name, own.district),
        others,
        told=uow.session.scalar(told.limit(1)) is not None,
    )


def _listed_now(uow: UnitOfWork, batch_id: int) -> Mapping[Layout, set[str]]:
    """The keys that the list just imported holds, by the kind of list; the others were dropped."""
    found: dict[Layout, set[str]] = {}
    rows = select(StagedRow.layout, StagedRow.key).where(
        StagedRow.batch_id == batch_id, col(StagedRow.key) != ""
    )
    for layout, key in uow.session.execute(rows):
        found.setdefault(layout, set()).add(key)
    return found


def _rows(uow: UnitOfWork, lot_id: int) -> Iterator[Any]:
    columns: tuple[Any, ...] = (
        ImportedRow.case_id,
        ImportedRow.key,
        ImportedRow.layout,
        ImportedRow.listed_on,
        ImportedRow.facts,
    )
    rows = (
        select(*columns)
        .join(Case, col(Case.id) == ImportedRow.case_id)
        .where(Case.lot_id == lot_id, col(Case.ended_on).is_(None))
        .order_by(col(ImportedRow.case_id), col(ImportedRow.id))
        .execution_options(yield_per=_READ_AT_ONCE)
    )
    yield from uow.session.execute(rows)


def _listed(layout: Layout, listed_on: date, said: Mapping[str, str]) -> Listed:
    facts = {
        Field(name): date.fromisoformat(fact) if name.endswith("_on") else fact
        for name, fact in said.items()
        if name not in (rules.WORKER_NAMED, rules.WORKER_IS_TEAM)
    }
    return Listed(
        layout,
        listed_on,
        facts,
        worker_is_team=rules.WORKER_IS_TEAM in said,
        worker_named=rules.WORKER_NAMED in said,
    )
