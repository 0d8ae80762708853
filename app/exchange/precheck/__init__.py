"""What is looked at in a workbook's zip and XML before anything reads its cells."""

import posixpath
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path
from xml.etree.ElementTree import Element
from xml.parsers import expat

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import ParseError, fromstring

from app.exchange.precheck.legacy import scan_legacy
from app.exchange.precheck.refusals import (
    BINARY,
    DAMAGED,
    DECLARES,
    HEAD_ROWS,
    MACROS,
    NOT_EXCEL,
    ODD_PARTS,
    PROTECTED,
    TOO_MUCH,
    Limits,
    Unreadable,
)
from app.exchange.precheck.sheetxml import (
    BookScan,
    Declaration,
    SheetScan,
    SheetXml,
    column_letters,
    padded_styles,
    stream_part,
)
from app.exchange.precheck.stylesxml import Padding

__all__ = [
    "BINARY",
    "DAMAGED",
    "DECLARES",
    "HEAD_ROWS",
    "MACROS",
    "NOT_EXCEL",
    "ODD_PARTS",
    "PROTECTED",
    "TOO_MUCH",
    "BookScan",
    "Limits",
    "SheetScan",
    "Unreadable",
    "column_letters",
    "scan_legacy",
    "scan_workbook",
]

_RATIO_COUNTS_FROM = 10_000_000
# The second where a workbook is saved as “Strict Open XML”.
_RELATIONS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}id",
)
_STYLES = "xl/styles.xml"


def scan_workbook(path: Path, limits: Limits) -> BookScan:
    """Refuses an .xlsx that no honest program wrote, and streams each of its XML parts once."""
    try:
        with zipfile.ZipFile(path) as book:
            _check_parts(book, path.stat().st_size, limits)
            return _scan_parts(book, limits)
    except (DefusedXmlException, Declaration) as error:
        raise Unreadable(DECLARES) from error
    except (
        zipfile.BadZipFile,
        zlib.error,
        # How zipfile says that a part is packed in a way it cannot read.
        RuntimeError,
        EOFError,
        OSError,
        # A part that is not there, and an encoding that nobody knows or expat does not.
        LookupError,
        ValueError,
        ParseError,
        expat.ExpatError,
    ) as error:
        raise Unreadable(DAMAGED) from error


def _check_parts(book: zipfile.ZipFile, sent: int, limits: Limits) -> None:
    parts = book.infolist()
    names = [part.filename for part in parts]
    if any(part.flag_bits & 1 for part in parts):
        raise Unreadable(PROTECTED)
    if len(parts) > limits.parts:
        raise Unreadable(f"The file has {len(parts):,} parts inside; at most {limits.parts} go.")
    if len({name.lower() for name in names}) < len(names) or any(_is_odd(name) for name in names):
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
    if any(name.endswith("vbaProject.bin") or "/macrosheets/" in name for name in names):
        raise Unreadable(MACROS)


def _is_odd(name: str) -> bool:
    return name.startswith("/") or "\\" in name or ":" in name or ".." in name.split("/")


def _scan_parts(book: zipfile.ZipFile, limits: Limits) -> BookScan:
    main = _main_part(book)
    workbook = fromstring(book.read(main), forbid_dtd=True)
    if not workbook.tag.endswith("}workbook"):
        raise Unreadable(NOT_EXCEL)
    paths = _sheet_paths(book, main, workbook)
    padded = _padded(book)
    scans = {}
    for part in book.namelist():
        if part in paths:
            with book.open(part) as xml:
                scan = SheetXml(SheetScan(paths[part]), padded).read(xml)
            _check_extent(scan, limits)
            scans[scan.name] = scan
        elif part.endswith((".xml", ".rels", ".vml")):
            with book.open(part) as xml:
                stream_part(xml)
    return BookScan(scans, _is_1904(workbook))


def _padded(book: zipfile.ZipFile) -> Mapping[str, Padding]:
    if _STYLES not in book.namelist():
        return {}
    with book.open(_STYLES) as xml:
        return padded_styles(xml)


def _main_part(book: zipfile.ZipFile) -> str:
    """Where the workbook itself stands; a file may put it anywhere and say so."""
    if "_rels/.rels" not in book.namelist():
        raise Unreadable(NOT_EXCEL)
    relations = fromstring(book.read("_rels/.rels"), forbid_dtd=True)
    targets = [
        entry.get("Target", "")
        for entry in relations
        if entry.get("Type", "").endswith("/officeDocument")
    ]
    if not targets:
        raise Unreadable(NOT_EXCEL)
    if targets[0].endswith(".bin"):
        raise Unreadable(BINARY)
    return _resolve("", targets[0])


def _sheet_paths(book: zipfile.ZipFile, main: str, workbook: Element) -> dict[str, str]:
    """Each sheet's name under the path of its XML part."""
    folder, _, name = main.rpartition("/")
    relations = fromstring(
        book.read(posixpath.join(folder, "_rels", f"{name}.rels")), forbid_dtd=True
    )
    targets = {entry.get("Id"): entry.get("Target", "") for entry in relations}
    sheets = workbook.iterfind("{*}sheets/{*}sheet")
    return {
        _resolve(folder, targets.get(sheet.get(relation), "")): sheet.get("name", "")
        for sheet in sheets
        for relation in _RELATIONS
        if relation in sheet.attrib
    }


def _resolve(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target))[1:]


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
