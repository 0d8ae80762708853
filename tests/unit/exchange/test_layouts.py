"""Which list a sheet is, and which of its columns are kept."""

import openpyxl
import pytest

from app.exchange import layouts
from app.exchange.layouts import Field, Layout
from app.exchange.precheck import Unreadable
from app.exchange.readers import read
from tests.workbooks import LIST_4, LIST_6, LISTS, a_csv, an_xls, an_xlsx, list_4_row, put, saved


def recognised(tmp_path, content, name="list.xlsx"):
    with read(put(tmp_path, content), name) as book:
        return layouts.recognise(book)


@pytest.mark.parametrize("make", [an_xlsx, an_xls])
def test_the_four_lists_are_found_among_the_template_and_the_others_left(tmp_path, make):
    title = {name: [[f"{name}: title"], header, ["C1"]] for name, header in LISTS.items()}
    guidance = {"Guidance": [["Read this"]], "List_1": [["List 1: Contacts"], LIST_4[:5]]}
    found = recognised(tmp_path, make({**guidance, **title}))
    assert [one.layout for one in found] == [Layout(name.lower()) for name in LISTS]
    assert all(one.header_line == 2 and one.rows == 1 and not one.problems for one in found)
    assert all(set(one.columns) == set(layouts.KEPT[one.layout]) for one in found)


@pytest.mark.parametrize("tab", ["List 4", "List_4", "List4", "LIST  4 ", "List 4 Assessments"])
def test_a_tab_may_be_written_in_many_ways(tmp_path, tab):
    [found] = recognised(tmp_path, an_xlsx({tab: [LIST_4, list_4_row()]}))
    assert found.layout is Layout.LIST_4


def test_a_list_is_known_by_its_headers_where_the_tab_says_nothing(tmp_path):
    for name, header in LISTS.items():
        [found] = recognised(tmp_path, a_csv([header, ["C1"] * len(header)]), "export.csv")
        assert found.layout is Layout(name.lower())


def test_early_help_on_list_2_is_never_taken_for_assessments(tmp_path):
    header = [*LIST_4[:5], "Assessment start date", "Assessment completion date"]
    assert recognised(tmp_path, an_xlsx({"List 2": [header, ["C1"]]})) == []
    assert recognised(tmp_path, an_xlsx({"Sheet1": [header, ["C1"]]})) == []


def test_headers_vary_in_case_spaces_quotes_and_brackets(tmp_path):
    header = list(LIST_4)
    header[0] = " CHILD  unique\xa0ID "
    header[4] = "Age"
    header[6] = "Continuous assessment start date (DD/MM/YYYY))".replace(" (DD/MM/YYYY))", ")")
    header[9] = "Was the child assessed as requiring LA children's social care support?"
    [found] = recognised(tmp_path, an_xlsx({"List 4": [header, list_4_row()]}))
    assert set(found.columns) == set(layouts.KEPT[Layout.LIST_4])


def test_reordered_columns_are_followed(tmp_path):
    order = [11, 6, 3, 0, 8, 4]
    [found] = recognised(tmp_path, an_xlsx({"List 4": [[LIST_4[at] for at in order], ["x"]]}))
    assert found.columns[Field.REFERENCE] == 3
    assert found.columns[Field.AUTHORISED_ON] == 4
    assert found.column_name(Field.AGE) == "F (Age of Child (Years))"


def test_what_tells_who_a_child_is_is_dropped_and_listed(tmp_path):
    [found] = recognised(tmp_path, an_xlsx({"List_6": [[*LIST_6, "Comments"], ["C1"]]}))
    assert found.dropped == (
        "Gender",
        "Ethnicity",
        "Date of Birth",
        "Does the Child have a Disability",
        "Comments",
    )


def test_a_missing_column_that_decides_is_a_problem(tmp_path):
    header = [name for name in LIST_4 if "Authorisation" not in name]
    [found] = recognised(tmp_path, an_xlsx({"List 4": [header, ["C1"]]}))
    assert found.problems == ("List 4 has no column for authorised on.",)


def test_a_column_that_stands_twice_is_a_problem(tmp_path):
    [found] = recognised(tmp_path, an_xlsx({"List 4": [[*LIST_4, "Child Unique ID"], ["C1"]]}))
    assert found.problems == ("Columns A and M are both headed “Child Unique ID”.",)


