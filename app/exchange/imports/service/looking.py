"""Looks over the cases of a lot after an import: what is wrong or missing, which look alike."""

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import cached_property
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlmodel import col, select

from app.cases.families.service import look_at_duplicates, set_beside, set_side_by_side
from app.cases.findings import service as findings
from app.cases.findings.models import Finding
from app.cases.findings.rules import (
    CaseFacts,
    Kind,
    Source,
    changed_by_excel,
    kinds_of,
    may_be_changed,
    of_case,
    padded_length,
)
from app.cases.findings.service import Looked
from app.cases.quality.service import look_over
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.contract import queries as contract
from app.exchange.checks import Area, Listed, names_of, of_rows
from app.exchange.imports.models import ImportBatch, ImportedRow, StagedRow
from app.exchange.imports.rules import IMPORTED, Verdict
from app.exchange.imports.service.beginning import Telling
from app.exchange.imports.service.opening import Opened
from app.exchange.layouts import Layout
from app.exchange.once import Once
from app.kernel.acts import Act
from app.work.uow import UnitOfWork

_READ_AT_ONCE = 2_000
# So many references tell how long they are.
_TELLING = 5_000
_OF_CASE = 1 + len(CaseFacts._fields)


def look(uow: UnitOfWork, batch: ImportBatch, opened: Opened, known: Collection[int]) -> None:
    """Keep findings and pairs level with the list that was just imported.

    Looks at the cases that it opened, at those that are `known` of which it said something, and
    at those with a finding from a list, since a row that is listed no longer may mend it.
    """
    uow.must_be_in()
    again = {*known, *opened.back, *_standing(uow, batch.lot_id)}
    looking = _Looking(uow, batch)
    findings.keep_first(uow, [one for one in looking.at_new(opened) if one.case_id not in again])
    looked = list(looking.at_known(sorted(again)))
    findings.keep(uow, Source.CASE, [Looked(one, batch.lot_id, case) for one, case, _ in looked])
    findings.keep(uow, Source.LIST, [Looked(one, batch.lot_id, told) for one, _, told in looked])
    _set_beside(uow, batch, opened, known)
    look_at_duplicates(uow, batch.contract_id)


def _set_beside(
    uow: UnitOfWork, batch: ImportBatch, opened: Opened, known: Collection[int]
) -> None:
    cores = set(opened.cores)
    keys = set(filter(None, opened.new.facts["family_key"]))
    for ids in _portions(sorted({*known, *opened.back})):
        told = select(Case.reference_core, Case.family_key).where(col(Case.id).in_(ids))
        for reference_core, key in uow.rows(told):
            cores.add(reference_core)
            keys |= {key} if key else set()
    set_beside(uow, batch.contract_id, cores, keys)


def look_again(uow: UnitOfWork) -> None:
    """Look over every case without a new list: their own facts, and which of them look alike."""
    with uow.command(Act.QUALITY_CHECK):
        look_over(uow)
        for one in contract.list_contracts(uow):
            set_side_by_side(uow, one.id or 0)
            look_at_duplicates(uow, one.id or 0)


_Found = dict[Kind, str]


def _standing(uow: UnitOfWork, lot_id: int) -> Sequence[int]:
    """The cases of a lot with a finding from a list."""
    return (
        uow.rows(
            select(Finding.case_id).where(
                Finding.lot_id == lot_id, col(Finding.kind).in_(kinds_of(Source.LIST))
            )
        )
        .scalars()
        .all()
    )


