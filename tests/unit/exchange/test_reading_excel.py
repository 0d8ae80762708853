"""Workbooks: every row is read, every oddity is said, every trap is refused."""

import io
import time
import zipfile
from datetime import date, datetime, timedelta
from datetime import time as clock

import openpyxl
import pytest
import xlwt

from app.exchange import precheck
from app.exchange.precheck import Limits, Unreadable
from app.exchange.readers import Kind, read
from tests.workbooks import (
    LIST_4,
    a_raw_xlsx,
    an_xls,
    an_xlsx,
    list_4_row,
    put,
    saved,
    with_part,
    with_stream,
    zipped,
)

BOMB = "<!DOCTYPE w [<!ENTITY a 'x'><!ENTITY b '&a;&a;&a;'>]>"
EXTERNAL = "<!DOCTYPE w [<!ENTITY a SYSTEM 'file:///etc/hostname'>]>"
ONE_CELL = '<row r="1"><c r="A1" t="inlineStr"><is><t>Ref</t></is></c></row>'


def sheet_rows(tmp_path, content, limits=None):
    with read(put(tmp_path, content), "list.xlsx", limits) as book:
        return [(row.line, row.cells) for row in book.sheets[0].rows()]


def refusal(tmp_path, content, limits=None):
    with pytest.raises(Unreadable) as refused:
        read(put(tmp_path, content), "list.xlsx", limits)
    return refused.value.sentence


def test_every_kind_of_cell_arrives_with_its_line(tmp_path):
    content = an_xlsx({"S": [[], ["", "C1", 1001.0, 1.5, True, date(2026, 5, 1)], [], ["x"]]})
    assert sheet_rows(tmp_path, content) == [
        (2, ("", "C1", 1001, 1.5, True, date(2026, 5, 1))),
        (4, ("x", "", "", "", "", "")),
    ]


def test_an_old_workbook_is_read_whatever_its_name(tmp_path):
    with read(put(tmp_path, an_xls({"S": [["C1", date(2026, 5, 1)]]})), "list.xlsx") as book:
        assert book.kind is Kind.XLS
        assert [row.cells for row in book.sheets[0].rows()] == [("C1", date(2026, 5, 1))]


def test_rows_can_be_gone_through_twice_and_the_temporary_file_goes_at_the_end(tmp_path):
    with read(put(tmp_path, an_xlsx({"S": [["C1"], ["C2"]]})), "list.xlsx") as book:
        sheet = book.sheets[0]
        assert list(sheet.rows()) == list(sheet.rows())
    with pytest.raises(FileNotFoundError):
        next(sheet.rows())


def test_dates_of_the_1904_system_are_the_days_that_excel_shows(tmp_path):
    content = an_xlsx({"S": [[date(2026, 5, 1)]]}, date1904=True)
    with read(put(tmp_path, content), "list.xlsx") as book:
        assert [row.cells for row in book.sheets[0].rows()] == [(date(2026, 5, 1),)]
        assert book.sheets[0].date1904


def test_a_number_that_is_shown_with_zeros_or_letters_before_it_is_text_as_shown(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(an_xlsx({"S": [["Ref", "Age", "Old"]]})))
    for line, number in enumerate((7, 1234567, 1.5, 1.23e16), start=2):
        book["S"].append([number, number, number])
        book["S"].cell(line, 1).number_format = "00000;-00000"
        book["S"].cell(line, 2).number_format = "0"
        book["S"].cell(line, 3).number_format = '"P"0'
    assert [cells for _, cells in sheet_rows(tmp_path, saved(book))] == [
        ("Ref", "Age", "Old"),
        ("00007", 7, "P7"),
        ("1234567", 1234567, "P1234567"),
        (1.5, 1.5, 1.5),
        (1.23e16, 1.23e16, 1.23e16),
    ]


def test_a_workbook_in_the_strict_format_is_read(tmp_path):
    with zipfile.ZipFile(io.BytesIO(a_raw_xlsx(ONE_CELL))) as book:
        parts = {part: book.read(part) for part in book.namelist()}
    strict = {
        name: part.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006",
            b"http://purl.oclc.org/ooxml/officeDocument",
        )
        for name, part in parts.items()
    }
    assert sheet_rows(tmp_path, zipped(strict)) == [(1, ("Ref",))]


