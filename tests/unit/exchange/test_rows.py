"""The outcome of every row of a list."""

from datetime import date

import pytest

from app.exchange import layouts, rows
from app.exchange.layouts import Field, Layout
from app.exchange.precheck import Unreadable
from app.exchange.readers import read
from app.exchange.rows import EqualRepeat, ParsedRow, RefusedRow
from tests.workbooks import (
    LIST_3,
    LIST_4,
    LIST_5,
    LIST_6,
    a_csv,
    a_raw_xlsx,
    an_xlsx,
    list_4_row,
    put,
)

TODAY = date(2026, 11, 20)


def outcomes(tmp_path, header, *listed, tab="List 4"):
    with read(put(tmp_path, an_xlsx({tab: [header, *listed]})), "list.xlsx") as book:
        [found] = layouts.recognise(book)
        results = list(rows.parse(found, today=TODAY))
    assert len(results) == found.rows
    return results


def plain(tmp_path, content, mapping=None):
    with read(put(tmp_path, content), "list.csv") as book:
        sheet = book.sheets[0]
        return list(rows.parse(layouts.mapped(sheet, mapping or layouts.guess(sheet)), today=TODAY))


def opens(header, tab, tmp_path, **facts):
    row = ["C1", *[""] * (len(header) - 1)]
    for name, cell in facts.items():
        row[int(name[1:])] = cell
    [parsed] = outcomes(tmp_path, header, row, tab=tab)
    assert isinstance(parsed, ParsedRow), parsed
    return rows.opens_case(parsed, date(2026, 11, 1))


def test_a_row_is_read_with_its_line_its_key_and_only_what_is_kept(tmp_path):
    [row] = outcomes(tmp_path, LIST_4, list_4_row(1001.0, c8=date(2026, 10, 20)))
    assert (row.line, row.layout) == (2, Layout.LIST_4)
    assert row.key == "list_4:1001:2026-09-01"
    assert row.facts == {
        Field.REFERENCE: "1001",
        Field.ASSESSMENT_START_ON: date(2026, 9, 1),
        Field.AUTHORISED_ON: date(2026, 10, 20),
        Field.CHILD_SEEN: "yes",
        Field.SUPPORT_REQUIRED: None,
        Field.AGE: "5–9",
        Field.ALLOCATED_TEAM: "Marsh Duty Team",
        Field.ALLOCATED_WORKER: "named",
    }


def test_each_list_has_its_own_key(tmp_path):
    day = "01/09/2026"
    assert outcomes(tmp_path, LIST_3, ["C1", *[""] * 4, day], tab="List 3")[0].key == (
        "list_3:C1:2026-09-01"
    )
    for header, tab in ((LIST_5, "list_5"), (LIST_6, "list_6")):
        [row] = outcomes(tmp_path, header, ["C1", *[""] * 5, day], tab=tab)
        assert row.key == f"{tab}:C1:2026-09-01"
    [row] = plain(tmp_path, a_csv([["Ref"], ["00123"]]))
    assert row.key == "plain:00123"


def test_a_bad_cell_refuses_its_row_with_line_column_and_cell(tmp_path):
    results = outcomes(tmp_path, LIST_4, list_4_row(), list_4_row("C2", "31/02/2026"))
    assert results[1] == RefusedRow(
        3,
        "G (Continuous Assessment Start Date)",
        "Cell G3 says “31/02/2026”. February 2026 has 28 days.",
        reference="C2",
    )


def test_a_reference_that_excel_changed_is_refused(tmp_path):
    [row] = outcomes(tmp_path, LIST_4, list_4_row("1.23E+15"))
    assert row.reason == "Cell A2 says 1.23E+15: Excel changed this reference."


def test_a_row_without_the_date_of_its_key_is_refused(tmp_path):
    [row] = outcomes(tmp_path, LIST_4, list_4_row(start="N/A"))
    assert (row.column, row.reason) == (
        "G (Continuous Assessment Start Date)",
        "The date is empty, and it tells a child's rows apart.",
    )


def test_an_end_before_its_start_is_refused(tmp_path):
    [row] = outcomes(tmp_path, LIST_4, list_4_row(start="01/09/2026", c8="31/08/2026"))
    assert row.reason == (
        "31 Aug 2026 is before 1 Sep 2026 in column G (Continuous Assessment Start Date)."
    )


def test_a_text_that_nothing_hangs_on_is_left_out_and_named(tmp_path):
    [row] = outcomes(tmp_path, LIST_4, list_4_row(c9="Updated"))
    assert row.facts[Field.SUPPORT_REQUIRED] is None
    assert row.not_understood == (f"J ({LIST_4[9]})",)


