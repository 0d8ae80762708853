"""The rules of edit sheets."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.corrections.rules import Facts
from app.exchange.editsheets.rules import COLUMNS, Standing, read, standing, written


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
