"""Lists going out: read back by programs that are not ours, and by our own import."""

import csv
import io
import json
import tracemalloc
from datetime import UTC, date, datetime

import openpyxl
import pytest
from python_calamine import load_workbook

from app.exchange import writers
from app.exchange.readers import read
from app.kernel.csvs import csv_rows
from app.kernel.injection import guarded, unguarded
from tests.workbooks import put

HEADER = ["Reference", "Opened", "Points", "Open", "Note"]
ROWS = [
    ["00123", date(2026, 5, 1), 7, True, '=HYPERLINK("http://x")'],
    ["C2 & <3>", None, 1.5, False, " two\nlines "],
    ["Ŵ 🙂", date(2024, 2, 29), -3, None, ""],
]


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+x",
        "-x",
        "@x",
        "|x",
        "%x",
        " =1",
        "\t=1",
        "\ufeff=1",
        "\uff1d1",
        "\uff20x",
        "'=1",
        "''+x",
    ],
)
def test_text_that_excel_would_run_is_guarded_and_comes_back_whole(text):
    assert guarded(text) == f"'{text}"
    assert unguarded(guarded(text)) == text


@pytest.mark.parametrize("text", ["", "x=1", "-5", "+4.5", "'x", "12", "C-1", "'", "O'Neil"])
def test_other_text_and_plain_numbers_are_left_alone(text):
    assert guarded(text) == text
    assert unguarded(text) == text


@pytest.mark.parametrize("number", [0, 1, 500, 1001])
def test_json_is_whole_however_many_rows_there_are(number):
    rows = (["00123", date(2026, 5, 1), None, True, 'Ŵ 🙂 "x"'] for _ in range(number))
    told = json.loads(b"".join(writers.json_rows(HEADER, rows)))
    first = dict(zip(HEADER, ["00123", "2026-05-01", None, True, 'Ŵ 🙂 "x"'], strict=True))
    assert told == [first] * number


def test_csv_opens_with_a_byte_order_mark_and_guards_formulas():
    content = b"".join(csv_rows(HEADER, ROWS))
    assert content.startswith(b"\xef\xbb\xbfReference,Opened")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert lines[1] == ["00123", "2026-05-01", "7", "True", '\'=HYPERLINK("http://x")']
    assert lines[3][0] == "Ŵ 🙂"


def test_csv_comes_in_pieces():
    lines = [piece.count(b"\r\n") for piece in csv_rows(["n"], ([n] for n in range(4800)))]
    assert sum(lines) == 4801
    assert max(lines) <= 2000


def test_csv_is_whole_though_more_texts_differ_than_are_remembered():
    texts = [f"{number}, with a comma" for number in range(10_500)]
    told = b"".join(csv_rows(["n"], ([text] for text in texts))).decode("utf-8-sig")
    assert [row[0] for row in csv.reader(io.StringIO(told, newline=""))] == ["n", *texts]


def test_our_own_csv_is_read_back_without_loss(tmp_path):
    texts = [["a", "b"], ["=1", "x,y"], ["'=1", 'q"q'], ["-5", "two\nlines"], ["\uff1dx", "ŵ"]]
    content = b"".join(csv_rows(texts[0], texts[1:]))
    book = read(put(tmp_path, content), "list.csv")
    assert [list(row.cells) for row in book.sheets[0].rows()] == texts


def test_times_are_written_as_london_reads_them(tmp_path):
    instant = datetime(2026, 7, 1, 23, 30, tzinfo=UTC)
    assert b"2026-07-02 00:30" in b"".join(csv_rows(["At"], [[instant]]))
    with writers.xlsx(["At"], [[instant]]) as file:
        shown = openpyxl.load_workbook(file)["List"]["A2"].value
    assert shown == datetime(2026, 7, 2, 0, 30)  # noqa: DTZ001 - a workbook's times have no zone


def test_a_workbook_is_read_back_by_openpyxl_with_types_and_styles():
    with writers.xlsx(HEADER, ROWS, sheet="Open [cases]: Marsh/Hill & more than fits") as file:
        book = openpyxl.load_workbook(file)
    [sheet] = book.worksheets
    assert sheet.title == "Open  cases   Marsh Hill & more"
    assert [cell.value for cell in sheet[1]] == HEADER
    first = sheet[2]
    assert [cell.value for cell in first][2:4] == [7, True]
    assert first[0].value == "00123"
    assert first[1].is_date
    assert first[1].number_format == "dd/mm/yyyy"
    assert first[4].data_type == "s"
    assert sheet["A3"].value == "C2 & <3>"
    assert sheet["E3"].value == " two\nlines "
    assert sheet["A1"].font.b
    assert sheet.freeze_panes == "A2"


def test_a_workbook_is_read_back_by_calamine_and_by_our_own_reader(tmp_path):
    with writers.xlsx(HEADER, ROWS) as file:
        content = file.read()
    expected = [
        HEADER,
        ["00123", date(2026, 5, 1), 7.0, True, '=HYPERLINK("http://x")'],
        ["C2 & <3>", "", 1.5, False, " two\nlines "],
        ["Ŵ 🙂", date(2024, 2, 29), -3.0, "", ""],
    ]
    assert load_workbook(io.BytesIO(content)).get_sheet_by_index(0).to_python() == expected
    with read(put(tmp_path, content), "list.xlsx") as book:
        assert [list(row.cells) for row in book.sheets[0].rows()] == expected


def test_characters_that_xml_forbids_do_not_break_the_workbook():
    with writers.xlsx(["n"], [["a\x00b\x0bc\ufffe"]]) as file:
        assert openpyxl.load_workbook(file)["List"]["A2"].value == "a\ufffdb\ufffdc\ufffd"


def test_an_empty_list_is_a_header():
    with writers.xlsx(HEADER, []) as file:
        assert openpyxl.load_workbook(file)["List"].max_row == 1
    assert len(b"".join(csv_rows(HEADER, [])).splitlines()) == 1


def test_a_workbook_is_written_in_constant_memory():
    tracemalloc.start()
    try:
        writers.xlsx(["n", "m"], ([n, "text " * 10] for n in range(30_000))).close()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 3_000_000


def test_more_rows_than_excel_holds_are_refused(monkeypatch):
    monkeypatch.setattr(writers, "MOST_ROWS", 10)
    with pytest.raises(ValueError, match="at most 10 rows"):
        writers.xlsx(["n"], ([n] for n in range(11)))
