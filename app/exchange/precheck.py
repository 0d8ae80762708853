"""What is looked at in a workbook's zip and XML before anything reads its cells."""

import re
import zipfile
import zlib
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO
from xml.etree.ElementTree import Element
from xml.parsers import expat

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from app.kernel.errors import Refused

HEAD_ROWS = 5
_CHUNK = 1 << 18
_RATIO_COUNTS_FROM = 10_000_000
_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"

PROTECTED = "The file is protected by a password. Remove the password in Excel and send it again."
MACROS = "The file contains macros. Save it in Excel as a workbook without macros (.xlsx)."
DAMAGED = "The file is cut off or damaged. Save it again in Excel and send the new copy."
NOT_EXCEL = "The file is not an Excel workbook or a CSV list. Save the list as .xlsx or .csv."
TOO_MUCH = "The file needs more memory than one may take. Split the list and send the parts."
BINARY = "The file is a binary workbook (.xlsb). Save it in Excel as .xlsx."
DECLARES = "The file declares entities of its own, which no spreadsheet does; it was not read."
ODD_PARTS = "The file holds parts under names that Excel never writes; it was not read."


class Unreadable(Refused):
    """The file cannot be read as a list; the sentence says why and what to do."""


class _Declaration(Exception):
    """An XML part opens with a document type, where entity attacks begin."""


@dataclass(frozen=True)
class Limits:
    """What reading one file may cost, in bytes, counts and seconds.

    Half a thousand parts is three times what a workbook of fifty tabs with drawings needs.
    """

    sent: int = 50_000_000
    unpacked: int = 400_000_000
    ratio: int = 100
    parts: int = 500
    rows: int = 150_000
    columns: int = 256
    seconds: int = 120
    memory: int = 1 << 30


@dataclass
class SheetScan:
    """What a sheet's XML says beyond its values; rows and columns count from 1.

    `broken` holds, by row, the columns whose cell is an error (its text, such as #REF!) or a
    formula that was saved without its value (None).
    """

    name: str
    last_row: int = 0
    last_column: int = 0
    hidden_rows: int = 0
    broken: dict[int, list[tuple[int, str | None]]] = field(default_factory=dict)


@dataclass(frozen=True)
class BookScan:
    sheets: dict[str, SheetScan]
    date1904: bool


def column_letters(number: int) -> str:
    """A for 1, Z for 26, AA for 27."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def scan_workbook(path: Path, limits: Limits) -> BookScan:
    """Refuses an .xlsx that no honest program wrote, and streams each of its XML parts once."""
    try:
        with zipfile.ZipFile(path) as book:
            _check_parts(book, path.stat().st_size, limits)
            return _scan_parts(book, limits)
    except (DefusedXmlException, _Declaration) as error:
        raise Unreadable(DECLARES) from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        NotImplementedError,
        EOFError,
        OSError,
        KeyError,
        ParseError,
        expat.ExpatError,
    ) as error:
        raise Unreadable(DAMAGED) from error


def check_legacy(path: Path) -> None:
    """Refuses an old-format file (.xls) that is protected, has macros or holds no workbook."""
    content = path.read_bytes()
    if _stream("EncryptedPackage") in content:
        raise Unreadable(PROTECTED)
    if _stream("_VBA_PROJECT_CUR") in content or _stream("_VBA_PROJECT") in content:
        raise Unreadable(MACROS)
    if _stream("Workbook") not in content and _stream("Book") not in content:
        raise Unreadable(NOT_EXCEL)


def _stream(name: str) -> bytes:
    return name.encode("utf-16-le") + b"\0\0"


def _check_parts(book: zipfile.ZipFile, sent: int, limits: Limits) -> None:
    parts = book.infolist()
    names = [part.filename for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(PROTECTED)
    if len(parts) > limits.parts:
        raise Unreadable(f"The file has {len(parts):,} parts inside; at most {limits.parts} go.")
    if len(set(names)) < len(names) or any(_is_odd(name) for name in names):
        raise Unreadable(ODD_PARTS)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > limits.unpacked:
        raise Unreadable(
            f"The file unpacks to {unpacked // 1_000_000} MB; "
            f"at most {limits.unpacked // 1_000_000} MB are read."
        )
    if unpacked > max(limits.ratio * sent, _RATIO_COUNTS_FROM):
        raise Unreadable(
            f"The file unpacks to more than {limits.ratio} times its size, "
            "which no list does; it was not read."
        )
    _check_kind(names)


def _check_kind(names: list[str]) -> None:
    if any(name.endswith("vbaProject.bin") or "/macrosheets/" in name for name in names):
        raise Unreadable(MACROS)
    if "xl/workbook.bin" in names:
        raise Unreadable(BINARY)
    if "xl/workbook.xml" not in names:
        raise Unreadable(NOT_EXCEL)


def _is_odd(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _scan_parts(book: zipfile.ZipFile, limits: Limits) -> BookScan:
    workbook = fromstring(book.read("xl/workbook.xml"), forbid_dtd=True)
    paths = _sheet_paths(book, workbook)
    scans = {}
    for part in book.namelist():
        if not part.endswith((".xml", ".rels", ".vml")):
            continue
        with book.open(part) as xml:
            if part in paths:
                scan = SheetXml(SheetScan(paths[part])).read(xml)
                _check_extent(scan, limits)
                scans[scan.name] = scan
            else:
                _read(_parser(), xml)
    return BookScan(scans, _is_1904(workbook))


def _sheet_paths(book: zipfile.ZipFile, workbook: Element) -> dict[str, str]:
    """Each sheet's name under the path of its XML part."""
    relations = fromstring(book.read("xl/_rels/workbook.xml.rels"), forbid_dtd=True)
    targets = {entry.get("Id"): entry.get("Target", "") for entry in relations}
    sheets = workbook.iterfind("{*}sheets/{*}sheet")
    return {
        _absolute(targets.get(sheet.get(_RELATION), "")): sheet.get("name", "") for sheet in sheets
    }