class _Looking:
    """What shows in cases of one lot after a list."""

    def __init__(self, uow: UnitOfWork, batch: ImportBatch) -> None:
        self._uow = uow
        self._batch = batch
        self._area = _area(uow, batch)
        # Many children begin alike, and many are told of alike.
        self._of_facts = Once(self._of_beginning)
        self._of_lists = Once(self._of_telling)

    def at_new(self, opened: Opened) -> Iterator[Looked]:
        """The cases that the list opened in which something shows."""
        facts, lot_id = opened.new.facts, self._batch.lot_id
        referred, references = facts["referred_on"], facts["reference"]
        begun = zip(referred, facts["clock_started_on"], facts["age_band"], strict=True)
        told = zip(referred, opened.new.telling, strict=True)
        shown = zip(
            map(self._of_facts.__getitem__, begun),
            map(self._of_lists.__getitem__, told),
            map(self._of_references(references).get, references),
            strict=True,
        )
        for case_id, (own, listed, named) in enumerate(shown, start=opened.first):
            if own or listed or named:
                yield Looked(case_id, lot_id, own | listed | (named or {}))

    def _of_references(self, references: Iterable[str]) -> dict[str, _Found]:
        """What shows in those of these references in which anything can."""
        looked_at = [one for one in references if one.isdigit() or may_be_changed(one)]
        return {one: self._of_reference(one) for one in looked_at}

    def _of_reference(self, reference: str) -> _Found:
        found: _Found = {}
        if excel := changed_by_excel(reference):
            found[Kind.REFERENCE_CHANGED] = excel
        if reference.isdigit() and (zeros := self._zeros_lost(reference)):
            found[Kind.ZEROS_LOST] = zeros
        return found

    def _of_beginning(self, told: tuple[date, date | None, str]) -> _Found:
        """Of all children whose cases begin alike."""
        return of_case(self._case(*told))

    def _of_telling(self, told: tuple[date, Telling]) -> _Found:
        """Of all children whose rows are alike."""
        referred_on, telling = told
        day = self._batch.listed_on
        listed = [Listed(layout, day, dict(facts)) for layout, facts in telling.rows]
        return self._of_rows(self._case(referred_on), listed)

    def _case(
        self, referred_on: date, clock_started_on: date | None = None, age_band: str = ""
    ) -> CaseFacts:
        listed_on = self._batch.listed_on
        return CaseFacts(
            "", CaseState.UNALLOCATED, referred_on, listed_on, clock_started_on, age_band
        )

    def at_known(self, case_ids: Sequence[int]) -> Iterator[tuple[int, _Found, _Found]]:
        """Of each of these cases, what its own facts show and what its lists show."""
        layouts, again = _said_again(self._uow, self._batch.id or 0) if case_ids else (set(), set())
        for ids in _portions(case_ids):
            for case_id, rows in groupby(_rows(self._uow, self._batch.lot_id, ids), itemgetter(0)):
                of_child = list(rows)
                case = CaseFacts._make(of_child[0][1:_OF_CASE])
                current = [
                    Listed(layout, listed_on, json.loads(text))
                    for *_, told_in, key, layout, listed_on, text in of_child
                    if told_in == self._batch.id or layout not in layouts or key in again
                ]
                found = self._of_rows(case, current)
                if zeros := self._zeros_lost(case.reference):
                    found[Kind.ZEROS_LOST] = zeros
                yield case_id, of_case(case), found

    def _of_rows(self, case: CaseFacts, rows: Sequence[Listed]) -> _Found:
        found = of_rows(rows, self._area) if rows else {}
        if case.referred_on != case.received_on:
            # Somebody said since when the work began.
            found.pop(Kind.NO_START, None)
        return found

    def _zeros_lost(self, reference: str) -> str:
        if not reference.isdigit() or not self._length or len(reference) >= self._length:
            return ""
        return f"{reference} has {len(reference)} digits where the others have {self._length}."

    @cached_property
    def _length(self) -> int | None:
        """How long the references of the lot are, by the newest of its open cases."""
        newest = _open(self._batch.lot_id, Case.reference).order_by(col(Case.id).desc())
        return padded_length(self._uow.rows(newest.limit(_TELLING)).scalars().all())


def _open(lot_id: int, *columns: Any) -> Any:
    return select(*columns).where(Case.lot_id == lot_id, col(Case.ended_on).is_(None))


def _area(uow: UnitOfWork, batch: ImportBatch) -> Area:
    lots, lot_id = contract.list_lots(uow), batch.lot_id
    own = next(lot for lot in lots if lot.id == lot_id)
    others = {
        name: lot.name
        for lot in lots
        if lot.id != lot_id and lot.contract_id == own.contract_id
        for name in names_of(lot.name, lot.district)
    }
    told = select(ImportBatch.id).where(
        ImportBatch.lot_id == lot_id,
        col(ImportBatch.districts),
        col(ImportBatch.stage).in_((*IMPORTED, batch.stage)),
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


def _rows(uow: UnitOfWork, lot_id: int, case_ids: Sequence[int]) -> Iterator[Any]:
    """The rows of the open ones of these cases, case by case."""
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
        .where(col(Case.id).in_(case_ids))
        .order_by(col(Case.id), col(ImportedRow.id))
    )
    yield from uow.rows(rows)


def _portions(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    for start in range(0, len(ids), _READ_AT_ONCE):
        yield ids[start : start + _READ_AT_ONCE]
