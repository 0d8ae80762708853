"""What single cells of a council's list mean."""

from datetime import date, datetime, time, timedelta

import pytest

from app.exchange import cells
from app.exchange.cells import (
    MEANINGS,
    AgeBand,
    Answer,
    CouncilStatus,
    UnknownSpelling,
    Worker,
    counts_as,
    place_of,
    worker,
)
from app.exchange.cells.codes import _TABLES
from app.exchange.layouts import Field

TODAY = date(2026, 11, 20)


def day(cell, *, date1904=False):
    return cells.day(cell, today=TODAY, date1904=date1904)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ("C1001", "C1001"),
        ("00123", "00123"),
        ('="00123"', "00123"),
        ("'00123", "00123"),
        ('=A1&"x"', '=A1&"x"'),
        (1001.0, "1001"),
        (1001, "1001"),
        ("1001.0", "1001"),
        ("\xa0C 7 ", "C 7"),
        (True, "TRUE"),
        ("1E5", "1E5"),
        ("e\u0301", "\xe9"),
        (999_999_999_999_999.0, "999999999999999"),
    ],
)
def test_a_reference_is_text_as_shown(cell, text):
    assert cells.reference(cell) == text


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("", "is empty"),
        ("  \xa0", "is empty"),
        ('=""', "is empty"),
        ("NULL", "is empty"),
        ("1.23E+15", "Excel changed this reference"),
        (1.23e15, "Excel changed this reference"),
        (date(2026, 3, 2), "Excel changed this reference"),
        ("x" * 41, "has 41 characters"),
        ("Ann Example", "^holds words and no number: a heading or a note, or a name"),
        ("943 476 5919", "^holds an NHS number, which is no reference of a case.$"),
        ("Grand Total", "adds up"),
        ("C\x0b1", "cannot be seen"),
        ("C\u202e1", "cannot be seen"),
    ],
)
def test_a_reference_that_cannot_be_trusted_is_refused(cell, reason):
    with pytest.raises(ValueError, match=reason):
        cells.reference(cell)


@pytest.mark.parametrize(
    "cell",
    [
        date(2026, 3, 2),
        datetime(2026, 3, 2, 10, 30),  # noqa: DTZ001 - a workbook's times have no zone
        "02/03/2026",
        "2/3/2026",
        "2026-03-02",
        "2026-03-02T00:00:00",
        "02/03/2026 00:00",
        "2 Mar 2026",
        "2\xa0March 2026",
        "02/03/26",
        "2.3.26",
        "02-Mar-26",
        "2nd March 2026",
        "Mon 2 Mar 2026",
        "Monday, 2nd March 2026",
        "Mar 2, 2026",
        "2026/03/02",
        "20260302",
        "2/Mar/26",
        "02MAR2026",
        "02-MAR-26 12.00.00.000000 AM",
        "Mon 2.3.26",
        "46083",
        "46083.75",
        "2026-03-02T00:00:00.000+00:00",
        46083,
        46083.0,
    ],
)
def test_a_date_may_be_written_in_many_ways_and_the_day_comes_first(cell):
    assert day(cell) == date(2026, 3, 2)


def test_an_instant_is_the_day_that_london_has_then():
    assert day("2026-05-31T23:00:00.000Z") == day("2026-06-01T00:00:00+01:00") == date(2026, 6, 1)


def test_a_year_of_two_digits_is_the_one_that_a_list_may_name():
    assert (day("01/02/98"), day("01/02/05")) == (date(1998, 2, 1), date(2005, 2, 1))


def test_a_serial_number_counts_from_1904_where_the_workbook_says_so():
    assert day(44621, date1904=True) == date(2026, 3, 2)


@pytest.mark.parametrize(
    "cell",
    [
        *("", " ", "N/A", "#N/A", "NULL", "1900-01-01", "1900-01-01T00:00:00", date(1900, 1, 1)),
        *("31/12/9999", "9999-12-31 00:00:00", date(9999, 12, 31)),
    ],
)
def test_what_systems_write_for_no_date_is_none(cell):
    assert day(cell) is None


