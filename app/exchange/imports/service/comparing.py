"""Sets what a list says beside the cases it tells of, and what it said last time beside both."""

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlmodel import and_, col, not_, or_, select

from app.cases.register.models import Case
from app.cases.states import CaseState
from app.exchange.differences import service as differences
from app.exchange.differences.models import CaseDifference
from app.exchange.differences.rules import Compare, Compared, as_told, compare
from app.exchange.differences.service import Seen
from app.exchange.imports import rules
from app.exchange.imports.models import ImportBatch, ImportedRow, StagedRow
from app.exchange.imports.rules import Part, Verdict
from app.exchange.imports.service.opening import AT_ONCE
from app.exchange.imports.service.remembering import remember
from app.exchange.imports.service.telling import Teller
from app.work.uow import UnitOfWork

_ROW = ("case_id", "batch_id", "key", "layout", "facts")


def compare_cases(
    uow: UnitOfWork,
    batch: ImportBatch,
    before: Mapping[str, Mapping[str, Any]],
    opened: Collection[int],
    teller: Teller,
) -> int:
    """Note the differences of every case that the list or a person changed; how many are open."""
    cases = _cases(uow, batch, opened)
    seen = [
        Seen(case_id, batch.lot_id, list(compare(_beside(cases[case_id], rows, before, batch))))
        for case_id, rows in teller.count(Part.COMPARE, _rows(uow, sorted(cases)))
    ]
    waiting, changed = differences.keep(uow, batch.id or 0, seen)
    remember(uow, batch, CaseDifference, changed)
    return waiting


def _cases(uow: UnitOfWork, batch: ImportBatch, opened: Collection[int]) -> dict[int, Any]:
    """Those the list tells something new of, and those that have been changed since they came."""
    columns: tuple[Any, ...] = (Case.id, Case.state, *(getattr(Case, one) for one in Compared))
    first = batch.first_case_id or 0
    found = uow.rows(
        select(*columns)
        .join(
            StagedRow,
            and_(col(StagedRow.reference) == col(Case.reference), StagedRow.batch_id == batch.id),
        )
        .where(
            Case.contract_id == batch.contract_id,
            Case.state != CaseState.HANDED_BACK,
            not_(col(Case.id).between(first, first + batch.cases_opened - 1)),
            or_(
                col(StagedRow.verdict).in_((Verdict.NEW, Verdict.CHANGED)),
                and_(StagedRow.verdict == Verdict.UNCHANGED, col(Case.version) > 1),
            ),
        )
    )
    return {case.id: case for case in found if case.id not in opened}


def _rows(uow: UnitOfWork, case_ids: Sequence[int]) -> Iterator[tuple[int, list[Any]]]:
    """What the lists say of each case, by the case."""
    columns: tuple[Any, ...] = tuple(getattr(ImportedRow, name) for name in _ROW)
    for start in range(0, len(case_ids), AT_ONCE):
        found = uow.session.execute(
            select(*columns)
            .where(col(ImportedRow.case_id).in_(case_ids[start : start + AT_ONCE]))
            .order_by(col(ImportedRow.case_id), col(ImportedRow.id))
        )
        for case_id, rows in groupby(found, itemgetter(0)):
            yield case_id, list(rows)


def _beside(
    case: Any, rows: Sequence[Any], before: Mapping[str, Mapping[str, Any]], batch: ImportBatch
) -> Compare:
    now = [(layout, json.loads(facts)) for *_, layout, facts in rows]
    last = [
        (layout, json.loads(before[key]["facts"]) if key in before else said)
        for (_, batch_id, key, *_), (layout, said) in zip(rows, now, strict=True)
        if key in before or batch_id != batch.id
    ]
    told = rules.told(now, batch.listed_on)
    ours = as_told(case)
    if not case.state.is_open:
        ours = {Compared.ENDED_ON: ours[Compared.ENDED_ON]}
        told = {Compared.ENDED_ON: told.get(Compared.ENDED_ON, "")}
    return Compare(
        ours,
        told,
        rules.told(last, batch.listed_on),
        batch.listed_on,
        rules.silent(now, batch.listed_on),
    )