def test_a_wrong_dimension_hides_no_row(tmp_path):
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>C{n}</t></is></c></row>' for n in (1, 2, 3)
    )
    content = a_raw_xlsx(rows, dimension='<dimension ref="A1:A1"/>')
    assert len(sheet_rows(tmp_path, content)) == 3


def test_hidden_rows_and_sheets_are_read_and_said(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(an_xlsx({"One": [["a"], ["b"]], "Two": [["c"]]})))
    book["One"].row_dimensions[2].hidden = True
    book["Two"].sheet_state = "hidden"
    with read(put(tmp_path, saved(book)), "list.xlsx") as found:
        assert [sheet.filled for sheet in found.sheets] == [2, 1]
        assert found.notices == (
            "Sheet “One” has 1 hidden row; hidden rows are read and counted.",
            "Sheet “Two” is hidden; it was looked at like the others.",
        )


def test_merged_cells_do_not_disturb_the_rows(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(an_xlsx({"S": [["Title"], ["a", "b"]]})))
    book["S"].merge_cells("A1:B1")
    book["S"].auto_filter.ref = "A2:B2"
    assert sheet_rows(tmp_path, saved(book)) == [(1, ("Title", "")), (2, ("a", "b"))]


def merged_families(save):
    """A header of two rows, its families over two rows each, and a note below over many."""
    rows = [["Ref", "Family", "Dates", ""], ["", "", "Start", "End"]]
    rows += [["C1", "F1"], ["C2", ""], ["C3", "F2"], ["C4", ""], ["", "", "Note"]]
    return save(rows, ("A1:A2", "B1:B2", "C1:D1", "B3:B4", "B5:B6", "C7:D30"))


def as_xlsx(rows, ranges):
    book = openpyxl.load_workbook(io.BytesIO(an_xlsx({"S": rows})))
    for one in ranges:
        book["S"].merge_cells(one)
    return saved(book)


def as_xls(rows, ranges):
    book, file = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("S", cell_overwrite_ok=True)
    for line, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write(line, column, cell)
    for one in ranges:
        left, top, right, bottom = openpyxl.utils.range_boundaries(one)
        label = (*rows[top - 1], "", "", "", "")[left - 1]
        sheet.write_merge(top - 1, bottom - 1, left - 1, right - 1, label)
    book.save(file)
    return file.getvalue()


@pytest.mark.parametrize("save", [as_xlsx, as_xls])
def test_cells_merged_over_several_rows_speak_for_each_of_them(tmp_path, save):
    with read(put(tmp_path, merged_families(save)), "list.xlsx") as found:
        rows = [row.cells[:4] for row in found.sheets[0].rows()]
        assert [(line[0], line[1]) for line in rows[2:6]] == [
            ("C1", "F1"),
            ("C2", "F1"),
            ("C3", "F2"),
            ("C4", "F2"),
        ]
        assert tuple(rows[1]) == ("Ref", "Family", "Start", "End")
        assert (found.sheets[0].filled, len(found.notices)) == (7, 1)
        assert "“S” has merged cells" in found.notices[0]


def test_a_formula_without_its_value_is_none_and_one_with_it_is_the_value(tmp_path):
    content = a_raw_xlsx(
        '<row r="1"><c r="A1"><f>1+1</f><v>2</v></c><c r="B1"><f>1+1</f></c>'
        '<c r="C1"><f>1+1</f><v/></c><c r="D1" t="str"><f>""</f><v></v></c>'
        '<c r="E1" t="inlineStr"><is><t>x</t></is></c></row>'
        '<row r="2"><c r="B2"><f>1+1</f></c></row>'
    )
    assert sheet_rows(tmp_path, content) == [
        (1, (2, None, None, "", "x")),
        (2, ("", None, "", "", "")),
    ]


def test_error_cells_arrive_as_their_text(tmp_path):
    content = a_raw_xlsx(
        '<row r="1"><c r="A1" t="e"><v>#REF!</v></c><c t="e"><f>x</f><v>#N/A</v></c></row>'
    )
    assert sheet_rows(tmp_path, content) == [(1, ("#REF!", "#N/A"))]


@pytest.mark.parametrize("encoding", ["f-8", "shift_jis"])
def test_a_part_in_an_encoding_that_cannot_be_read_is_refused(tmp_path, encoding):
    part = f"<?xml version='1.0' encoding='{encoding}'?><a/>".encode()
    sentence = refusal(tmp_path, with_part(a_raw_xlsx(ONE_CELL), "xl/media/x.xml", part))
    assert sentence == precheck.DAMAGED


