"""Whatever a council sends, every row is accounted for; what goes out comes back the same."""

import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from app.exchange import layouts, rows
from app.exchange.layouts import Field, Layout
from app.exchange.readers import read
from app.exchange.rows import EqualRepeat, ParsedRow, RefusedRow
from app.kernel.csvs import csv_rows
from app.kernel.injection import guarded
from tests.workbooks import LIST_4, a_csv, put

TODAY = date(2026, 11, 20)
ODD_CELLS = st.sampled_from(
    ["", " ", "\xa0", "N/A", "#N/A", "#REF!", "1900-01-01", "31/02/2026", "=1", "'x", "DUTY", "−1"]
)
REFERENCES = st.sampled_from(["C1", "C2", "00123", "1001.0", "", "1.23E+15"]) | st.text(max_size=5)
DAYS = st.dates(date(1985, 1, 1), date(2029, 1, 1)).map(date.isoformat) | st.sampled_from(
    ["2026-09-01", "2026-10-01"]
)
CSV_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)


@st.composite
def list_4_rows(draw):
    row = [draw(ODD_CELLS) for _ in LIST_4]
    row[0] = draw(REFERENCES)
    row[6] = draw(DAYS | ODD_CELLS)
    row[8] = draw(ODD_CELLS | DAYS)
    return row[: draw(st.sampled_from([12, 12, 12, 12, 5]))]


def first_sheet(content):
    with TemporaryDirectory() as folder:
        book = read(put(Path(folder), content), "list.csv")
        yield from book.sheets


@given(st.lists(list_4_rows(), max_size=25))
def test_rows_read_are_parsed_refused_or_equal_repeats(listed):
    content = a_csv([LIST_4, *listed]).replace(b"\0", b"")
    for sheet in first_sheet(content):
        found = layouts.read_as(sheet, Layout.LIST_4)
        outcomes = list(rows.parse(found, today=TODAY))
        written = sum(any(cell.strip() for cell in row) for row in listed)
        assert len(outcomes) == found.rows == written
        assert len({one.line for one in outcomes}) == written
        kinds = Counter(type(one) for one in outcomes)
        assert set(kinds) <= {ParsedRow, EqualRepeat, RefusedRow}
        keys = [one.key for one in outcomes if isinstance(one, ParsedRow)]
        assert len(keys) == len(set(keys))
        assert all(one.reason for one in outcomes if isinstance(one, RefusedRow))


@given(st.lists(list_4_rows(), min_size=1, max_size=12))
def test_a_list_sent_twice_in_one_file_adds_nothing(listed):
    content = a_csv([LIST_4, *listed, *listed]).replace(b"\0", b"")
    for sheet in first_sheet(content):
        outcomes = list(rows.parse(layouts.read_as(sheet, Layout.LIST_4), today=TODAY))
        once = next(first_sheet(a_csv([LIST_4, *listed]).replace(b"\0", b"")))
        assert once.filled - 1 == (sheet.filled - 1) / 2
        parsed = [one for one in outcomes if isinstance(one, ParsedRow)]
        repeats = [one for one in outcomes if isinstance(one, EqualRepeat)]
        assert len(repeats) >= len(parsed)


@given(st.lists(st.tuples(CSV_TEXT, CSV_TEXT), max_size=20))
def test_a_csv_export_comes_back_the_same(texts):
    content = b"".join(csv_rows(["first", "second"], texts))
    expected = [("first", "second"), *texts]
    for sheet in first_sheet(content):
        read_back = [row.cells for row in sheet.rows()]
        assert read_back == [row for row in expected if any(cell.strip() for cell in row)]


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-2, 2),
    st.sampled_from([0.0, 1.0, -1.5]),
    st.dates(),
    CSV_TEXT,
    st.sampled_from(["", "9-2002719", "A, B", 'say "so"', "two\nlines", "\r", "=1+1", "-5", "Ŵ"]),
)


@given(st.integers(1, 3).flatmap(lambda n: st.lists(st.tuples(*[CELLS] * n), max_size=12)))
def test_a_csv_is_what_the_standard_library_writes_of_its_cells(lines):
    expected = io.StringIO(newline="")
    writer = csv.writer(expected)
    for line in lines:
        writer.writerow([guarded(cell) if isinstance(cell, str) else cell for cell in line])
    header = ["name"] * len(lines[0]) if lines else ["name"]
    written = b"".join(csv_rows(header, lines)).decode("utf-8-sig")
    assert written == ",".join(header) + "\r\n" + expected.getvalue()


@given(st.lists(st.tuples(st.from_regex(r"[A-Z][0-9]{3}", fullmatch=True), DAYS), max_size=20))
def test_exported_cases_are_imported_as_they_were(cases):
    content = b"".join(csv_rows(["Reference", "Start date"], cases))
    for sheet in first_sheet(content):
        found = layouts.mapped(
            sheet, {Field.REFERENCE: "Reference", Field.ASSESSMENT_START_ON: "Start date"}
        )
        for one in rows.parse(found, today=TODAY):
            if isinstance(one, ParsedRow):
                assert (one.facts[Field.REFERENCE], str(one.facts[Field.ASSESSMENT_START_ON])) in (
                    cases
                )