def test_headers_may_be_written_in_one_word_or_say_how_to_fill_them_in(tmp_path):
    header = ["CaseRef", "ReferralDate (DD/MM/YYYY)", "Authorised_On", "Is open?", "DOB"]
    header.append("AllocatedSW")
    sheet = read(put(tmp_path, a_csv([header, ["C1", *[""] * 5]])), "list.csv").sheets[0]
    assert layouts.guess(sheet) == {
        Field.REFERENCE: "CaseRef",
        Field.REFERRAL_ON: "ReferralDate (DD/MM/YYYY)",
        Field.AUTHORISED_ON: "Authorised_On",
        Field.AGE: "DOB",
        Field.ALLOCATED_WORKER: "AllocatedSW",
    }
    sheet = read(put(tmp_path, a_csv([["Ref", "DOB", "Age"], ["C1", "", "4"]])), "l.csv").sheets[0]
    assert layouts.guess(sheet)[Field.AGE] == "Age"


def test_two_lines_of_headers_are_read_as_one(tmp_path):
    split = [
        ["Child", "", "Assessment", "", "Allocated", "Last visit"],
        ["Unique ID", "Age", "Start date", "Authorised", "Worker", ""],
        ["C1", "4", "1 May 2026", "", "DUTY", "2 May 2026"],
    ]
    sheet = read(put(tmp_path, a_csv([["Backlog"], *split])), "list.csv").sheets[0]
    names = layouts.headers_of(sheet)
    assert names[:2] == ("Child Unique ID", "Child Age")
    assert names[2:] == (
        "Assessment Start date",
        "Assessment Authorised",
        "Allocated Worker",
        "Last visit",
    )
    found = layouts.mapped(sheet, layouts.guess(sheet))
    assert (found.header_line, found.rows, found.problems) == (3, 1, ())
    assert set(found.columns.values()) == set(range(6))
    below = [name.split(" ", 1) for name in LIST_4]
    lines = [[one[0] for one in below], [one[-1] for one in below], list_4_row()]
    [found] = recognised(tmp_path, an_xlsx({"List 4": lines}))
    assert (found.header_line, found.rows, found.problems) == (2, 1, ())
    assert set(found.columns) == set(layouts.KEPT[Layout.LIST_4])


def test_columns_that_are_called_alike_are_told_apart_by_what_stands_above_or_by_letter(tmp_path):
    def names(*rows):
        return layouts.headers_of(read(put(tmp_path, a_csv(rows)), "list.csv").sheets[0])

    lower, case = ["Case ref", "Date", "Date"], ["C1", "1 May 2026", "2 May 2026"]
    assert names(["", "Enquiry", "Visit"], lower, case)[1:] == ("Enquiry Date", "Visit Date")
    assert names(lower, case)[1:] == ("Date (column B)", "Date (column C)")
    sheet = read(put(tmp_path, a_csv([["Case ref", "Start", "Start"], case])), "l.csv").sheets[0]
    assert layouts.guess(sheet) == {Field.REFERENCE: "Case ref"}
    chosen = {Field.REFERENCE: "Case ref", Field.ASSESSMENT_START_ON: "Start (column C)"}
    assert layouts.mapped(sheet, chosen).columns[Field.ASSESSMENT_START_ON] == 2
    sheet = read(put(tmp_path, a_csv([["ID", "Mosaic ID"], ["1", "C1"]])), "l.csv").sheets[0]
    assert layouts.guess(sheet) == {Field.REFERENCE: "Mosaic ID"}


def test_two_sheets_that_are_the_same_list_are_a_problem_of_both(tmp_path):
    book = openpyxl.Workbook()
    for name in ("List 4", "List 4 (2)"):
        sheet = book.create_sheet(name)
        sheet.append(LIST_4)
        sheet.append(list_4_row())
    sheet.sheet_state = "hidden"
    found = recognised(tmp_path, saved(book))
    problem = "More than one sheet is List 4: “List 4”, “List 4 (2)” (hidden). Keep one."
    assert [one.problems for one in found] == [(problem,), (problem,)]