@pytest.mark.parametrize("declaration", [BOMB, EXTERNAL])
def test_entities_in_a_sheet_are_refused(tmp_path, declaration):
    assert refusal(tmp_path, a_raw_xlsx(ONE_CELL, before=declaration)) == precheck.DECLARES


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/sharedStrings.xml", "xl/_rels/workbook.xml.rels"]
)
def test_entities_in_any_other_part_are_refused(tmp_path, part):
    content = with_part(a_raw_xlsx(ONE_CELL), part, f"{BOMB}<w>&b;</w>".encode())
    assert refusal(tmp_path, content) == precheck.DECLARES


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    content = with_part(a_raw_xlsx(ONE_CELL), "xl/media/x.xml", b" " * 200_000_000)
    assert len(content) < 300_000
    path = put(tmp_path, content)
    started = time.thread_time()
    with pytest.raises(Unreadable, match="more than 100 times its size"):
        precheck.scan_workbook(path, Limits())
    assert time.thread_time() - started < 0.1


def test_a_workbook_that_unpacks_beyond_the_limit_is_refused(tmp_path):
    content = an_xlsx({"S": [["x" * 1000] * 20] * 50})
    assert "at most 0 MB are read" in refusal(tmp_path, content, Limits(unpacked=10_000))


def test_a_bomb_that_lies_about_its_size_is_refused(tmp_path):
    content = bytearray(with_part(a_raw_xlsx(ONE_CELL), "xl/styles.xml", b" " * 30_000_000))
    true, forged = (30_000_000).to_bytes(4, "little"), (100).to_bytes(4, "little")
    assert content.count(true) == 2
    assert refusal(tmp_path, bytes(content).replace(true, forged)) == precheck.DAMAGED


def test_one_cell_in_the_last_corner_is_refused_by_the_row_cap(tmp_path):
    corner = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    sentence = refusal(tmp_path, a_raw_xlsx(ONE_CELL + corner))
    assert sentence == (
        "Sheet “List 4” reaches down to cell XFD1048576; at most 150,000 rows are read. "
        "Nothing was kept."
    )


def test_one_cell_far_to_the_right_is_refused(tmp_path):
    sentence = refusal(tmp_path, a_raw_xlsx('<row r="2"><c r="XFD2"><v>1</v></c></row>'))
    assert sentence == "Sheet “List 4” reaches across to cell XFD2; at most 256 columns are read."


def test_more_rows_than_allowed_are_refused(tmp_path):
    rows = [[f"C{n}"] for n in range(40)]
    assert "at most 10 rows" in refusal(tmp_path, an_xlsx({"S": rows}), Limits(rows=10))
    assert "more than 10 rows" in refusal(tmp_path, an_xls({"S": rows}), Limits(rows=10))


def test_too_many_parts_are_refused(tmp_path):
    content = zipped({f"xl/{n}.xml": b"<a/>" for n in range(501)})
    assert refusal(tmp_path, content) == "The file has 501 parts inside; at most 500 go."


@pytest.mark.parametrize("name", ["../evil.xml", "/etc/x.xml", "xl\\x.xml", "C:x.xml"])
def test_odd_part_names_are_refused(tmp_path, name):
    assert refusal(tmp_path, with_part(a_raw_xlsx(ONE_CELL), name, b"<a/>")) == precheck.ODD_PARTS


def test_a_part_that_stands_twice_is_refused(tmp_path):
    file = io.BytesIO(a_raw_xlsx(ONE_CELL))
    with zipfile.ZipFile(file, "a") as book, pytest.warns(UserWarning, match="Duplicate name"):
        book.writestr("xl/workbook.xml", "<workbook/>")
    assert refusal(tmp_path, file.getvalue()) == precheck.ODD_PARTS


