"""Reads a file by what it holds, whatever its name, into sheets of plain rows."""

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from pathlib import Path

from app.exchange.precheck import NOT_EXCEL, Limits, Unreadable
from app.exchange.readers.census import is_census, read_census
from app.exchange.readers.delimited import read_delimited
from app.exchange.readers.excel import read_excel
from app.exchange.readers.workbook import Cell, Kind, Row, Sheet, Workbook

__all__ = ["Cell", "Kind", "Limits", "Row", "Sheet", "Unreadable", "Workbook", "read"]

_LOOKED_AT = 1 << 16
_ZIP = b"PK\x03\x04"
_OLD_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_EMPTY = "The file is empty (0 bytes)."
_MARKUP = (
    "The file is a web page or XML under another name. "
    "Open it in Excel and save it as .xlsx or .csv."
)
_NO_CELLS = "The file holds no rows at all."


def read(path: Path, filename: str, limits: Limits | None = None) -> Workbook:
    """The sheets of a .xlsx, .xls, .csv, .txt or census .xml file, judged by its content.

    `filename` is only what the sender called it, the name of a CSV file's one sheet. Raises
    Unreadable with a sentence for the sender.
    """
    limits = limits or Limits()
    size = path.stat().st_size
    if size == 0:
        raise Unreadable(_EMPTY)
    if size > limits.sent:
        raise Unreadable(
            f"The file has {size / 1_000_000:.0f} MB; at most {limits.sent // 1_000_000} MB are "
            "read."
        )
    workbook = _read(path, filename, limits)
    if not any(sheet.filled for sheet in workbook.sheets):
        workbook.close()
        raise Unreadable(_NO_CELLS)
    return workbook


def _read(path: Path, filename: str, limits: Limits) -> Workbook:
    with path.open("rb") as file:
        start = file.read(_LOOKED_AT)
    if start.startswith(_ZIP):
        return read_excel(path, Kind.XLSX, limits)
    if start.startswith(_OLD_EXCEL):
        return read_excel(path, Kind.XLS, limits)
    if start.startswith((b"%PDF", b"PK")):
        raise Unreadable(NOT_EXCEL)
    if (text := _text(start)).startswith("<"):
        if is_census(text):
            return read_census(path, limits)
        raise Unreadable(_MARKUP)
    return read_delimited(path, filename, limits)


def _text(start: bytes) -> str:
    """The beginning of a file as far as it tells markup from a list."""
    encoding = "utf-16" if start.startswith((BOM_UTF16_LE, BOM_UTF16_BE)) else "utf-8-sig"
    return start.decode(encoding, "ignore").lstrip()