def test_a_plain_list_is_guessed_and_read_as_mapped(tmp_path):
    header = ["Backlog at 1 November"], ["Case Ref", "Surname", "Start Date", "Social worker", ""]
    content = a_csv([*header, ["C1", "x", "1 May 2026", "Ines Calder", "y"]])
    sheet = read(put(tmp_path, content), "backlog.csv").sheets[0]
    assert layouts.headers_of(sheet)[0] == "Case Ref"
    guessed = layouts.guess(sheet)
    assert guessed == {
        Field.REFERENCE: "Case Ref",
        Field.ASSESSMENT_START_ON: "Start Date",
        Field.ALLOCATED_WORKER: "Social worker",
    }
    found = layouts.mapped(sheet, guessed)
    assert (found.rows, found.header_line, found.problems) == (1, 2, ())
    assert found.dropped == ("Surname",)
    [caution] = layouts.cautions(found)
    assert "every row counts as work that goes on" in caution
    told = layouts.mapped(sheet, {**guessed, Field.CLOSED_ON: "Surname"})
    assert layouts.cautions(told) == ()


def test_a_list_may_stand_below_many_lines_about_its_report(tmp_path):
    about = [[f"Parameter {number}", "x"] for number in range(12)]
    sheet = [*about, ["As at", "x", "y"], LIST_4, list_4_row()]
    [found] = recognised(tmp_path, an_xlsx({"Report": sheet}))
    assert (found.layout, found.header_line, found.rows) == (Layout.LIST_4, 14, 1)


def test_a_list_without_headers_is_doubted(tmp_path):
    def doubted(*rows):
        return layouts.doubts(read(put(tmp_path, a_csv(rows)), "list.csv").sheets[0])

    assert doubted(["Ref", "Day 1", "2nd"], ["1001", "01/09/2026", "Hill"]) == ()
    titles = [[f"Parameter {number}", ""] for number in range(21)]
    [sentence] = doubted(*titles, ["Ref", "Day 1"], ["1001", "01/09/2026"])
    assert "holds one cell alone" in sentence
    [sentence] = doubted(["1001", "01/09/2026", "Hill"], ["1002", "02/09/2026", "Hill"])
    assert sentence.startswith("Line 1 is taken for the headers, and it holds “1001” and “01/09/")


def test_a_mapping_that_no_longer_fits_names_what_is_missing(tmp_path):
    sheet = read(put(tmp_path, a_csv([["Ref", "Team"], ["C1", "x"]])), "list.csv").sheets[0]
    assert layouts.mapped(sheet, {Field.DISTRICT: "Area"}).problems == (
        "The list has no column for reference.",
        "The list has no column for district.",
    )
    twice = {Field.REFERENCE: "Ref", Field.FAMILY_KEY: "Ref"}
    assert layouts.mapped(sheet, twice).problems == ("Column A is chosen twice.",)


def test_a_council_s_own_sheet_can_be_mapped_onto_an_annex_a_list(tmp_path):
    header = ["Person", "Started", "Signed off"]
    sheet = read(put(tmp_path, a_csv([header, ["C1", "1 May 2026", ""]])), "l.csv").sheets[0]
    columns = (Field.REFERENCE, Field.ASSESSMENT_START_ON, Field.AUTHORISED_ON)
    found = layouts.mapped(sheet, dict(zip(columns, header, strict=True)), Layout.LIST_4)
    assert (found.layout, found.problems) == (Layout.LIST_4, ())


def test_lists_without_rows_and_lists_over_the_cap_are_refused(tmp_path):
    empty = recognised(tmp_path, an_xlsx({"List 4": [["Title"], LIST_4]}))
    with pytest.raises(Unreadable, match="headers but no rows"):
        layouts.check_length(empty, 150_000)
    full = recognised(tmp_path, an_xlsx({"List 4": [LIST_4, *[list_4_row()] * 3]}))
    layouts.check_length(full, 3)
    with pytest.raises(Unreadable, match="The file has 3 rows; at most 2"):
        layouts.check_length(full, 2)


def test_a_cap_counts_rows_and_not_headers(tmp_path):
    rows = ["Ref\n", *["C1\n"] * 150_000]
    book = read(put(tmp_path, "".join(rows).encode()), "list.csv")
    found = layouts.mapped(book.sheets[0], {Field.REFERENCE: "Ref"})
    layouts.check_length([found], 150_000)
    book = read(put(tmp_path, "".join([*rows, "C2\n"]).encode()), "list.csv")
    found = layouts.mapped(book.sheets[0], {Field.REFERENCE: "Ref"})
    with pytest.raises(Unreadable, match="150,001 rows; at most 150,000"):
        layouts.check_length([found], 150_000)
