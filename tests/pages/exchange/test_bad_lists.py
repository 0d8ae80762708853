"""Bad lists, each sent through the page: a sentence that says what and where, and nothing saved."""

import io
from collections.abc import Callable
from datetime import date
from typing import Any

import openpyxl
import pytest

from app.cases.register.models import Case
from app.exchange.imports.models import ImportedRow
from app.exchange.imports.rules import Stage
from app.settings import Settings
from tests.browse import Browse, readable
from tests.makers_imports import Importer, an_importer, counts, list_4, plain
from tests.workbooks import (
    LIST_4,
    a_csv,
    a_raw_xlsx,
    an_xls,
    an_xlsx,
    list_4_row,
    saved,
    with_part,
)
from tests.world import World

ROW = list_4_row()
GOOD = an_xlsx({"List 4": [LIST_4, ROW]})
ENTITY = '<!DOCTYPE x [<!ENTITY a "b">]>'


@pytest.fixture
def paula(world: World, browse: Callable[..., Browse]) -> Importer:
    return an_importer(world, browse)


def cell(at: str, content: str) -> str:
    """A sheet with a header row and one cell."""
    return (
        f'<row r="1"><c r="A1" t="str"><v>x</v></c></row><row r="2"><c r="{at}">{content}</c></row>'
    )


