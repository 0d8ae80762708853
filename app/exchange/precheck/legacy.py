"""Goes through the records of an old workbook (.xls) for what its values do not say."""

import struct
from collections.abc import Iterator
from pathlib import Path

from app.exchange.precheck.refusals import DAMAGED, MACROS, NOT_EXCEL, PROTECTED, Unreadable
from app.exchange.precheck.sheetxml import BookScan, SheetScan

# Record numbers and layouts: Microsoft's published [MS-XLS] and, for the file around it, [MS-CFB].
_FORMULA, _END, _DATE_MODE, _PASSWORD, _SHEET, _ERROR, _ROW, _BEGIN = (
    *(0x0006, 0x000A, 0x0022, 0x002F),
    *(0x0085, 0x0205, 0x0208, 0x0809),
)
_EXCEL_97 = 0x0600
_HIDDEN_ROW = 0x20
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
_HEADER_SECTORS = 109
_LAST_SECTOR = 0xFFFFFFFA
_ENTRY = 128
# Shorter streams stand elsewhere in the file; no program writes a workbook that short.
_SHORT = 4096


def scan_legacy(path: Path) -> BookScan:
    """Refuses a file that is protected, has macros or holds no workbook; notes its errors."""
    content = path.read_bytes()
    try:
        entries = _entries(content)
        if "EncryptedPackage" in entries:
            raise Unreadable(PROTECTED)
        if "_VBA_PROJECT_CUR" in entries or "_VBA_PROJECT" in entries:
            raise Unreadable(MACROS)
        found = entries.get("Workbook") or entries.get("Book")
        if not found:
            raise Unreadable(NOT_EXCEL)
        return (
            _scan(_chain(content, *found)) if found[1] >= _SHORT else BookScan({}, date1904=False)
        )
    except (struct.error, IndexError, UnicodeDecodeError) as error:
        raise Unreadable(DAMAGED) from error


def _entries(content: bytes) -> dict[str, tuple[int, int]]:
    """The streams of the file: first sector and length, by name."""
    (start,) = struct.unpack_from("<I", content, 48)
    directory = _chain(content, start, len(content))
    entries = {}
    for at in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        (length,) = struct.unpack_from("<H", directory, at + 64)
        name = directory[at : at + max(length - 2, 0)].decode("utf-16-le")
        entries[name] = struct.unpack_from("<II", directory, at + 116)
    return entries


def _chain(content: bytes, sector: int, length: int) -> bytes:
    """The bytes of a stream, from sector to sector by the table of the next ones."""
    size = 1 << struct.unpack_from("<H", content, 30)[0]
    following = _next_sectors(content, size)
    pieces: list[bytes] = []
    while sector < _LAST_SECTOR and len(pieces) <= len(following):
        if (sector + 1) * size >= len(content):
            raise Unreadable(DAMAGED)
        pieces.append(content[(sector + 1) * size : (sector + 2) * size])
        sector = following[sector]
    return b"".join(pieces)[:length]


def _next_sectors(content: bytes, size: int) -> list[int]:
    tables = list(struct.unpack_from(f"<{_HEADER_SECTORS}I", content, 76))
    more, count = struct.unpack_from("<II", content, 68)
    for _ in range(min(count, len(content) // size)):
        *listed, more = struct.unpack_from(f"<{size // 4}I", content, (more + 1) * size)
        tables += listed
    following: list[int] = []
    for table in tables:
        if table < _LAST_SECTOR:
            following += struct.unpack_from(f"<{size // 4}I", content, (table + 1) * size)
    return following


def _records(stream: bytes, at: int) -> Iterator[tuple[int, bytes]]:
    """The records of one part of the workbook, from its beginning to its own end."""
    depth = 0
    while at + 4 <= len(stream):
        number, length = struct.unpack_from("<HH", stream, at)
        yield number, stream[at + 4 : at + 4 + length]
        at += 4 + length
        depth += (number == _BEGIN) - (number == _END)
        if not depth:
            return


def _scan(stream: bytes) -> BookScan:
    sheets: dict[str, SheetScan] = {}
    is_excel_97 = date1904 = False
    for number, record in _records(stream, 0):
        if number == _BEGIN:
            is_excel_97 = struct.unpack_from("<H", record)[0] == _EXCEL_97
        elif number == _PASSWORD:
            raise Unreadable(PROTECTED)
        elif number == _DATE_MODE:
            date1904 = record[:1] == b"\1"
        elif number == _SHEET:
            name = _name(record, is_excel_97=is_excel_97)
            sheets[name] = _scan_sheet(name, stream, struct.unpack_from("<I", record)[0])
    return BookScan(sheets, date1904)


def _name(record: bytes, *, is_excel_97: bool) -> str:
    length = record[6]
    if not is_excel_97:
        return record[7 : 7 + length].decode("cp1252")
    if record[7] & 1:
        return record[8 : 8 + 2 * length].decode("utf-16-le")
    return record[8 : 8 + length].decode("latin-1")


def _scan_sheet(name: str, stream: bytes, at: int) -> SheetScan:
    scan = SheetScan(name)
    for number, record in _records(stream, at):
        if number == _ROW:
            scan.hidden_rows += bool(struct.unpack_from("<H", record, 12)[0] & _HIDDEN_ROW)
        elif number == _ERROR and record[7]:
            _note(scan, record, record[6])
        elif number == _FORMULA and record[6] == 2 and record[12:14] == b"\xff\xff":
            _note(scan, record, record[8])
    return scan


def _note(scan: SheetScan, record: bytes, code: int) -> None:
    row, column = struct.unpack_from("<HH", record)
    scan.broken.setdefault(row + 1, []).append((column + 1, _ERRORS.get(code, "#VALUE!")))
    scan.last_column = max(scan.last_column, column + 1)
