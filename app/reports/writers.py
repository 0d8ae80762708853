"""Reports as workbooks: typed cells, totals that add themselves up, nothing that runs."""

import re
from collections.abc import Mapping
from datetime import datetime
from io import BytesIO
from textwrap import shorten
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from app.kernel.days import LONDON, show_moment
from app.reports.sections.rules import Cell, Content, Section, Shown, Table

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 31
WIDEST, NARROWEST = 48, 12
# What is kept in whole numbers becomes what a sheet counts in.
_UNITS = {Shown.POUNDS: 100, Shown.SHARE: 10_000, Shown.TENTHS: 10, Shown.RATIO: 100}
_FORMATS = {
    Shown.COUNT: "#,##0",
    Shown.POUNDS: "£#,##0.00",
    Shown.SHARE: "0.0%",
    Shown.TENTHS: "0.0",
    Shown.RATIO: "0.00",
    Shown.DAY: "d mmm yyyy",
}


def workbook(content: Content, stamp: Mapping[str, str]) -> bytes:
    """A workbook of an edition: a sheet for each section, and a hidden one with its stamp.

    Text is text whatever it begins with. Totals are formulas with their value kept, but those
    that stand beside a hidden number are what was issued. Equal editions give equal bytes.
    """
    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(made, options) as book:
        book.set_properties(
            {
                "title": content.title,
                "comments": content.mark,
                "created": content.as_at.astimezone(LONDON).replace(tzinfo=None),
            }
        )
        _Sheets(book, content).write(stamp)
    return made.getvalue()


class _Sheets:
    """The sheets of one workbook, with the looks that they share."""

    def __init__(self, book: Any, content: Content) -> None:
        self.book, self.content = book, content
        self.title = book.add_format({"bold": True, "font_size": 16})
        self.head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        self.strong = book.add_format({"bold": True})
        self.quiet = book.add_format({"font_color": "#505a5f", "text_wrap": True, "valign": "top"})
        self.right = book.add_format({"align": "right"})
        self.looks = {
            (shown, total): book.add_format(
                {"num_format": of, "bold": total, "top": 1 if total else 0, "align": "right"}
            )
            for shown, of in _FORMATS.items()
            for total in (False, True)
        }

    def write(self, stamp: Mapping[str, str]) -> None:
        cover = self._sheet("Cover")
        cover.set_column(0, 0, 30)
        cover.set_column(1, 1, 70)
        cover.write_string(0, 0, self.content.title, self.title)
        about = {
            "Contract": self.content.contract,
            "About": self.content.about,
            "Period": self.content.period.words,
            "As at": show_moment(self.content.as_at),
            "For": self.content.audience.label,
            "Mark": self.content.mark,
        }
        for place, (name, words) in enumerate(about.items(), start=2):
            cover.write_string(place, 0, name, self.strong)
            cover.write_string(place, 1, words)
        for number, section in enumerate(self.content.sections, start=1):
            self._section(number, section)
        hidden = self._sheet("Stamp")
        for place, (name, words) in enumerate(stamp.items()):
            hidden.write_string(place, 0, name)
            hidden.write_string(place, 1, words)
        hidden.hide()

    def _sheet(self, name: str) -> Any:
        short = shorten(re.sub(r"[\[\]:*?/\\’']", "", name), LONGEST_NAME, placeholder="…")
        sheet = self.book.add_worksheet(short)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_header("&L" + _plain(self.content.contract) + "&R" + _plain(self.content.mark))
        sheet.set_footer(f"&LAs at {show_moment(self.content.as_at)}&RPage &P of &N")
        return sheet

    def _section(self, number: int, section: Section) -> None:
        sheet = self._sheet(f"{number} {section.title}")
        sheet.write_string(0, 0, f"{number}. {section.title}", self.title)
        line = 2
        for words in section.words:
            sheet.write_string(line, 0, words)
            line += 1
        widths: dict[int, int] = {}
        for table in section.tables:
            line = self._table(sheet, line + 1, table)
            for place, head in enumerate(table.columns):
                longest = max((len(said[place]) for said in table.said()), default=0)
                wide = max(NARROWEST, min(WIDEST, longest + 2), min(24, len(head.title)))
                widths[place] = max(widths.get(place, 0), wide)
        for place, width in widths.items():
            sheet.set_column(place, place, width)

    def _table(self, sheet: Any, line: int, table: Table) -> int:
        """Write a table from a line on; returns the line after it."""
        sheet.write_string(line, 0, table.title, self.strong)
        sheet.write_string(line + 1, 0, f"{table.definition} Version {table.version}.")
        sheet.write_string(
            line + 2, 0, f"As at {show_moment(table.as_at)} · SHA-256 {table.digest}"
        )
        top = line + 4
        for place, head in enumerate(table.columns):
            sheet.write_string(top - 1, place, head.title, self.head)
        for down, row in enumerate(table.rows):
            for place, cell in enumerate(row):
                self._cell(sheet, top + down, place, cell, table.columns[place].shown)
        last = top + len(table.rows)
        for place, cell in enumerate(table.totals):
            shown = table.columns[place].shown
            if table.columns[place].added and table.is_live(place) and isinstance(cell, int):
                first = xl_rowcol_to_cell(top, place)
                span = f"{first}:{xl_rowcol_to_cell(last - 1, place)}"
                value = cell / _UNITS[shown] if shown in _UNITS else cell
                sheet.write_formula(last, place, f"=SUM({span})", self.looks[shown, True], value)
            else:
                self._cell(sheet, last, place, cell, shown, total=True)
        return last + 2

    def _cell(
        self, sheet: Any, line: int, place: int, cell: Cell, shown: Shown, *, total: bool = False
    ) -> None:
        if isinstance(cell, int):
            number = cell / _UNITS[shown] if shown in _UNITS else cell
            sheet.write_number(line, place, number, self.looks.get((shown, total)))
        elif cell and shown is Shown.DAY:
            day = datetime.fromisoformat(cell)
            sheet.write_datetime(line, place, day, self.looks[shown, total])
        elif cell is None:
            sheet.write_string(line, place, "n/a", self.right)
        else:
            look = self.right if shown.is_right else self.strong if total else None
            sheet.write_string(line, place, cell, look)


def _plain(words: str) -> str:
    """Words for a header, where an ampersand begins an order."""
    return words.replace("&", "&&")
