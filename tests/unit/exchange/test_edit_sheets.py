"""The rules of edit sheets."""

import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import load_workbook

from app.cases.corrections.rules import AGE_BANDS, PRIMARY_NEEDS, Facts
from app.exchange.editsheets.rules import (
    COLUMNS,
    Issued,
    Standing,
    match,
    places,
    read,
    read_row,
    standing,
    written,
)
from app.exchange.protected import protected_xlsx
from app.exchange.readers import Row

WRITING = st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"]), max_size=40)
FACTS = st.builds(
    Facts,
    referred_on=st.dates(date(1990, 1, 1), date(2026, 11, 20)),
    age_band=st.sampled_from(["", "5-9 years", *AGE_BANDS]),
    primary_need=st.sampled_from(["", *PRIMARY_NEEDS]),
    family_key=WRITING | st.sampled_from(["007", "1e5", "=1+1", "'=1", "n/a", "TRUE"]),
    source_team=WRITING,
)


@pytest.mark.parametrize(
    ("applied", "problem", "now", "expected"),
    [
        (True, "x", 9, Standing.APPLIED),
        (False, "x", 1, Standing.REFUSED),
        (False, "", 1, Standing.READY),
        (False, "", 2, Standing.CONFLICT),
    ],
)
def test_a_row_stands_in_one_way(applied: bool, problem: str, now: int, expected: Standing) -> None:
    assert standing(applied=applied, problem=problem, given=1, now=now) is expected
    assert expected.label


@given(st.dates(date(1990, 1, 1)), st.text(max_size=20), st.text(max_size=20))
def test_facts_are_kept_as_they_were(referred_on: date, family: str, team: str) -> None:
    facts = Facts(referred_on=referred_on, family_key=family, source_team=team)
    assert read(written(facts)) == facts


def test_no_hint_or_list_is_longer_than_excel_takes() -> None:
    for column in COLUMNS:
        assert len(column.hint) <= 255
        assert len(",".join(column.choices)) <= 255


@given(st.lists(FACTS, min_size=1, max_size=5))
def test_a_sheet_that_nobody_touched_comes_back_without_a_difference(facts: list[Facts]) -> None:
    issued = {at: Issued(at, 3, f"00{at}", one) for at, one in enumerate(facts, start=1)}
    rows = [
        (one.case_id, one.version, one.reference, *vars(one.facts).values())
        for one in issued.values()
    ]
    book = io.BytesIO(protected_xlsx("Edit sheet 1", COLUMNS, rows))
    cells = load_workbook(book).get_sheet_by_index(0).to_python()
    header, *lines = [Row(at, tuple(row)) for at, row in enumerate(cells, start=1)]
    where = places(header)
    for row, one in zip(match(lines, where, issued), issued.values(), strict=True):
        back = read_row(row, where, one, date(2026, 11, 20))
        assert (back.facts, back.problem) == (one.facts, "")


@pytest.mark.parametrize("typed", ["5-9", "5–9", " 5-9 "])
def test_a_choice_may_be_typed_as_a_keyboard_has_it(typed: str) -> None:
    before = Facts(referred_on=date(2026, 9, 1), age_band="Unborn", primary_need="N1")
    where = places(Row(1, tuple(column.title for column in COLUMNS)))
    row = Row(2, (1, 3, "C1", date(2026, 9, 1), typed, "n2", "", ""))
    back = read_row(row, where, Issued(1, 3, "C1", before), date(2026, 11, 20))
    assert back.facts is not None, back.problem
    assert (back.facts.age_band, back.facts.primary_need) == ("5–9", "N2")
