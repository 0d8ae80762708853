"""Lists of separated values: what is read, what is said, what is refused."""

import codecs

import pytest

from app.exchange.precheck import Limits, Unreadable
from app.exchange.readers import Kind, read
from app.exchange.readers.delimited import WINDOWS_NOTICE
from tests.workbooks import a_csv, put

ROWS = [["Ref", "Team"], ["C1", "Marsh"], ["C2", "Hill"]]


def cells(workbook):
    return [row.cells for row in workbook.sheets[0].rows()]


def refusal(tmp_path, content, limits=None):
    with pytest.raises(Unreadable) as refused:
        read(put(tmp_path, content), "list.csv", limits)
    return refused.value.sentence


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_separator_is_found_out(tmp_path, delimiter):
    book = read(put(tmp_path, a_csv(ROWS, delimiter)), "list.csv")
    assert cells(book) == [tuple(row) for row in ROWS]
    assert book.kind is Kind.CSV


def test_a_comma_inside_a_header_does_not_hide_the_semicolons(tmp_path):
    rows = [["Ref, old", "Team", "Day"], ["C1", "Marsh", "1 May 2026"]]
    book = read(put(tmp_path, a_csv(rows, ";")), "list.csv")
    assert cells(book) == [tuple(row) for row in rows]


@pytest.mark.parametrize("delimiter", [",", ";", "|"])
def test_lines_of_titles_do_not_hide_the_separator(tmp_path, delimiter):
    titles = b"".join(f"Title {number}\r\n".encode() for number in range(12))
    book = read(put(tmp_path, titles + a_csv(ROWS, delimiter)), "list.csv")
    assert cells(book)[12:] == [tuple(row) for row in ROWS]


def test_bars_within_a_text_are_no_separators(tmp_path):
    rows = [["Ref", "Team"], ["C1", "a|b|c|d"], ["C2", "Hill"], ["C3", "Vale"]]
    assert cells(read(put(tmp_path, a_csv(rows)), "list.csv"))[1] == ("C1", "a|b|c|d")


def test_a_list_of_more_columns_than_allowed_is_refused_with_its_line(tmp_path):
    sentence = refusal(tmp_path, b"Ref,Team\nC1" + b",x" * 256 + b"\n")
    assert sentence == "Line 2 reaches across to column IW; at most 256 columns are read."


def test_a_last_note_with_many_semicolons_does_not_hide_the_commas(tmp_path):
    listed = [["Reference", "Opened", "Note"], ["1", "2026-01-01", "x"], ["2", "", "a; b; c; d; e"]]
    book = read(put(tmp_path, a_csv(listed)), "list.csv")
    assert [list(row.cells) for row in book.sheets[0].rows()] == listed


def test_a_first_line_that_names_the_separator_is_obeyed_and_not_a_row(tmp_path):
    book = read(put(tmp_path, b"sep=;\r\n" + a_csv(ROWS, ";")), "list.csv")
    assert cells(book) == [tuple(row) for row in ROWS]
    assert next(book.sheets[0].rows()).line == 2


def test_a_byte_order_mark_is_dropped(tmp_path):
    book = read(put(tmp_path, a_csv(ROWS, encoding="utf-8-sig")), "list.csv")
    assert cells(book)[0][0] == "Ref"
    assert book.notices == ()


def test_windows_1252_is_read_and_said(tmp_path):
    rows = [["Ref", "Team"], ["C1", "Ysgol Siân"]]
    book = read(put(tmp_path, a_csv(rows, encoding="cp1252")), "list.csv")
    assert cells(book)[1] == ("C1", "Ysgol Siân")
    assert book.notices == (WINDOWS_NOTICE,)


def test_bytes_of_two_encodings_are_refused_with_the_line(tmp_path):
    content = b"Ref,Team\nC1," + "Siân".encode() + b"\nC2," + "Siân".encode("cp1252") + b"\n"
    assert refusal(tmp_path, content).startswith("Line 2 is UTF-8 and other lines are not.")


def test_bytes_of_no_encoding_are_refused_with_the_line(tmp_path):
    sentence = refusal(tmp_path, b"Ref,Team\nC1,\x81 x\n")
    assert sentence.startswith("Line 2 is neither UTF-8 nor Windows-1252.")


@pytest.mark.parametrize("mark", [codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE])
def test_excels_unicode_text_is_read(tmp_path, mark):
    rows = [["Ref", "Team"], ["C1", "Ysgol Siân, 🙂"], ["C2", 'The "Hill"']]
    encoding = "utf-16-le" if mark == codecs.BOM_UTF16_LE else "utf-16-be"
    content = mark + a_csv(rows, "\t", encoding)
    book = read(put(tmp_path, content), "list.txt")
    assert cells(book) == [tuple(row) for row in rows]
    assert refusal(tmp_path, content[:-1]).startswith("The file is cut off or damaged.")
    nul = "C3\0\tx\r\n".encode(encoding)
    assert refusal(tmp_path, content + nul).startswith("Line 4 holds a NUL byte")


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_refused(tmp_path, encoding):
    assert refusal(tmp_path, a_csv(ROWS, encoding=encoding)).startswith("The file is UTF-16 and")


