"""Writes lists as CSV row by row, never holding more than a few of them."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import TypeAlias, cast

from app.kernel.days import london_clock
from app.kernel.injection import guarded

Value: TypeAlias = str | int | float | bool | date | datetime | None

MEDIA_TYPE = "text/csv; charset=utf-8"
_BATCH, _AT_ONCE = 500, 4
_REMEMBERED = 10_000
_BOM = b"\xef\xbb\xbf"
_NUMBERS = (int, float, bool)
# A line each that begins like no formula and holds nothing that a cell is quoted for.
_PLAIN_LINES = re.compile(r"(?:[^\W_][\w .:/-]*\n)+")


class _Cells(dict[Value, str]):
    """How a text or a day is written, worked out once for most: a list holds few that differ."""

    def __missing__(self, value: Value) -> str:
        if len(self) == _REMEMBERED:
            self.clear()
        cell = self[value] = _cell(value)
        return cell


def csv_rows(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """UTF-8 with a byte order mark, which Excel needs; text that looks like a formula is guarded.

    Dates are written year first; times as London reads them.
    """
    cells = _Cells()
    yield _BOM + _lines([header], cells)
    remaining = iter(rows)
    batches = iter(lambda: list(islice(remaining, _BATCH)), [])
    written = (_lines(batch, cells) for batch in batches)
    # Few rows at once are worked on soonest; a server is handed several times as many.
    while portion := b"".join(islice(written, _AT_ONCE)):
        yield portion


def _lines(rows: Sequence[Sequence[Value]], cells: _Cells) -> bytes:
    columns = [_column(values, cells) for values in zip(*rows, strict=True)]
    # A line that holds nothing would be no row.
    told = [",".join(row) or '""' for row in zip(*columns, strict=True)]
    return "\r\n".join((*told, "")).encode()


def _column(values: Sequence[Value], cells: _Cells) -> Iterable[str]:
    kinds = set(map(type, values))
    if kinds == {str} and _are_plain(texts := cast("Sequence[str]", values)):
        # References mostly, which all differ.
        return texts
    # 1, 1.0 and True would be one and the same.
    return map(cells.__getitem__ if kinds.isdisjoint(_NUMBERS) else _cell, values)


def _are_plain(texts: Sequence[str]) -> bool:
    lines = "\n".join((*texts, ""))
    return bool(_PLAIN_LINES.fullmatch(lines)) and lines.count("\n") == len(texts)


def _cell(value: Value) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return _quoted(guarded(value))
    if isinstance(value, datetime):
        return london_clock(value).isoformat(" ", "minutes")
    return value.isoformat() if isinstance(value, date) else str(value)


def _quoted(text: str) -> str:
    """As the library writes it before a second, empty cell."""
    line = io.StringIO(newline="")
    csv.writer(line).writerow((text, None))
    return line.getvalue().removesuffix(",\r\n")
