"""The process that opens Excel files: it holds little memory, writes rows and dies."""

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from app.exchange.precheck import (
    DAMAGED,
    HEAD_ROWS,
    PROTECTED,
    TOO_MUCH,
    Limits,
    SheetScan,
    Unreadable,
    scan_legacy,
    scan_workbook,
)
from app.exchange.readers.spool import write_row
from app.exchange.readers.workbook import Cell, Kind, is_blank

_SPOOL_AT_MOST = 2_000_000_000
# Excel knows no more digits than fifteen of a number.
_EXACT = 10**15


def main(path: Path, kind: Kind, spool: Path, limits: Limits) -> dict[str, Any]:
    """What was found, for the waiting process: sheets and notices, or why nothing was read."""
    try:
        return _convert(path, kind, spool, limits)
    except Unreadable as error:
        return {"refused": error.sentence}
    except MemoryError:
        return {"refused": TOO_MUCH}
    except PasswordError:
        return {"refused": PROTECTED}
    except CalamineError:
        return {"refused": DAMAGED}


def _convert(path: Path, kind: Kind, spool: Path, limits: Limits) -> dict[str, Any]:
    scan = scan_legacy(path) if kind is Kind.XLS else scan_workbook(path, limits)
    sheets: list[dict[str, Any]] = []
    notices: list[str] = []
    with load_workbook(path) as workbook, spool.open("w", encoding="ascii") as out:
        for tab in workbook.sheets_metadata:
            if tab.typ is not SheetTypeEnum.WorkSheet:
                continue
            found = scan.sheets.get(tab.name)
            if found is None:
                found = _unscanned(tab.name, kind)
            hidden = tab.visible is not SheetVisibleEnum.Visible
            offset = out.tell()
            sheet = workbook.get_sheet_by_name(tab.name)
            merged = _Merged(sheet)
            filled = _write(sheet, found, merged, out, limits)
            notices += _notices(found, hidden=hidden and filled > 0, repeated=merged.repeated)
            sheets.append(
                {
                    "name": tab.name,
                    "filled": filled,
                    "offset": offset,
                    "hidden": hidden,
                    "date1904": scan.date1904,
                }
            )
    return {"sheets": sheets, "notices": notices}


def _unscanned(name: str, kind: Kind) -> SheetScan:
    """Refuses a sheet of an .xlsx that the scan did not meet: it has not been bounded."""
    if kind is Kind.XLSX:
        raise Unreadable(DAMAGED)
    return SheetScan(name)


class _Merged:
    """The merged cells of a sheet that reach over several rows: each row says what they say."""

    def __init__(self, sheet: CalamineSheet) -> None:
        self.repeated = False
        self._begin: dict[int, list[tuple[int, int]]] = {}
        for (top, column), (bottom, _) in sheet.merged_cell_ranges or ():
            if bottom > top:
                self._begin.setdefault(top + 1, []).append((column, bottom + 1))
        self._open: dict[int, tuple[int, Cell]] = {}

    def fill(self, line: int, cells: list[Cell]) -> None:
        """Write into a row what the cells that began above it say."""
        for column, (last, value) in list(self._open.items()):
            if line > last:
                del self._open[column]
            elif is_blank(cells[column]) and not is_blank(value):
                cells[column] = value
                self.repeated = True
        for column, last in self._begin.get(line, ()):
            if column < len(cells):
                self._open[column] = last, cells[column]


def _notices(found: SheetScan, *, hidden: bool, repeated: bool) -> Iterable[str]:
    if hidden:
        yield f"Sheet “{found.name}” is hidden; it was looked at like the others."
    if found.hidden_rows:
        rows = "1 hidden row" if found.hidden_rows == 1 else f"{found.hidden_rows:,} hidden rows"
        yield f"Sheet “{found.name}” has {rows}; hidden rows are read and counted."
    if repeated:
        yield (
            f"Sheet “{found.name}” has merged cells; each of their rows was read with what they "
            "say."
        )


def _write(
    sheet: CalamineSheet, found: SheetScan, merged: _Merged, out: IO[str], limits: Limits
) -> int:
    before: list[Cell] = [""] * (sheet.start[1] if sheet.start else 0)
    width = max(len(before) + sheet.width, found.last_column)
    filled = 0
    for line, values in _lines(sheet, found):
        cells = before + values
        for column, text in found.broken.get(line, ()):
            cells += [""] * (width - len(cells))
            cells[column - 1] = text
        if all(map(is_blank, cells)):
            continue
        _pad(cells, found)
        merged.fill(line, cells)
        out.write(write_row(line, cells))
        filled += 1
        if filled > limits.rows + HEAD_ROWS:
            raise Unreadable(
                f"Sheet “{found.name}” has more than {limits.rows:,} rows, the most that are read "
                "at once. Nothing was kept."
            )
    return filled


def _pad(cells: list[Cell], found: SheetScan) -> None:
    """Write whole numbers as the sheet shows them, where it shows more than their digits."""
    for column, padding in found.padded.items():
        value = cells[column - 1] if column <= len(cells) else ""
        if isinstance(value, bool) or not isinstance(value, int | float):
            continue
        if abs(value) < _EXACT and float(value).is_integer():
            cells[column - 1] = padding.show(value)


def _lines(sheet: CalamineSheet, found: SheetScan) -> Iterable[tuple[int, list[Cell]]]:
    """All rows from the first, and those below the last value whose cells are all broken."""
    line = 0
    for line, values in enumerate(sheet.iter_rows(), start=1):
        yield line, values  # type: ignore[misc]
    for below in sorted(found.broken):
        if below > line:
            yield below, []


def _hold_back(memory: int) -> None:
    """Limits this process, where the system has such limits (not on Windows)."""
    try:
        import resource  # noqa: PLC0415 - absent on Windows
    except ImportError:
        return
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (_SPOOL_AT_MOST, _SPOOL_AT_MOST))


if __name__ == "__main__":
    source, kind, spool, written_limits = sys.argv[1:]
    limits = Limits(**json.loads(written_limits))
    _hold_back(limits.memory)
    sys.stdout.write(json.dumps(main(Path(source), Kind(kind), Path(spool), limits)))