def test_a_day_that_has_not_come_may_be_told_in_words():
    def told(field, cell):
        return cells.day(cell, today=TODAY, date1904=False, not_yet=cells.NOT_YET.get(field, ()))

    assert told(Field.LAST_SEEN_ON, "Not seen.") is told(Field.AUTHORISED_ON, "In progress") is None
    assert told(Field.CLOSED_ON, "02/03/2026") == date(2026, 3, 2)
    for field, cell in ((Field.CLOSED_ON, "unknown"), (Field.REFERRAL_ON, "open")):
        with pytest.raises(ValueError, match="Write the date"):
            told(field, cell)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("31/02/2026", "February 2026 has 28 days"),
        ("05/13/2026", "no month 13.* its other dates are misread"),
        ("12345", "before 1990"),
        ("29/02/1900", "February 1900 has 28 days"),
        (60, "29 February 1900, a day that never was"),
        (59, "before 1990"),
        ("31/12/1989", "before 1990"),
        ("22/11/2027", "more than a year ahead"),
        ("May be 8 Jan 2000", "Write the date"),
        ("1 2 26", "four digits"),
        ("26-03-02", "four digits"),
        ("03/02/89", "more than a year ahead"),
        ("2026-03-02T25:00:00Z", "Write the date"),
        ("Mar 2026", "Write the date"),
        (20260302, "not a date"),
        (True, "is not a date"),
        (time(0, 0), "is not a date"),
        (timedelta(1), "is not a date"),
    ],
)
def test_an_impossible_date_is_refused(cell, reason):
    with pytest.raises(ValueError, match=reason):
        day(cell)


@pytest.mark.parametrize("cell", ["a) Yes", "a. Yes", "YES", "y", True, 1, 1.0, "Seen alone"])
def test_yes_has_many_spellings(cell):
    assert cells.coded(Field.CHILD_SEEN, cell, {}) == Answer.YES


@pytest.mark.parametrize(
    ("cell", "meaning"),
    [("b) No", Answer.NO), (False, Answer.NO), ("c) Unknown", Answer.UNKNOWN), ("#N/A", None)],
)
def test_no_unknown_and_nothing_are_three_things(cell, meaning):
    assert cells.coded(Field.CHILD_SEEN, cell, {}) == meaning


def test_an_answer_that_is_none_is_refused():
    with pytest.raises(ValueError, match="says “Updated”, which is neither yes"):
        cells.coded(Field.CHILD_SEEN, "Updated", {})


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("N1 - Abuse or neglect", "N1"),
        ("a) n4", "N4"),
        ("N0", "N0"),
        ("", None),
        ("Parental illness or disability [N3]", "N3"),
        ("N1SF : Violence at home", "N1"),
        ("d) Family in acute stress", "N4"),
        ("Low income: debts", "N7"),
        ("Child’s disability", "N2"),
    ],
)
def test_a_primary_need_is_known_by_its_code(cell, code):
    assert cells.coded(Field.PRIMARY_NEED, cell, {}) == code


@pytest.mark.parametrize("cell", ["PSRMEM - Support with memory", "N10", "No"])
def test_other_codes_are_no_primary_need(cell):
    with pytest.raises(ValueError, match="no primary need code"):
        cells.coded(Field.PRIMARY_NEED, cell, {})


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("RC9 - Early help", "RC9"),
        ("h) RC8", "RC8"),
        ("rc7", "RC7"),
        ("-", None),
        ("Death (CIN RC2)", "RC2"),
        ("Case closed after assessment, no further action", "RC8"),
        ("Case closed after assessment, referred to early help", "RC9"),
        ("Transferred to adult services", "RC6"),
    ],
)
def test_a_closure_reason_keeps_its_own_code(cell, code):
    assert cells.coded(Field.CLOSURE_REASON, cell, {}) == code


@pytest.mark.parametrize("cell", ["RC0", "RC5a", "RC10", "Opened in error"])
def test_other_codes_are_no_closure_reason(cell):
    with pytest.raises(ValueError, match="no reason for closure"):
        cells.coded(Field.CLOSURE_REASON, cell, {})