def test_a_nul_byte_is_refused_with_its_line(tmp_path):
    sentence = refusal(tmp_path, b"Ref,Team\nC1,Marsh\nC2,Hi\0ll\n")
    assert sentence == "Line 3 holds a NUL byte, so this is not a text file."


def test_a_quote_that_never_ends_is_refused_with_the_line_where_it_starts(tmp_path):
    sentence = refusal(tmp_path, b'Ref,Team\nC1,Marsh\nC2,"Hill\nC3,Vale\n')
    assert sentence == "Line 3: a quote is opened and never closed."


def test_a_stray_quote_is_refused_with_its_line(tmp_path):
    assert refusal(tmp_path, b'Ref,Team\nC1,"Marsh"x\n').startswith("Line 2: a quote stands")


def test_a_field_of_131073_characters_is_refused_with_its_line(tmp_path):
    long = b"x" * 131_072
    read(put(tmp_path, b"Ref,Team\nC1," + long + b"\n"), "list.csv")
    sentence = refusal(tmp_path, b"Ref,Team\nC1," + long + b"x\n")
    assert sentence == "Line 2 holds a field longer than 131,072 characters."


def test_blank_lines_are_not_rows_and_do_not_shift_the_numbers(tmp_path):
    book = read(put(tmp_path, b'Ref,Team\n\n , \nC1,"Mar\nsh"\nC2,Hill\n'), "list.csv")
    assert [row.line for row in book.sheets[0].rows()] == [1, 4, 6]
    assert book.sheets[0].filled == 3


def test_a_file_of_zero_bytes_and_a_file_of_blank_lines_are_refused(tmp_path):
    assert refusal(tmp_path, b"") == "The file is empty (0 bytes)."
    assert refusal(tmp_path, b"\n,,\n\n") == "The file holds no rows at all."


def test_more_rows_than_allowed_are_refused(tmp_path):
    rows = [["Ref"], *([f"C{n}"] for n in range(40))]
    assert "more than 10 rows" in refusal(tmp_path, a_csv(rows), Limits(rows=10))


def test_a_file_over_the_size_is_refused(tmp_path):
    sentence = refusal(tmp_path, b"Ref\n" + b"C1\n" * 700_000, Limits(sent=1_000_000))
    assert sentence == "The file has 2 MB; at most 1 MB are read."


@pytest.mark.parametrize(
    "content", [b"<html><table></table></html>", b"\xef\xbb\xbf <?xml version='1.0'?><Book/>"]
)
def test_a_web_page_under_a_spreadsheets_name_is_refused(tmp_path, content):
    assert refusal(tmp_path, content).startswith("The file is a web page or XML")


def test_a_pdf_is_refused(tmp_path):
    assert refusal(tmp_path, b"%PDF-1.7 ...").startswith("The file is not an Excel workbook")


def test_text_that_looks_like_a_formula_stays_text(tmp_path):
    book = read(put(tmp_path, a_csv([["Ref"], ['=HYPERLINK("x")']])), "list.csv")
    assert cells(book)[1] == ('=HYPERLINK("x")',)


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"'=Ref,Team\nC1,Marsh\n", ("=Ref", "Team")),
        (codecs.BOM_UTF8 + b"'=Ref,Team\nC1,Marsh\n", ("=Ref", "Team")),
        (b"Ref;'-Team\nC1;Marsh\n", ("Ref", "-Team")),
        (b'Ref,"\'+Team, now"\nC1,Marsh\n', ("Ref", "+Team, now")),
        ("Ref,'@Team\nC1,Marsh\n".encode("utf-16"), ("Ref", "@Team")),
        (b"O'=Ref,Team\nC1,Marsh\n", ("O'=Ref", "Team")),
    ],
)
def test_an_apostrophe_that_guards_a_text_is_taken_off_wherever_it_stands(tmp_path, content, found):
    assert cells(read(put(tmp_path, content), "list.csv"))[0] == found


@pytest.mark.parametrize("fill", [2**20 - 4, 2**20 - 3, 2**20 - 2])
def test_such_an_apostrophe_is_seen_at_the_joint_of_two_portions_too(tmp_path, fill):
    content = b"Ref,Team\n" + b"\n" * (fill - 9) + b"C1,'=Marsh\n"
    assert cells(read(put(tmp_path, content), "list.csv"))[1] == ("C1", "=Marsh")


def test_a_csv_file_called_xlsx_is_read_as_what_it_is(tmp_path):
    assert read(put(tmp_path, a_csv(ROWS)), "list.xlsx").kind is Kind.CSV
