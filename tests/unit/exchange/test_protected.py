"""A workbook with locked cells, read back by others' code."""

import io
from datetime import date

import openpyxl
from python_calamine import load_workbook

from app.exchange.protected import Column, protected_xlsx

COLUMNS = (
    Column("Key"),
    Column("Number"),
    Column("Day", True, is_date=True),
    Column("Choice", True, choices=("A & B", "C"), hint="One of “these” <two>"),
    Column("Text", True),
)
ROWS = [("=1+1", 7, date(2026, 11, 20), "C", "a\x07<b>\u200bé"), ("", 0, None, "", None)]


def test_text_dates_and_numbers_are_read_back_by_two_readers() -> None:
    content = protected_xlsx("Sheet 1", COLUMNS, ROWS)
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    assert [sheet[at].value for at in ("A2", "B2", "D2")] == ["=1+1", 7, "C"]
    assert sheet["C2"].value.date() == date(2026, 11, 20)
    assert sheet["A2"].data_type == "s"
    assert [cell.protection.locked for cell in sheet[3]] == [True, True, False, False, False]
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.formula1, choice.type) == ('"A & B,C"', "list")
    rows = load_workbook(io.BytesIO(content)).get_sheet_by_name("Sheet 1").to_python()
    assert rows[1][:4] == ["=1+1", 7, date(2026, 11, 20), "C"]
    assert rows[1][4] == "a\ufffd<b>\u200bé"


def test_a_sheet_without_rows_or_choices_is_whole() -> None:
    book = openpyxl.load_workbook(io.BytesIO(protected_xlsx("Empty", (Column("Key"),), [])))
    assert book.active.max_row == 1
    assert book.active.protection.sheet
