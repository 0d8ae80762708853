"""Reads lists of separated values, after making sure of their encoding and their quotes."""

import codecs
import csv
import re
from collections.abc import Generator
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from itertools import dropwhile, islice
from pathlib import Path, PurePath
from statistics import mode
from typing import TextIO

from app.exchange.precheck import HEAD_ROWS, Limits, Unreadable, column_letters
from app.exchange.readers.workbook import Kind, Row, Sheet, Workbook
from app.kernel.injection import unguarded

WINDOWS_NOTICE = (
    "The file is not UTF-8: it was read as Windows-1252. Check letters with accents in the preview."
)
_CHUNK = 1 << 20
_LOOKED_AT = 50
_DELIMITERS = ",;\t|"
_TOLD = re.compile(r"sep=([,;\t|])\r?\n", re.IGNORECASE)
_UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_SAVE_AS = "Save it in Excel as “CSV UTF-8”."
_HOLDS_NUL = "Line {} holds a NUL byte, so this is not a text file."
# What can stand before a cell: a delimiter, a quote, the end of a line or of the mark of UTF-8.
_BEFORE_A_CELL = b',;\t|"\r\n\xbf'
_UTF8_PAIR = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")


@dataclass(frozen=True)
class _Dialect:
    encoding: str
    delimiter: str
    told: bool
    guarded: bool = True


def read_delimited(path: Path, filename: str, limits: Limits) -> Workbook:
    """One sheet; the whole file is gone through once here, so that later passes cannot fail."""
    encoding = _encoding(path)
    dialect = replace(_dialect(path, encoding), guarded=_may_be_guarded(path, encoding))
    filled = 0
    for line, read in _lines(path, dialect):
        filled += 1
        if len(read) > limits.columns:
            raise Unreadable(
                f"Line {line} reaches across to column {column_letters(len(read))}; "
                f"at most {limits.columns} columns are read."
            )
        if filled > limits.rows + HEAD_ROWS:
            raise Unreadable(
                f"The file has more than {limits.rows:,} rows, the most that are read at once. "
                "Nothing was kept."
            )
    sheet = Sheet(
        name=PurePath(filename).stem,
        filled=filled,
        open_rows=lambda: _rows(path, dialect),
        ragged=True,
    )
    notices = (WINDOWS_NOTICE,) if encoding == "cp1252" else ()
    return Workbook(Kind.CSV, (sheet,), notices)


def _encoding(path: Path) -> str:
    utf8 = codecs.getincrementaldecoder("utf-8")()
    line, is_utf8, pair = 1, True, 0
    with path.open("rb") as file:
        if file.read(2) in _UTF16:
            return _utf16(path)
        file.seek(0)
        for chunk in iter(lambda: file.read(_CHUNK), b""):
            if (at := chunk.find(b"\0")) >= 0:
                _refuse_nul(chunk, line + chunk.count(b"\n", 0, at))
            if not pair and not chunk.isascii() and (found := _UTF8_PAIR.search(chunk)):
                pair = line + chunk.count(b"\n", 0, found.start())
            is_utf8 = is_utf8 and _decodes(utf8, chunk)
            line += chunk.count(b"\n")
    if is_utf8 and _decodes(utf8, b"", final=True):
        return "utf-8-sig"
    if pair:
        raise Unreadable(f"Line {pair} is UTF-8 and other lines are not. {_SAVE_AS}")
    return _windows(path)


def _refuse_nul(chunk: bytes, line: int) -> None:
    if chunk.count(b"\0") > len(chunk) // 4:
        raise Unreadable(f"The file is UTF-16 and does not begin with a mark of it. {_SAVE_AS}")
    raise Unreadable(_HOLDS_NUL.format(line))


def _utf16(path: Path) -> str:
    """Excel's “Unicode text”: what its mark says that it is, or refused where it is not."""
    line = 1
    with _open(path, "utf-16") as file:
        try:
            while chunk := file.read(_CHUNK):
                if (at := chunk.find("\0")) >= 0:
                    raise Unreadable(_HOLDS_NUL.format(line + chunk.count("\n", 0, at)))
                line += chunk.count("\n")
        except UnicodeDecodeError as error:
            raise Unreadable(f"The file is cut off or damaged. {_SAVE_AS}") from error
    return "utf-16"


def _may_be_guarded(path: Path, encoding: str) -> bool:
    """Whether a cell may begin with an apostrophe, for which every row would be looked through."""
    if encoding == "utf-16":
        return True
    before = b"\n"
    with path.open("rb") as file:
        for chunk in iter(lambda: file.read(_CHUNK), b""):
            *parts, _ = (before + chunk).split(b"'")
            if any(part[-1:] in _BEFORE_A_CELL for part in parts):
                return True
            before = chunk[-1:]
    return False


def _decodes(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def _windows(path: Path) -> str:
    with path.open("rb") as file:
        for line, content in enumerate(file, start=1):
            try:
                content.decode("cp1252")
            except UnicodeDecodeError as error:
                raise Unreadable(
                    f"Line {line} is neither UTF-8 nor Windows-1252. {_SAVE_AS}"
                ) from error
    return "cp1252"


def _open(path: Path, encoding: str) -> TextIO:
    return path.open(encoding=encoding, newline="")


def _dialect(path: Path, encoding: str) -> _Dialect:
    with _open(path, encoding) as file:
        if told := _TOLD.match(file.readline(10)):
            return _Dialect(encoding, told[1], told=True)
    return _Dialect(encoding, max(_DELIMITERS, key=lambda d: _fit(path, encoding, d)), told=False)


def _fit(path: Path, encoding: str, delimiter: str) -> int:
    """How many cells this delimiter parts in those of the first rows that have most rows' width.

    Lines of one cell above them are the titles of a list, or the delimiter is another.
    """
    widths = []
    rows = _lines(path, _Dialect(encoding, delimiter, told=False))
    # A fault further on does not make another delimiter right; the pass over all rows names it.
    with closing(rows), suppress(Unreadable):
        for _, read in islice(rows, _LOOKED_AT):
            widths.append(len(read))
    below = list(dropwhile((1).__eq__, widths))
    width = mode(sorted(below, reverse=True)) if below else 1
    return (width - 1) * below.count(width)


def _rows(path: Path, dialect: _Dialect) -> Generator[Row, None, None]:
    for line, read in _lines(path, dialect):
        if dialect.guarded and "'" in "".join(read):
            read = [unguarded(cell) if cell[:1] == "'" else cell for cell in read]
        yield Row(line, tuple(read))


def _lines(path: Path, dialect: _Dialect) -> Generator[tuple[int, list[str]], None, None]:
    """The lines that hold something, each with its number, as they stand in the file."""
    with _open(path, dialect.encoding) as file:
        skipped = 1 if dialect.told and file.readline() else 0
        reader = csv.reader(file, delimiter=dialect.delimiter, strict=True)
        line = skipped + 1
        try:
            for read in reader:
                if any(map(str.strip, read)):
                    yield line, read
                line = skipped + reader.line_num + 1
        except csv.Error as error:
            raise Unreadable(_fault(str(error), line)) from error


def _fault(error: str, line: int) -> str:
    if "unexpected end of data" in error:
        return f"Line {line}: a quote is opened and never closed."
    if "field limit" in error:
        return f"Line {line} holds a field longer than {csv.field_size_limit():,} characters."
    return f"Line {line}: a quote stands in the middle of a field."