def test_an_answer_that_decides_must_be_understood(tmp_path):
    [row] = outcomes(tmp_path, LIST_3, ["C1", *[""] * 4, "1/9/2026", "", "Maybe"], tab="List 3")
    assert row.reason == "Cell H2 says “Maybe”, which is neither yes, no nor unknown."


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ('<c r="B2"><f>A1+5</f></c>', "Cell B2 holds a formula without a value."),
        ('<c r="B2" t="e"><v>#REF!</v></c>', "Cell B2 holds the error #REF!."),
    ],
)
@pytest.mark.parametrize("header", ["CIN Start Date", "Primary Need Code"])
def test_a_cell_without_a_value_refuses_its_row_and_is_named(tmp_path, cell, reason, header):
    names = ["Child Unique ID", header, "CIN Start Date", "CIN Closure Date"]
    names = list(dict.fromkeys(names))
    texts = "".join(f'<c t="inlineStr"><is><t>{name}</t></is></c>' for name in names)
    content = a_raw_xlsx(
        f'<row r="1">{texts}</row><row r="2"><c r="A2"><v>7</v></c>{cell}<c><v>46000</v></c></row>'
    )
    with read(put(tmp_path, content), "list.xlsx") as book:
        found = layouts.read_as(book.sheets[0], Layout.LIST_6)
        [row] = rows.parse(found, today=TODAY)
    assert row.reason.startswith(reason)


def test_equal_repeats_count_once(tmp_path):
    results = outcomes(tmp_path, LIST_4, list_4_row(), list_4_row("C2"), list_4_row(), list_4_row())
    assert {type(one): one.line for one in results if one.line in (2, 3)} == {ParsedRow: 2}
    assert [one for one in results if isinstance(one, EqualRepeat)] == [
        EqualRepeat(4, 2),
        EqualRepeat(5, 2),
    ]


def test_a_repeat_that_differs_only_in_what_is_dropped_is_equal(tmp_path):
    results = outcomes(tmp_path, LIST_4, list_4_row(), list_4_row(c3="09/09/2017"))
    assert [type(one) for one in results] == [ParsedRow, EqualRepeat]


def test_one_key_with_different_facts_refuses_all_its_rows_naming_the_lines(tmp_path):
    results = outcomes(tmp_path, LIST_4, list_4_row(), list_4_row(c8="20/10/2026"))
    reason = "Lines 2 and 3 differ on C1001 of 1 Sep 2026."
    assert results == [RefusedRow(line, "", reason, (), "C1001") for line in (2, 3)]


def test_of_many_rows_with_one_key_the_first_lines_are_named(tmp_path):
    listed = [["Ref", "Team"], *(["C1", f"Team {n}"] for n in range(9))]
    results = plain(tmp_path, a_csv(listed))
    assert results[8].reason == "Lines 2, 3, 4, 5, 6 and 4 more differ on C1."


def test_one_child_may_have_several_assessments(tmp_path):
    results = outcomes(tmp_path, LIST_4, list_4_row(), list_4_row(start="02/10/2026"))
    assert [type(one) for one in results] == [ParsedRow, ParsedRow]


@pytest.mark.parametrize(("line", "width"), [(b"C1,Marsh,x", "3 cells"), (b"C1", "1 cell")])
def test_a_csv_row_of_another_width_is_refused(tmp_path, line, width):
    [row] = plain(tmp_path, b"Ref,Team\n" + line + b"\n")
    reason = f"The row has {width} where the header has 2."
    assert row == RefusedRow(2, "", reason, reference="C1")


def test_empty_cells_behind_a_csv_row_do_no_harm(tmp_path):
    [row] = plain(tmp_path, b"Ref,Team\nC1,Marsh,,\n")
    assert row.facts[Field.REFERENCE] == "C1"


def test_a_list_with_problems_is_not_parsed(tmp_path):
    with pytest.raises(Unreadable, match="no column for reference"):
        plain(tmp_path, b"Team,Day\nx,y\n", {Field.SOURCE_TEAM: "Team"})


def test_a_date_in_serial_numbers_of_1904_is_the_day_that_excel_shows(tmp_path):
    content = an_xlsx({"List 4": [LIST_4, list_4_row(start=44621)]}, date1904=True)
    with read(put(tmp_path, content), "list.xlsx") as book:
        [row] = rows.parse(layouts.recognise(book)[0], today=TODAY)
    assert row.facts[Field.ASSESSMENT_START_ON] == date(2026, 3, 2)


@pytest.mark.parametrize(("nfa", "expected"), [("a) Yes", False), ("b) No", True), ("", True)])
def test_a_referral_opens_a_case_unless_no_further_action_was_taken(tmp_path, nfa, expected):
    assert opens(LIST_3, "List 3", tmp_path, c5="01/09/2026", c7=nfa) is expected