@pytest.mark.parametrize(
    "cell", ["d) Open assessment", "Open Assessment", "d", "Open – awaiting allocation", "New"]
)
def test_a_case_status_is_known_by_letter_or_words(cell):
    assert cells.coded(Field.CASE_STATUS, cell, {}) == CouncilStatus.OPEN_ASSESSMENT


@pytest.mark.parametrize("cell", ["Closed – NFA", "Authorised", "e) Closed episode", "Finalised"])
def test_work_that_a_status_calls_ended_is_closed(cell):
    assert cells.coded(Field.CASE_STATUS, cell, {}) == CouncilStatus.CLOSED


def test_an_unknown_case_status_is_refused_and_an_empty_one_is_none():
    assert cells.coded(Field.CASE_STATUS, "", {}) is None
    with pytest.raises(ValueError, match="no case status"):
        cells.coded(Field.CASE_STATUS, "On holiday", {})


@pytest.mark.parametrize(
    ("cell", "band"),
    [
        ("-1", AgeBand.UNBORN),
        (-1.0, AgeBand.UNBORN),
        ("Unborn", AgeBand.UNBORN),
        (0.84, AgeBand.UNDER_1),
        (1, AgeBand.FROM_1),
        (4.99, AgeBand.FROM_1),
        (5, AgeBand.FROM_5),
        ("10", AgeBand.FROM_10),
        (15.9, AgeBand.FROM_10),
        (16, AgeBand.FROM_16),
        (21.2, AgeBand.FROM_16),
        ("5y 3m", AgeBand.FROM_5),
        ("16 Years", AgeBand.FROM_16),
        ("18 months", AgeBand.FROM_1),
        ("3 wks", AgeBand.UNDER_1),
        ("21/11/2021", AgeBand.FROM_1),
        ("20/11/2021", AgeBand.FROM_5),
        (date(2010, 11, 20), AgeBand.FROM_16),
        ("44521", AgeBand.FROM_1),
        ("2 Feb 2027", AgeBand.UNBORN),
        ("1-4", AgeBand.FROM_1),
        ("", None),
    ],
)
def test_an_age_becomes_a_band(cell, band):
    assert cells.age_band(cell, today=TODAY, date1904=False) is band


@pytest.mark.parametrize(
    "cell", ["about 5", -2, 121, "nan9", "inf", "5x", "200 years", "31/02/2020", 1999]
)
def test_what_is_no_age_is_refused(cell):
    with pytest.raises(ValueError, match="not an age in years"):
        cells.age_band(cell, today=TODAY, date1904=False)


def test_words_lose_odd_spaces_and_have_an_end():
    assert cells.words("Ines\xa0 Calder ") == "Ines Calder"
    assert cells.words("#N/A") is None
    with pytest.raises(ValueError, match="has 201 characters"):
        cells.words("x" * 201)
    with pytest.raises(ValueError, match="cannot be seen"):
        cells.words("a\u200bb")


def test_what_says_that_no_family_is_known_makes_none() -> None:
    assert [cells.family_key(one) for one in ("F7", 12.0, "007")] == ["F7", "12", "007"]
    assert [cells.family_key(one) for one in ("Unknown", 0, "0000", "N/A", "")] == [None] * 5


def test_a_number_or_a_day_in_a_text_column_is_text_as_shown():
    assert cells.words(12.0) == "12"
    assert cells.words(1.5) == "1.5"
    assert cells.words(date(2026, 3, 2)) == "2 Mar 2026"


@pytest.mark.parametrize("cell", [None, "#REF!", "#div/0!"])
def test_a_cell_without_a_value_is_refused(cell):
    with pytest.raises(ValueError, match=r"formula without a value|the error"):
        cells.check_whole(cell)


@pytest.mark.parametrize(
    "name",
    [
        "Ines Calder",
        "Calder, Ines",
        "O’Neil",
        "Siân Hâf",
        "Jo Li Poole",
        "Ines Calder (agency)",
        "Dawn Senior",
        "Student: O’Neil",
    ],
)
def test_a_persons_name_is_a_named_worker(name):
    assert cells.is_named_worker(name)