def test_each_kind_of_unreadable_workbook_has_its_own_sentence(tmp_path):
    book = an_xlsx({"S": [LIST_4, list_4_row()]})
    old = an_xls({"S": [["C1"]]})
    letter = old.replace("Workbook".encode("utf-16-le"), "WordDocu".encode("utf-16-le"))
    with zipfile.ZipFile(io.BytesIO(book)) as parts:
        rels = parts.read("_rels/.rels")
    assert refusal(tmp_path, book[: len(book) // 2]) == precheck.DAMAGED
    assert refusal(tmp_path, old[: len(old) // 2]) == precheck.DAMAGED
    assert refusal(tmp_path, with_part(book, "xl/vbaProject.bin", b"x")) == precheck.MACROS
    assert refusal(tmp_path, with_stream(old, "_VBA_PROJECT_CUR")) == precheck.MACROS
    assert refusal(tmp_path, with_stream(old, "EncryptedPackage")) == precheck.PROTECTED
    assert refusal(tmp_path, letter) == precheck.NOT_EXCEL
    assert refusal(tmp_path, zipped({"word/document.xml": b"<a/>"})) == precheck.NOT_EXCEL
    assert (
        refusal(tmp_path, with_part(book, "_rels/.rels", rels.replace(b".xml", b".bin")))
        == precheck.BINARY
    )


def test_a_sheet_of_broken_xml_is_refused(tmp_path):
    assert refusal(tmp_path, a_raw_xlsx("<row><c>")) == precheck.DAMAGED
    assert refusal(tmp_path, a_raw_xlsx('<row r="x"/>')) == precheck.DAMAGED


def test_a_file_that_takes_too_long_is_given_up(tmp_path):
    sentence = refusal(tmp_path, an_xlsx({"S": [["C1"]]}), Limits(seconds=0))
    assert sentence == "The file took longer than 0 seconds to read; it was given up."


def test_a_file_that_needs_too_much_memory_is_given_up(tmp_path):
    rows = "".join(f'<row r="{n}"><c r="IV{n}"><v>1</v></c></row>' for n in range(2, 140_001, 9))
    sentence = refusal(tmp_path, a_raw_xlsx(ONE_CELL + rows), Limits(memory=300_000_000))
    assert sentence == precheck.TOO_MUCH


def test_a_workbook_without_any_row_is_refused(tmp_path):
    assert refusal(tmp_path, an_xlsx({"S": []})) == "The file holds no rows at all."


def test_an_old_workbook_tells_its_errors_its_hidden_rows_and_its_1904_dates(tmp_path):
    book = xlwt.Workbook()
    book.dates_1904 = True
    sheet = book.add_sheet("Café")
    for line in range(2):
        sheet.write(line, 0, f"C{line}")
    sheet.row(1).set_cell_error(2, "#REF!")
    sheet.row(1).hidden = True
    file = io.BytesIO()
    book.save(file)
    with read(put(tmp_path, file.getvalue()), "list.xls") as found:
        [only] = found.sheets
        assert [row.cells for row in only.rows()] == [("C0", "", ""), ("C1", "", "#REF!")]
        assert only.date1904
        assert found.notices == (
            "Sheet “Café” has 1 hidden row; hidden rows are read and counted.",
        )


def test_a_long_old_workbook_is_followed_through_all_its_sectors(tmp_path):
    rows = [[f"C{n}", "x" * 150 + str(n)] for n in range(40_000)]
    content = an_xls({"One": rows, "Two": [["last"]]})
    assert len(content) > 109 * 128 * 512
    with read(put(tmp_path, content), "list.xls") as found:
        assert [sheet.filled for sheet in found.sheets] == [40_000, 1]


def test_an_old_workbook_of_nonsense_is_refused(tmp_path):
    old = bytearray(an_xls({"S": [["C1"]]}))
    old[30:32] = b"\x02\x00"
    assert refusal(tmp_path, bytes(old)) == precheck.DAMAGED


def test_times_and_durations_arrive_as_such(tmp_path):
    moment = datetime(2026, 5, 1, 10, 30)  # noqa: DTZ001 - a workbook's times have no zone
    content = an_xlsx({"S": [[moment, clock(9, 15), timedelta(hours=30)]]})
    assert sheet_rows(tmp_path, content) == [(1, (moment, clock(9, 15), timedelta(hours=30)))]


def test_a_zip_whose_parts_are_encrypted_is_refused(tmp_path):
    content = bytearray(a_raw_xlsx(ONE_CELL))
    content[content.index(b"PK\x01\x02") + 8] |= 1
    assert refusal(tmp_path, bytes(content)) == precheck.PROTECTED


def test_a_page_of_charts_is_no_sheet(tmp_path):
    book = openpyxl.load_workbook(io.BytesIO(an_xlsx({"S": [["C1"]]})))
    book.create_chartsheet("Chart").add_chart(openpyxl.chart.BarChart())
    with read(put(tmp_path, saved(book)), "list.xlsx") as found:
        assert [sheet.name for sheet in found.sheets] == ["S"]
