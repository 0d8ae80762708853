"""Workbooks of reports: read back by two other programs, with nothing in them that runs."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from app.reports.sections.rules import (
    HIDDEN,
    Audience,
    Column,
    Content,
    Period,
    Section,
    Shown,
    table,
)
from app.reports.writers import workbook

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)
COLUMNS = [
    Column("Lot", Shown.WORDS),
    Column("Cases", added=True),
    Column("Spent", Shown.POUNDS, added=True),
    Column("Share", Shown.SHARE),
    Column("Ended", Shown.DAY),
]
OPEN = table(
    "open",
    "Open cases",
    COLUMNS,
    [
        ["=1+1", 3, 123450, 8240, "2026-11-13"],
        ["@South & North", 4, 5, None, None],
    ],
    "What is open.",
    NOW,
)
HIDING = table("hiding", "Hidden", COLUMNS[:2], [["North", HIDDEN], ["South", 40]], "Some.", NOW)
REPORT = Content(
    "Monthly contract review",
    "North & South",
    "All lots",
    Period(date(2026, 10, 1), date(2026, 10, 31)),
    Audience.RESTRICTED,
    NOW,
    (Section("work", "Work: open/ended", ("-2 are said.",), (OPEN, HIDING)),),
)
STAMP = {"Status": "Pack 3, issued by Paula Marsh"}


def test_a_workbook_reads_back_with_totals_that_add_themselves_up() -> None:
    made = workbook(REPORT, STAMP)
    formulas = load_workbook(BytesIO(made))["1 Work openended"]
    values = load_workbook(BytesIO(made), data_only=True)["1 Work openended"]
    cells = {cell.coordinate: cell for row in formulas.iter_rows() for cell in row if cell.value}
    sums = {at: cell.value for at, cell in cells.items() if cell.data_type == "f"}
    assert sums == {"B11": "=SUM(B9:B10)", "C11": "=SUM(C9:C10)"}
    assert (values["B11"].value, values["C11"].value) == (7, pytest.approx(1234.55))
    assert cells["A9"].value == "=1+1"
    assert cells["A9"].data_type == "s"
    assert values["D9"].value == pytest.approx(0.824)
    assert cells["D9"].number_format == "0.0%"
    assert values["E9"].value == datetime(2026, 11, 13)  # noqa: DTZ001 - sheets know no zones
    assert (values["D10"].value, values["E10"].value) == ("n/a", "n/a")
    assert [cells[f"B{line}"].value for line in (18, 19, 20)] == [HIDDEN, 40, HIDDEN]
    assert cells["A3"].value == "-2 are said."


def test_each_sheet_has_its_mark_and_a_hidden_one_has_the_stamp() -> None:
    book = load_workbook(BytesIO(workbook(REPORT, STAMP)))
    assert book.sheetnames == ["Cover", "1 Work openended", "Stamp"]
    assert book["Stamp"].sheet_state == "hidden"
    assert [cell.value for cell in book["Stamp"][1]] == ["Status", STAMP["Status"]]
    assert book["Cover"].oddHeader.right.text == REPORT.mark
    assert book["Cover"].oddHeader.left.text == "North && South"
    assert "As at 20 Nov 2026" in str(book["Cover"].oddFooter.left.text)


def test_another_reader_sees_the_same_and_equal_reports_give_equal_bytes() -> None:
    made = workbook(REPORT, STAMP)
    rows = CalamineWorkbook.from_object(BytesIO(made)).get_sheet_by_name("1 Work openended")
    assert ["All", 7.0, 1234.55, "", ""] in rows.to_python()
    assert workbook(REPORT, STAMP) == made
    names = ZipFile(BytesIO(made)).namelist()
    assert not [name for name in names if "vba" in name.lower() or "external" in name.lower()]


def test_a_long_title_still_names_a_sheet_by_whole_words() -> None:
    long = replace(REPORT.sections[0], title="A title that no name of any sheet may be as long as")
    made = workbook(replace(REPORT, sections=(long, long)), {})
    names = load_workbook(BytesIO(made)).sheetnames
    assert names[1:3] == ["1 A title that no name of any…", "2 A title that no name of any…"]
