"""Looks over the cases of a lot after an import: what is wrong or missing, which look alike."""

import json
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import or_
from sqlmodel import col, select

from app.cases.families.service import look_at_duplicates, set_side_by_side
from app.cases.findings import service as findings
from app.cases.findings.models import Finding
from app.cases.findings.rules import CaseFacts, Kind, Source, kinds_of, of_case, padded_length
from app.cases.findings.service import Looked
from app.cases.quality.service import look_over
from app.cases.register.models import Case
from app.contract import queries as contract
from app.exchange.checks import Area, Listed, names_of, of_rows
from app.exchange.imports.models import ImportedRow, StagedRow
from app.exchange.imports.rules import Part, Verdict
from app.exchange.imports.service.telling import Teller
from app.exchange.layouts import Field, Layout
from app.kernel.acts import Act
from app.work.uow import UnitOfWork

_DISTRICT = f'"{Field.DISTRICT.value}":'
_READ_AT_ONCE = 2_000
_OF_CASE = 1 + len(CaseFacts._fields)


def look(uow: UnitOfWork, lot_id: int, batch_id: int, teller: Teller) -> None:
    """Keep findings and pairs level with the list that was just imported.

    Looks at the cases of which the list said something new or otherwise, and at those with a
    finding from a list, since a row that is listed no longer may mend it.
    """
    uow.must_be_in()
    contract_id = contract.find_lot(uow, lot_id).contract_id
    looked = list(teller.count(Part.LOOK, _looked(uow, lot_id, batch_id)))
    findings.keep(uow, Source.CASE, [Looked(one, lot_id, case) for one, case, _ in looked])
    findings.keep(uow, Source.LIST, [Looked(one, lot_id, listed) for one, _, listed in looked])
    if uow.session.scalar(_told(batch_id).limit(1)) is not None:
        set_side_by_side(uow, contract_id)
    look_at_duplicates(uow, contract_id)


def look_again(uow: UnitOfWork) -> None:
    """Look over every case without a new list: their own facts, and which of them look alike."""
    with uow.command(Act.QUALITY_CHECK):
        look_over(uow)
        for one in contract.list_contracts(uow):
            set_side_by_side(uow, one.id or 0)
            look_at_duplicates(uow, one.id or 0)


def _told(batch_id: int) -> Any:
    """The references of which a batch says something that was not known."""
    return select(StagedRow.reference).where(
        StagedRow.batch_id == batch_id,
        col(StagedRow.verdict).in_((Verdict.NEW, Verdict.CHANGED)),
    )


_Found = dict[Kind, str]


def _looked(uow: UnitOfWork, lot_id: int, batch_id: int) -> Iterator[tuple[int, _Found, _Found]]:
    """Of each case to look at, what its own facts show and what its lists show."""
    area, (layouts, again) = _area(uow, lot_id), _said_again(uow, batch_id)
    length = padded_length(uow.rows(_open(lot_id, Case.reference)).scalars().all())
    for case_id, rows in groupby(_rows(uow, lot_id, batch_id), key=itemgetter(0)):
        of_child = list(rows)
        case = CaseFacts._make(of_child[0][1:_OF_CASE])
        current = [
            Listed(layout, listed_on, json.loads(text))
            for *_, told_in, key, layout, listed_on, text in of_child
            if told_in == batch_id or layout not in layouts or key in again
        ]
        found = of_rows(current, area) if current else {}
        if case.referred_on != case.received_on:
            # Somebody said since when the work began.
            found.pop(Kind.NO_START, None)
        if length and case.reference.isdigit() and len(case.reference) < length:
            found[Kind.ZEROS_LOST] = (
                f"{case.reference} has {len(case.reference)} digits where the others have {length}."
            )
        yield case_id, of_case(case), found


def _open(lot_id: int, *columns: Any) -> Any:
    return select(*columns).where(Case.lot_id == lot_id, col(Case.ended_on).is_(None))


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


def _said_again(uow: UnitOfWork, batch_id: int) -> tuple[set[Layout], set[str]]:
    """The kinds of list that a batch holds, and the keys under which it says what it said before.

    An earlier row of such a kind that is not among them is listed no longer.
    """
    layouts = select(StagedRow.layout).where(StagedRow.batch_id == batch_id).distinct()
    keys = select(StagedRow.key).where(
        StagedRow.batch_id == batch_id, StagedRow.verdict == Verdict.UNCHANGED
    )
    return set(uow.rows(layouts).scalars()), set(uow.rows(keys).scalars())


def _rows(uow: UnitOfWork, lot_id: int, batch_id: int) -> Iterator[Any]:
    """The rows of every case to look at, case by case."""
    standing = select(Finding.case_id).where(
        Finding.lot_id == lot_id, col(Finding.kind).in_(kinds_of(Source.LIST))
    )
    rows = (
        _open(
            lot_id,
            Case.id,
            *(getattr(Case, name) for name in CaseFacts._fields),
            ImportedRow.batch_id,
            ImportedRow.key,
            ImportedRow.layout,
            ImportedRow.listed_on,
            ImportedRow.facts,
        )
        .join(ImportedRow, col(ImportedRow.case_id) == Case.id)
        .where(or_(col(Case.reference).in_(_told(batch_id)), col(Case.id).in_(standing)))
        .order_by(col(Case.id), col(ImportedRow.id))
        .execution_options(yield_per=_READ_AT_ONCE)
    )
    yield from uow.rows(rows)