UNREADABLE = {
    "nothing at all": (b"", "The file is empty (0 bytes)"),
    "a header alone": (list_4(*[]).splitlines(keepends=True)[0], "no rows"),
    "UTF-16 without its mark": (list_4().decode().encode("utf-16-le"), "The file is UTF-16"),
    "an unclosed quote": (list_4() + b'"C9,', "a quote is opened and never closed"),
    "a field of 131,073 characters": (list_4(list_4_row("x" * 131_073)), "Line 2 holds a field"),
    "a NUL byte": (list_4() + b"C\0\n", "holds a NUL byte"),
    "a web page": (b"<html><table></table></html>", "web page or XML"),
    "a PDF": (b"%PDF-1.7 ...", "not an Excel workbook or a CSV list"),
    "a truncated workbook": (GOOD[: len(GOOD) // 2], "cut off or damaged"),
    "a workbook with macros": (
        with_part(GOOD, "xl/vbaProject.bin", b"x"),
        "contains macros",
    ),
    "an external entity": (a_raw_xlsx(cell("A2", "<v>1</v>"), before=ENTITY), "declares entities"),
    "a bomb": (
        with_part(GOOD, "xl/media/zeros.bin", b"\0" * 60_000_000),
        "more than 100 times its size",
    ),
    "one cell at the far end": (a_raw_xlsx(cell("XFD1048576", "<v>1</v>")), "XFD"),
    "two sheets that are List 4": (
        an_xlsx({"List 4": [LIST_4, ROW], "List_4": [LIST_4, ROW]}),
        "More than one sheet is List 4",
    ),
}


@pytest.mark.parametrize("name", UNREADABLE)
def test_an_unreadable_file_is_refused_in_a_sentence(
    world: World, paula: Importer, name: str
) -> None:
    content, sentence = UNREADABLE[name]
    batch = paula.send(content, "list.xlsx")
    assert (batch.stage, sentence in batch.problem) == (Stage.REFUSED, True), batch.problem
    assert sentence in readable(paula.page(batch)).replace("&#34;", '"')
    assert world.rows(Case) == world.rows(ImportedRow) == []


def test_one_row_more_than_the_most_is_refused_before_any_is_kept(
    world: World, settings: Settings, browse: Callable[..., Browse], app: Any
) -> None:
    app_state = app.app.state if hasattr(app, "app") else app.state
    small = settings.model_copy(update={"import_rows": 10})
    object.__setattr__(app_state.site, "settings", small)
    rows = [(f"R{number}", "01/09/2026", "", "", "") for number in range(11)]
    importer = an_importer(world, browse)
    batch = importer.send(plain(*rows))
    assert batch.stage is Stage.REFUSED
    assert "at most 10 are read at once" in batch.problem
    assert importer.send(plain(*rows[:10])).stage is Stage.PREVIEWED


REFUSED_ROWS = {
    "a ragged row": (list_4() + b"C9,x\n", 5, "", "The row has 2 cells where the header has 12"),
    "a reference in scientific notation": (
        list_4(list_4_row("1.23E+15")),
        2,
        "A (Child Unique ID)",
        "Excel changed this reference",
    ),
    "an impossible date": (
        list_4(list_4_row("C1", "31/02/2026")),
        2,
        "G (Continuous Assessment Start Date)",
        "February 2026 has 28 days",
    ),
    "a formula without its value": (
        an_xlsx({"List 4": [LIST_4, list_4_row("=A1&B1")]}),
        2,
        "A (Child Unique ID)",
        "Cell A2 holds a formula without a value",
    ),
    "29 February 1900": (
        an_xlsx({"List 4": [LIST_4, list_4_row("C1", 60)]}),
        2,
        "G (Continuous Assessment Start Date)",
        "29 February 1900",
    ),
    "an end before the start": (
        list_4(list_4_row("C1", "01/09/2026", c8="01/08/2026")),
        2,
        "I (Continuous Assessment Date of Authorisation)",
        "is before",
    ),
}


@pytest.mark.parametrize("name", REFUSED_ROWS)
def test_a_bad_row_is_refused_with_its_line_and_column(
    world: World, paula: Importer, name: str
) -> None:
    content, line, column, sentence = REFUSED_ROWS[name]
    batch = paula.send(content)
    assert batch.refused == 1
    told = paula.browser.get(f"/imports/{batch.id}/refused.csv")
    last = told.splitlines()[-1]
    assert f",{line},{column}," in last.replace('"', "")
    assert sentence in last
    assert paula.page(batch)
    paula.browser.post(f"/imports/{batch.id}/confirm", status=409)
    assert world.rows(Case) == []


def test_two_rows_that_differ_under_one_key_are_both_refused(paula: Importer) -> None:
    batch = paula.send(list_4(list_4_row("C1"), list_4_row("C2"), list_4_row("C1", c10="Hub")))
    assert counts(batch) == (1, 0, 0, 2)
    assert "Lines 2 and 4 differ on C1" in readable(paula.page(batch))


def test_an_equal_repeat_counts_as_unchanged(world: World, paula: Importer) -> None:
    batch = paula.take(list_4(ROW, ROW))
    assert (batch.stage, counts(batch)) == (Stage.CONFIRMED, (1, 0, 1, 0))
    assert len(world.rows(Case)) == 1


@pytest.mark.parametrize(
    ("content", "reference"),
    [
        (a_csv([LIST_4, ROW], delimiter=";"), "C1001"),
        (a_csv([LIST_4, ROW], delimiter="\t"), "C1001"),
        (b"\xef\xbb\xbf" + list_4(ROW), "C1001"),
        (a_csv([LIST_4, ROW], delimiter="\t", encoding="utf-16"), "C1001"),
        (list_4(list_4_row("00123")), "00123"),
        (list_4(list_4_row("1001.0")), "1001"),
        (list_4(list_4_row("\xa0C7 ")), "C7"),
        (list_4(list_4_row("=HYPERLINK(1)")), "=HYPERLINK(1)"),
        (an_xls({"List 4": [LIST_4, ROW]}), "C1001"),
        (an_xlsx({"List_4": [["A title"], LIST_4, list_4_row(1001.0, date(2026, 9, 1))]}), "1001"),
        (an_xlsx({"List4": [LIST_4, list_4_row("C1", date(2026, 9, 1))]}, date1904=True), "C1"),
        (an_xlsx({"List 4": [LIST_4, list_4_row(True, "2026-09-01")]}), "TRUE"),
        (list_4(ROW).replace(b"Child Unique ID", b"child  unique id "), "C1001"),
    ],
)
def test_quirks_of_real_lists_are_taken(
    world: World, paula: Importer, content: bytes, reference: str
) -> None:
    batch = paula.take(content)
    assert batch.stage is Stage.CONFIRMED, batch.problem
    (case,) = world.rows(Case)
    assert (case.reference, case.referred_on) == (reference, date(2026, 9, 1))


def test_windows_text_is_read_with_a_notice(paula: Importer) -> None:
    batch = paula.send(a_csv([LIST_4, list_4_row(c10="Équipe")], encoding="cp1252"))
    assert "read as Windows-1252" in readable(paula.page(batch))


def test_hidden_rows_and_sheets_are_read_and_told(world: World, paula: Importer) -> None:
    book = openpyxl.load_workbook(io.BytesIO(an_xlsx({"List 4": [LIST_4, ROW], "Notes": [["x"]]})))
    book["List 4"].row_dimensions[2].hidden = True
    book["Notes"].sheet_state = "hidden"
    book.create_sheet("List 8").append(["Child Unique ID", "Age"])
    batch = paula.take(saved(book), "list.xlsx")
    page = readable(paula.page(batch))
    assert "1 hidden row" in page
    assert "“Notes” is hidden" in page
    assert (
        "Sheets that were not read, each with its filled rows: “Notes” (1), “List 8” (1)." in page
    )
    assert len(world.rows(Case)) == 1


def test_a_reference_in_another_lot_is_refused_with_its_name(world: World, paula: Importer) -> None:
    paula.take(list_4())
    batch = paula.send(list_4(), lot_id=world.lot("South"))
    assert counts(batch) == (0, 0, 0, 3)
    assert "C1001 is in lot North" in readable(paula.page(batch))


def test_the_same_reference_under_another_contract_is_another_child(
    world: World, paula: Importer, browse: Callable[..., Browse]
) -> None:
    paula.take(list_4())
    eve = an_importer(world, browse, "eve")
    assert eve.take(list_4(), lot_id=world.lot("Moor")).new == 3
    assert len(world.rows(Case)) == 6


def test_an_older_list_after_a_newer_one_is_told_with_both_days(paula: Importer) -> None:
    paula.take(list_4())
    batch = paula.send(list_4(list_4_row("C9")), listed_on="2026-11-02")
    page = readable(paula.page(batch))
    assert "This list is of 2 Nov 2026, older than the list of 20 Nov 2026" in page


def test_a_list_from_before_the_contract_began_is_told_with_both_days(paula: Importer) -> None:
    began = "before the contract began on 2 Nov 2026"
    early = paula.send(list_4(), listed_on="2025-11-20")
    assert f"This list is of 20 Nov 2025, {began}" in readable(paula.page(early))
    assert began not in paula.page(paula.send(list_4(list_4_row("C9")), listed_on="2026-11-02"))


def test_a_file_name_from_elsewhere_shows_only_its_last_part(paula: Importer) -> None:
    batch = paula.send(list_4(), "..\\..\\etc/pass\u202ewd<b>.csv")
    assert batch.file_name == "passwd<b>.csv"
    assert "passwd&lt;b&gt;.csv" in paula.page(batch)