def _absolute(target: str) -> str:
    return target[1:] if target.startswith("/") else str(PurePosixPath("xl") / target)


def _is_1904(workbook: Element) -> bool:
    properties = workbook.find("{*}workbookPr")
    return properties is not None and properties.get("date1904") in ("1", "true")


def _check_extent(scan: SheetScan, limits: Limits) -> None:
    cell = f"{column_letters(scan.last_column)}{scan.last_row}"
    if scan.last_row > limits.rows + HEAD_ROWS:
        raise Unreadable(
            f"Sheet “{scan.name}” reaches down to cell {cell}; "
            f"at most {limits.rows:,} rows are read. Nothing was kept."
        )
    if scan.last_column > limits.columns:
        raise Unreadable(
            f"Sheet “{scan.name}” reaches across to cell {cell}; "
            f"at most {limits.columns} columns are read."
        )


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_declaration
    return parser


def _refuse_declaration(*_declaration: object) -> None:
    raise _Declaration


def _read(parser: expat.XMLParserType, xml: IO[bytes]) -> None:
    while chunk := xml.read(_CHUNK):
        parser.Parse(chunk)
    parser.Parse(b"", True)  # noqa: FBT003 - expat names no arguments


class SheetXml:
    """Streams one sheet's XML; only the starts of elements are watched, for speed."""

    def __init__(self, scan: SheetScan) -> None:
        self.scan = scan
        self._parser = _parser()
        self._parser.StartElementHandler = self._start
        self._row = 0
        self._column = 0
        self._columns: dict[str, int] = {}
        self._type: str | None = None
        self._has_formula = False
        self._text = ""

    def read(self, xml: IO[bytes]) -> SheetScan:
        _read(self._parser, xml)
        self._settle()
        return self.scan

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        element = name.rpartition(":")[2]
        if element == "c":
            self._settle()
            self._type = attributes.get("t")
            self._place(attributes.get("r"))
        elif element in ("v", "is"):
            self._note_value()
        elif element == "f":
            self._has_formula = True
        elif element == "row":
            self._settle()
            self._row = int(attributes.get("r", self._row + 1))
            self._column = 0
            self.scan.hidden_rows += attributes.get("hidden") in ("1", "true")

    def _place(self, reference: str | None) -> None:
        if reference is None:
            self._column += 1
            return
        letters = reference.rstrip("0123456789")
        if letters not in self._columns:
            self._columns[letters] = _column_number(letters)
        self._column = self._columns[letters]

    def _note_value(self) -> None:
        self.scan.last_row = max(self.scan.last_row, self._row)
        self.scan.last_column = max(self.scan.last_column, self._column)
        if self._has_formula or self._type == "e":
            self._parser.CharacterDataHandler = self._collect

    def _collect(self, text: str) -> None:
        self._text += text

    def _settle(self) -> None:
        """Judges the cell just left; a text formula may well come to an empty text."""
        if not self._has_formula and self._type != "e":
            return
        text = self._text.strip()
        if self._type == "e" or (not text and self._type != "str"):
            self.scan.broken.setdefault(self._row, []).append((self._column, text or None))
        self._parser.CharacterDataHandler = None
        self._has_formula, self._type, self._text = False, None, ""


def _column_number(letters: str) -> int:
    if not _REFERENCE.fullmatch(f"{letters}1"):
        raise Unreadable(DAMAGED)
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