@pytest.mark.parametrize(
    "name",
    [
        "",
        "DUTY",
        "Duty Worker",
        "Marsh Team",
        "TM: K Hill",
        "Ines Calder (left)",
        "Team Manager",
        "In tray",
        "Unallocated",
        "TBC",
        "#N/A",
        "n/a",
        "AW",
        "A.W.",
        "Locality 4",
        "Worker 12",
        "MASH",
        "Nobody",
        "Intake Pool",
        "AGENCY",
        "Agency SW",
        "Locum",
        "Senior Practitioner",
    ],
)
def test_a_place_where_work_waits_is_no_named_worker(name):
    assert not cells.is_named_worker(name)


def test_the_name_in_a_worker_column_is_never_kept():
    assert cells.worker("Ines Calder", {}) == Worker.NAMED
    assert cells.worker("DUTY", {}) == Worker.NOBODY
    assert cells.worker("N/A", {}) is None


def test_what_a_contract_said_of_a_spelling_goes_before_our_table():
    said = {
        (Field.ALLOCATED_WORKER, "marsh east"): "nobody",
        (Field.ALLOCATED_WORKER, "team ines calder"): "named",
        (Field.CHILD_SEEN, "cs assessment updated"): "yes",
        (Field.CLOSURE_REASON, "opened in error"): "",
    }
    assert cells.worker("Marsh East", said) == Worker.NOBODY
    assert cells.worker("Team: Ines Calder", said) == Worker.NAMED
    assert cells.coded(Field.CHILD_SEEN, "CS Assessment  updated", said) == "yes"
    assert cells.coded(Field.CLOSURE_REASON, "Opened in error!", said) is None


def test_an_unknown_spelling_tells_its_field_and_its_text():
    with pytest.raises(UnknownSpelling) as caught:
        cells.coded(Field.CHILD_SEEN, "CS Assessment Updated", {})
    assert (caught.value.field, caught.value.text) == (Field.CHILD_SEEN, "CS Assessment Updated")


@pytest.mark.parametrize(
    ("cell", "meaning"),
    [
        ("C&F", "child_and_family_assessment"),
        ("Initial Assessment", "initial_assessment"),
        ("Core assessment (re-opened)", "core_assessment"),
        ("Single", "child_and_family_assessment"),
    ],
)
def test_an_assessment_type_has_many_spellings(cell, meaning):
    assert cells.coded(Field.ASSESSMENT_TYPE, cell, {}) == meaning


@pytest.mark.parametrize(("cell", "meaning"), [("NFA", "yes"), ("FA", "no"), ("a) Yes", "yes")])
def test_no_further_action_is_told_by_its_own_words(cell, meaning):
    assert cells.coded(Field.REFERRAL_NFA, cell, {}) == meaning


@pytest.mark.parametrize("field", [field for field in MEANINGS if field in _TABLES])
def test_our_table_gives_nothing_but_known_meanings(field):
    assert set(_TABLES[field].values()) <= set(MEANINGS[field])
    assert all(words == cells.fold(words) for words in _TABLES[field])


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Duty team", "duty"),
        ("Team manager", "manager"),
        ("Marsh locality", "team"),
        ("Allocation tray", "tray"),
        ("Duty social worker", "duty"),
        ("Duty, unallocated", ""),
        ("Jo Lane", ""),
    ],
)
def test_what_stands_where_a_name_should_is_known_by_its_words(text: str, place: str) -> None:
    assert place_of(text) == place


def test_a_place_counts_as_a_worker_only_where_the_contract_says_so() -> None:
    said = {(Field.ALLOCATED_WORKER, counts_as("duty")): Worker.NAMED}
    assert worker("Duty team", {}) is Worker.NOBODY
    assert worker("Duty team", said) is Worker.NAMED
    assert worker("Marsh team", said) is Worker.NOBODY
    spelled = said | {(Field.ALLOCATED_WORKER, "duty team"): Worker.NOBODY}
    assert worker("Duty team", spelled) is Worker.NOBODY
