"""Reads of edit sheets: one's own sheets, the rows given out, and the changes that came back."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import col, select

from app.cases.corrections.rules import Fact, Facts, in_words
from app.cases.register.filter import CaseFilter, filter_of
from app.cases.register.models import Case
from app.exchange.editsheets.models import EditSheet, EditSheetRow
from app.exchange.editsheets.rules import Issued, Standing, read, standing
from app.kernel import paging
from app.kernel.errors import NotFound
from app.work.uow import UnitOfWork

PAGE_SIZE = 100
MOST_SHEETS = 50


@dataclass(frozen=True)
class SheetView:
    """One edit sheet as its maker sees it."""

    id: int
    made_at: datetime
    wanted: CaseFilter
    cases: int
    returned_at: datetime | None


@dataclass(frozen=True)
class Change:
    """One fact of one row: as given out, as it came back and, where that differs, as it is now."""

    label: str
    given: str
    returned: str
    now: str


@dataclass(frozen=True)
class ChangedRow:
    """One row that came back with something to decide."""

    id: int
    case_id: int
    reference: str
    line: int
    changes: tuple[Change, ...]
    problem: str
    standing: Standing


def find_sheet(uow: UnitOfWork, sheet_id: int) -> SheetView:
    """A sheet of one's own, or NotFound."""
    sheet = uow.get(EditSheet, sheet_id)
    if sheet.made_by != uow.actor.user_id:
        raise NotFound
    return _view(sheet)


def list_sheets(uow: UnitOfWork) -> list[SheetView]:
    """One's own sheets, the newest first."""
    own = select(EditSheet).where(EditSheet.made_by == uow.actor.user_id)
    found = uow.session.exec(own.order_by(col(EditSheet.id).desc()).limit(MOST_SHEETS)).all()
    return [_view(sheet) for sheet in found]


def issued_rows(uow: UnitOfWork, sheet_id: int) -> list[Issued]:
    """The rows of a sheet as they were given out, of cases that the actor still sees."""
    found = uow.session.execute(
        select(
            EditSheetRow.case_id,
            EditSheetRow.version_given,
            EditSheetRow.reference,
            EditSheetRow.facts,
        )
        .where(EditSheetRow.sheet_id == sheet_id)
        .order_by(col(EditSheetRow.place))
    ).all()
    return [Issued(one.case_id, one.version_given, one.reference, read(one.facts)) for one in found]


def count_standings(uow: UnitOfWork, sheet_id: int) -> dict[Standing, int]:
    """How many rows that came back stand in which way."""
    columns: tuple[Any, ...] = (
        EditSheetRow.applied_at,
        EditSheetRow.problem,
        EditSheetRow.version_given,
        Case.version,
    )
    found = uow.session.execute(_came_back(columns, sheet_id)).all()
    counted = Counter(
        standing(applied=applied is not None, problem=problem, given=given, now=now)
        for applied, problem, given, now in found
    )
    return {one: counted[one] for one in Standing}


def list_changes(
    uow: UnitOfWork, sheet_id: int, total: int, page: str | None
) -> paging.Slice[ChangedRow]:
    """One page of the rows that came back changed or refused, in the order of the sheet."""
    place = paging.place(page, total=total, size=PAGE_SIZE)
    facts: tuple[Any, ...] = tuple(getattr(Case, fact) for fact in Fact)
    columns: tuple[Any, ...] = (EditSheetRow, Case.version, *facts)
    rows = _came_back(columns, sheet_id).order_by(col(EditSheetRow.place))
    found = uow.session.execute(rows.offset(place.offset).limit(place.size)).all()
    return paging.Slice.at(
        place, [_changed(one.EditSheetRow, one.version, Facts.of(one)) for one in found]
    )


def _came_back(columns: tuple[Any, ...], sheet_id: int) -> Any:
    return (
        select(*columns)
        .join(Case, col(Case.id) == EditSheetRow.case_id)
        .where(EditSheetRow.sheet_id == sheet_id, col(EditSheetRow.line).is_not(None))
    )


def _changed(row: EditSheetRow, version: int, now: Facts) -> ChangedRow:
    given = read(row.facts)
    back = read(row.returned) if row.returned else given
    applied = row.applied_at is not None
    changes = [
        Change(
            fact.label,
            in_words(getattr(given, fact)),
            in_words(getattr(back, fact)),
            in_words(getattr(now, fact)),
        )
        for fact in Fact
        if getattr(given, fact) != getattr(back, fact)
    ]
    where = standing(applied=applied, problem=row.problem, given=row.version_given, now=version)
    return ChangedRow(
        row.id or 0, row.case_id, row.reference, row.line or 0, tuple(changes), row.problem, where
    )


def _view(sheet: EditSheet) -> SheetView:
    wanted = filter_of(sheet.filter)
    return SheetView(sheet.id or 0, sheet.made_at, wanted, sheet.cases, sheet.returned_at)