@pytest.mark.parametrize(
    ("authorised", "expected"),
    [("", True), ("20/10/2026", False), ("01/11/2026", False), ("02/11/2026", True)],
)
def test_an_assessment_opens_a_case_until_it_is_authorised(tmp_path, authorised, expected):
    assert opens(LIST_4, "List 4", tmp_path, c6="01/09/2026", c8=authorised) is expected


@pytest.mark.parametrize(
    ("unnecessary", "held", "expected"),
    [
        ("No", "", True),
        ("", "", True),
        ("Yes", "", False),
        ("No", "01/11/2026", False),
        ("No", "02/11/2026", True),
    ],
)
def test_an_enquiry_opens_a_case_until_its_conference(tmp_path, unnecessary, held, expected):
    facts = {"c6": "01/09/2026", "c7": unnecessary, "c8": held}
    assert opens(LIST_5, "List 5", tmp_path, **facts) is expected


@pytest.mark.parametrize(
    ("closed", "expected"), [("", True), ("20/10/2026", False), ("02/11/2026", True)]
)
def test_a_child_in_need_opens_a_case_until_the_closure(tmp_path, closed, expected):
    assert opens(LIST_6, "List 6", tmp_path, c6="01/09/2026", c9=closed) is expected


@pytest.mark.parametrize(
    ("line", "expected"), [(b"C1,,", True), (b"C1,1 May 2026,", False), (b"C1,,1 May 2026", False)]
)
def test_a_plain_row_opens_a_case_while_neither_authorised_nor_closed(tmp_path, line, expected):
    [row] = plain(tmp_path, b"Ref,Date authorised,Closure date\n" + line + b"\n")
    assert rows.opens_case(row, TODAY) is expected


@pytest.mark.parametrize(
    ("status", "expected"),
    [("Open", True), ("", True), ("Closed", False), ("e) Closed episode", False), ("Odd", True)],
)
def test_a_plain_row_whose_status_is_closed_opens_no_case(tmp_path, status, expected):
    [row] = plain(tmp_path, f"Ref,Status\nC1,{status}\n".encode())
    assert rows.opens_case(row, TODAY) is expected
    assert bool(row.unknown) is (status == "Odd")


def test_a_header_repeated_on_each_page_is_no_case(tmp_path):
    first, again, second = plain(tmp_path, b"Case Ref,Team\nC1,Hill\nCase Ref,Team\nC2,Hill\n")
    assert (first.key, second.key) == ("plain:C1", "plain:C2")
    assert (again.line, again.reason) == (3, "Cell A3 repeats the header of its column.")


def test_a_second_list_below_the_first_is_not_read_by_its_columns(tmp_path):
    with pytest.raises(Unreadable, match="Line 3 begins a list with other columns"):
        plain(tmp_path, b"Case Ref,Team,Age\nC1,Hill,4\nCase Ref,Age,Team\nC2,4,Hill\n")
    _, again, _ = plain(tmp_path, b"Case Ref,Team\nC1,Hill\nCase Ref,\nC2,Hill\n")
    assert again.line == 3


def test_a_word_among_references_with_digits_is_no_case(tmp_path):
    listed = b"".join(b"C%d,Marsh\n" % number for number in range(9))
    *kept, area = plain(tmp_path, b"Ref,Team\n" + listed + b"South,12\n")
    assert [row.line for row in kept if isinstance(row, ParsedRow)] == [*range(2, 11)]
    assert area == RefusedRow(
        11,
        "A (Ref)",
        "South is a word where the other references of the list hold digits.",
        (),
        "South",
    )


def test_references_that_are_words_are_read_where_more_than_one_in_ten_is(tmp_path):
    listed = b"".join(b"C%d,Marsh\n" % number for number in range(8))
    found = plain(tmp_path, b"Ref,Team\n" + listed + b"South,Hill\n")
    assert [type(row) for row in found] == [ParsedRow] * 9


def test_words_that_stand_alone_between_rows_are_no_case(tmp_path):
    list_ = b"Case Ref,Team\nC1,\nC 2,Hill\nClosed cases,\nTotal,2\n"
    first, second, heading, total = plain(tmp_path, list_)
    assert (first.key, second.key) == ("plain:C1", "plain:C 2")
    assert (heading.line, "a heading or a note" in heading.reason) == (4, True)
    assert "adds up" in total.reason


class Asked(dict):
    """Facts that note what they are asked for."""

    def get(self, field, default=None):
        self[field] = default
        return default


def test_it_depends_on_no_other_fields_whether_a_row_opens_a_case():
    asked = Asked()
    for layout in Layout:
        rows.opens_case(ParsedRow(2, layout, "", asked), TODAY)
    assert set(asked) == set(rows.ENDING)
