"""Acts of edit sheets: giving one out, taking it back, applying what it changed."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import IO, Any

from sqlmodel import col, delete, select

from app.cases.corrections.rules import Fact, Facts
from app.cases.corrections.service import correct
from app.cases.listing.queries import contract_of
from app.cases.register.filter import SORTS, CaseFilter
from app.cases.register.models import Case
from app.cases.register.queries import count_cases
from app.exchange.editsheets import queries, rules
from app.exchange.editsheets.models import EditSheet, EditSheetRow
from app.exchange.editsheets.rules import Returned
from app.exchange.exports.rules import needs_purpose
from app.exchange.exports.service import say_purpose
from app.exchange.readers import Kind, Limits, Row, read
from app.kernel.acts import Act
from app.kernel.errors import Invalid, Refused
from app.work.uow import UnitOfWork

CHANGED_SINCE = "Someone changed this case after the sheet was made."


@dataclass(frozen=True)
class Applied:
    """How many rows were applied, and how many could not be after all."""

    applied: int
    left: int


def make(uow: UnitOfWork, wanted: CaseFilter, purpose: str = "") -> int:
    """Give out exactly the cases of a filter; returns the sheet's id.

    Of several lots with a written purpose, as any file of cases; Invalid without one.
    """
    with uow.command(Act.CASE_CORRECT):
        uow.actor.must(Act.CASE_EXPORT)
        _forget_old(uow)
        total = count_cases(uow, wanted)
        if not total:
            raise Refused("No case matches this list, so there is nothing to take away.")
        if total > rules.MOST_CASES:
            raise Refused(
                f"An edit sheet holds at most {rules.MOST_CASES:,} cases and this list has "
                f"{total:,}. Filter it further, for example by lot or state."
            )
        if needs_purpose(wanted.lot, uow.actor.lot_ids):
            say_purpose(uow, f"Edit sheet: {wanted.url('cases')}", purpose)
        sheet = uow.add(
            EditSheet(
                contract_id=contract_of(uow, wanted.lot),
                made_by=uow.actor.user_id,
                made_at=uow.now,
                filter=wanted.url("").removeprefix("?"),
                cases=total,
            )
        )
        uow.load(EditSheetRow, _given_out(uow, sheet, wanted))
        return sheet.id or 0


def take_back(
    uow: UnitOfWork, sheet_id: int, file: IO[bytes], file_name: str, limits: Limits
) -> int:
    """Read a sheet that came back; returns how many rows differ or are refused.

    Raises Invalid where the file is not this sheet; what an earlier file of it changed and was
    not applied is forgotten.
    """
    queries.find_sheet(uow, sheet_id)
    lines = _read(sheet_id, file, file_name, limits)
    with uow.command(Act.CASE_CORRECT):
        if not lines:
            raise Invalid("file", "The sheet is empty.")
        sheet = uow.get(EditSheet, sheet_id)
        issued = {one.case_id: one for one in queries.issued_rows(uow, sheet_id)}
        where = rules.places(lines[0])
        came = {rules.case_id_of(row, where): row for row in rules.match(lines[1:], where, issued)}
        changed = 0
        for kept in _rows(uow, sheet_id):
            row = came.get(kept.case_id)
            back = row and rules.read_row(row, where, issued[kept.case_id], uow.today)
            changed += _note(kept, back or None, issued[kept.case_id].facts)
        sheet.returned_at = uow.now
        return changed


def apply(uow: UnitOfWork, sheet_id: int, row_ids: Sequence[int] | None) -> Applied:
    """Correct the cases of the chosen rows, or of all that can be, in one command.

    A row that cannot be applied after all is left out and says why. At most `MOST_AT_ONCE` rows
    go at once.
    """
    with uow.command(Act.CASE_CORRECT):
        queries.find_sheet(uow, sheet_id)
        rows = [row for row in _rows(uow, sheet_id) if row.returned and not row.problem]
        if row_ids is not None:
            rows = [row for row in rows if row.id in row_ids]
        rows = rows[: rules.MOST_AT_ONCE]
        if not rows:
            raise Invalid("rows", "Tick at least one row that can be applied.")
        cases = _cases(uow, [row.case_id for row in rows])
        done = sum(_apply(uow, row, cases[row.case_id]) for row in rows)
        return Applied(done, len(rows) - done)


def _given_out(uow: UnitOfWork, sheet: EditSheet, wanted: CaseFilter) -> list[dict[str, Any]]:
    columns: tuple[Any, ...] = (Case.id, Case.lot_id, Case.version, Case.reference)
    order = (col(c).desc() if wanted.down else col(c) for c in SORTS[wanted.sort][1])
    found = uow.session.execute(
        select(*columns, *(getattr(Case, fact) for fact in Fact))
        .where(*wanted.criteria(uow.today), Case.contract_id == sheet.contract_id)
        .order_by(*order)
    )
    return [
        {
            "sheet_id": sheet.id,
            "place": place,
            "case_id": one.id,
            "lot_id": one.lot_id,
            "version_given": one.version,
            "reference": one.reference,
            "facts": rules.written(Facts.of(one)),
        }
        for place, one in enumerate(found, start=1)
    ]


def _read(sheet_id: int, file: IO[bytes], file_name: str, limits: Limits) -> list[Row]:
    with NamedTemporaryFile(prefix="clearway-", suffix=".xlsx") as kept:
        shutil.copyfileobj(file, kept)
        kept.flush()
        try:
            with read(Path(kept.name), file_name, limits) as book:
                if book.kind is not Kind.XLSX:
                    raise Invalid(
                        "file", "Send the sheet as the Excel workbook that was made here."
                    )
                sheet = next(
                    (one for one in book.sheets if one.name == rules.sheet_name(sheet_id)), None
                )
                if sheet is None:
                    name = rules.sheet_name(sheet_id)
                    raise Invalid("file", f"The workbook holds no sheet called “{name}”.")
                return list(sheet.rows())
        except Refused as unreadable:
            raise Invalid("file", unreadable.sentence) from unreadable


def _rows(uow: UnitOfWork, sheet_id: int) -> Sequence[EditSheetRow]:
    """The rows of a sheet that are not applied yet, in their order."""
    return uow.session.exec(
        select(EditSheetRow)
        .where(EditSheetRow.sheet_id == sheet_id, col(EditSheetRow.applied_at).is_(None))
        .order_by(col(EditSheetRow.place))
    ).all()


def _note(kept: EditSheetRow, back: Returned | None, given: Facts) -> bool:
    """Keep what a row says where that differs from what was given out."""
    if back is None or (back.facts == given and not back.problem):
        kept.line, kept.returned, kept.problem = None, "", ""
        return False
    kept.line, kept.problem = back.line, back.problem[:300]
    kept.returned = rules.written(back.facts) if back.facts else ""
    return True


def _cases(uow: UnitOfWork, case_ids: Sequence[int]) -> dict[int, Case]:
    found = uow.session.exec(select(Case).where(col(Case.id).in_(case_ids))).all()
    return {case.id or 0: case for case in found}


def _apply(uow: UnitOfWork, row: EditSheetRow, case: Case) -> bool:
    try:
        if case.version != row.version_given:
            raise Refused(CHANGED_SINCE)
        correct(uow, case, rules.read(row.returned))
    except (Invalid, Refused) as fault:
        row.problem = fault.sentence[:300]
        return False
    row.applied_at = uow.now
    return True


def _forget_old(uow: UnitOfWork) -> None:
    """Sheets older than they are kept for lose their rows; that they were made stays known."""
    old = select(EditSheet.id).where(col(EditSheet.made_at) < uow.now - rules.KEPT_FOR)
    uow.session.exec(delete(EditSheetRow).where(col(EditSheetRow.sheet_id).in_(old)))
