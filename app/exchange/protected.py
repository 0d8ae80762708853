"""Writes a small workbook whose key columns are locked and whose other cells take what is asked."""

import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from xml.sax.saxutils import escape, quoteattr

from app.exchange.precheck import column_letters
from app.exchange.spreadsheetml import MAIN, day_number, lay_out, sheet_head, sheet_row, text_cell

Value = str | int | date | None

_LOCKED, _HEAD, _TEXT, _DATE = range(4)
# Locked cells are grey; open ones are text, so that zeros in front stay, or a date.
_STYLES = (
    f'<styleSheet xmlns="{MAIN}">'
    '<numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Arial"/></font>'
    '<font><b/><sz val="11"/><name val="Arial"/></font></fonts>'
    '<fills count="3"><fill><patternFill patternType="none"/></fill>'
    '<fill><patternFill patternType="gray125"/></fill>'
    '<fill><patternFill patternType="solid"><fgColor rgb="FFEAEDEF"/></patternFill></fill>'
    '</fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border>'
    '</borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/>'
    '</cellStyleXfs><cellXfs count="4">'
    '<xf numFmtId="0" fontId="0" fillId="2" borderId="0" xfId="0" applyFill="1"/>'
    '<xf numFmtId="0" fontId="1" fillId="2" borderId="0" xfId="0" applyFont="1"/>'
    '<xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" '
    'applyProtection="1"><protection locked="0"/></xf>'
    '<xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" '
    'applyProtection="1"><protection locked="0"/></xf></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>'
    "</styleSheet>"
)


@dataclass(frozen=True)
class Column:
    """One column: whether its cells may be changed, and to what."""

    title: str
    is_open: bool = False
    is_date: bool = False
    choices: tuple[str, ...] = ()
    hint: str = ""


def protected_xlsx(sheet: str, columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> bytes:
    """A workbook of one protected sheet: text as text, dates as dates, choices as lists."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as book:
        lay_out(book, sheet, _STYLES)
        book.writestr("xl/worksheets/sheet1.xml", "".join(_sheet(columns, rows)))
    return file.getvalue()


def _sheet(columns: Sequence[Column], rows: Sequence[Sequence[Value]]) -> Iterator[str]:
    letters = [column_letters(at) for at in range(1, len(columns) + 1)]
    yield sheet_head(max(14, len(column.title) + 3) for column in columns)
    heads = zip(letters, columns, strict=True)
    yield sheet_row(1, [_cell(f"{at}1", column.title, _HEAD) for at, column in heads])
    for line, row in enumerate(rows, start=2):
        cells = zip(letters, columns, row, strict=True)
        yield sheet_row(
            line, [_cell(f"{at}{line}", value, _style(one)) for at, one, value in cells]
        )
    yield "</sheetData>"
    yield '<sheetProtection sheet="1" objects="1" scenarios="1" formatColumns="0" sort="0"/>'
    yield _validations(letters, columns, len(rows) + 1)
    yield "</worksheet>"


def _style(column: Column) -> int:
    if not column.is_open:
        return _LOCKED
    return _DATE if column.is_date else _TEXT


def _cell(place: str, value: Value, style: int) -> str:
    if value is None or value == "":
        return f'<c r="{place}" s="{style}"/>'
    if isinstance(value, date):
        return f'<c r="{place}" s="{style}"><v>{day_number(value)}</v></c>'
    if isinstance(value, int):
        return f'<c r="{place}" s="{style}"><v>{value}</v></c>'
    return text_cell(place, value, style)


def _validations(letters: Sequence[str], columns: Sequence[Column], last: int) -> str:
    made = []
    for at, column in zip(letters, columns, strict=True):
        if column.is_open and (column.choices or column.hint):
            kind, formula = "", ""
            if column.choices:
                listed = escape('"' + ",".join(column.choices) + '"')
                kind, formula = ' type="list"', f"<formula1>{listed}</formula1>"
            made.append(
                f'<dataValidation{kind} allowBlank="1" showInputMessage="1" showErrorMessage="1" '
                f"promptTitle={quoteattr(column.title[:32])} prompt={quoteattr(column.hint)} "
                f'sqref="{at}2:{at}{max(last, 2)}">{formula}</dataValidation>'
            )
    return f'<dataValidations count="{len(made)}">{"".join(made)}</dataValidations>' if made else ""
