"""Writes lists as JSON and Excel files row by row, never holding more than a few of them."""

import json
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from tempfile import TemporaryFile
from typing import IO

from app.exchange.precheck import column_letters
from app.exchange.spreadsheetml import MAIN, day_number, lay_out, sheet_head, sheet_row, text_cell
from app.kernel.csvs import Value
from app.kernel.days import london_clock

MOST_ROWS = 1_048_575
_BATCH = 2_000
_DATE_STYLE, _TIME_STYLE, _HEADER_STYLE = 1, 2, 3
_STYLES = (
    f'<styleSheet xmlns="{MAIN}">'
    '<numFmts count="2"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
    '<numFmt numFmtId="165" formatCode="dd/mm/yyyy\\ hh:mm"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Arial"/></font>'
    '<font><b/><sz val="11"/><name val="Arial"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill></fills>'
    '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
    '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    "</cellStyleXfs>"
    '<cellXfs count="4"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="0" borderId="0" xfId="0" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


def json_rows(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[bytes]:
    """An array with an object for each row, one to a line, under the words of the header.

    Days and instants are written as ISO has them.
    """
    encode = json.JSONEncoder(ensure_ascii=False, default=_iso).encode
    remaining, before = iter(rows), "[\n"
    while batch := list(islice(remaining, _BATCH)):
        objects = ",\n".join(encode(dict(zip(header, row, strict=True))) for row in batch)
        yield f"{before}{objects}".encode()
        before = ",\n"
    yield b"[]\n" if before == "[\n" else b"\n]\n"


def xlsx(
    header: Sequence[str], rows: Iterable[Sequence[Value]], *, sheet: str = "List"
) -> IO[bytes]:
    """An open temporary file at its start, with one sheet: text as text, dates as dates.

    Raises ValueError for more rows than Excel holds under a header.
    """
    file = TemporaryFile()  # noqa: SIM115 - the caller reads and closes it
    try:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as book:
            lay_out(book, sheet, _STYLES)
            with book.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as part:
                for text in _sheet(header, rows):
                    part.write(text.encode())
    except BaseException:
        file.close()
        raise
    file.seek(0)
    return file


def _sheet(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> Iterator[str]:
    yield sheet_head(max(12, len(name) + 3) for name in header)
    letters = [column_letters(at) for at in range(1, len(header) + 1)]
    heads = zip(letters, header, strict=True)
    yield sheet_row(1, [text_cell(f"{at}1", name, _HEADER_STYLE) for at, name in heads])
    remaining = enumerate(rows, start=2)
    while batch := list(islice(remaining, _BATCH)):
        if batch[-1][0] > MOST_ROWS + 1:
            raise ValueError(f"An Excel sheet holds at most {MOST_ROWS:,} rows.")
        yield "".join(
            [
                sheet_row(
                    line, [_cell(f"{at}{line}", v) for at, v in zip(letters, row, strict=True)]
                )
                for line, row in batch
            ]
        )
    yield "</sheetData></worksheet>"


def _cell(place: str, value: Value) -> str:
    if value is None or value == "":
        return ""
    if isinstance(value, str):
        return text_cell(place, value, 0)
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{value:d}</v></c>'
    if isinstance(value, datetime):
        return f'<c r="{place}" s="{_TIME_STYLE}"><v>{_serial(london_clock(value))!r}</v></c>'
    if isinstance(value, date):
        return f'<c r="{place}" s="{_DATE_STYLE}"><v>{day_number(value)}</v></c>'
    return f'<c r="{place}"><v>{value!r}</v></c>'


def _serial(instant: datetime) -> float:
    midnight = instant.replace(hour=0, minute=0, second=0, microsecond=0)
    return day_number(instant) + (instant - midnight).total_seconds() / 86_400


def _iso(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError
