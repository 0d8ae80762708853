"""The forms in which one reference may be written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.listing.rules import beyond, other_forms


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1001.0", "1001"),
        ("1001", "0001001"),
        ("0001001", "1001"),
        ("10 01", "1001"),
        ("ab12", "AB12"),
        ("AB 12", "ab12"),
        ("001001.00", "1001"),
        ("1001", "1001.0"),
    ],
)
def test_a_reference_is_known_by_its_other_forms(typed: str, kept: str) -> None:
    assert kept in other_forms(typed)


@given(st.text(max_size=40))
def test_the_typed_form_is_not_among_the_others_and_each_stands_once(typed: str) -> None:
    forms = other_forms(typed)
    assert typed not in forms
    assert "" not in forms
    assert len(set(forms)) == len(forms) < 25


@pytest.mark.parametrize("typed", ["", "000", " ", ".0"])
def test_nothing_but_zeros_has_no_padded_forms(typed: str) -> None:
    assert len(other_forms(typed)) <= 2


@given(
    st.text("0123456789ABCXYZabcxyz-", min_size=1, max_size=8),
    st.text("0123456789ABCXYZabcxyz-", max_size=8),
)
def test_what_lies_beyond_a_beginning_comes_after_all_that_begin_so(start: str, rest: str) -> None:
    after = beyond(start)
    assert after is None or start + rest < after


@pytest.mark.parametrize(
    ("beginning", "after"),
    [
        ("12", "13"),
        ("19", "1A"),
        ("Ab", "Ac"),
        ("AZ", None),
        ("az", None),
        ("a-", None),
        ("é", None),
    ],
)
def test_the_end_of_a_beginning_is_known_only_where_every_order_agrees(
    beginning: str, after: str | None
) -> None:
    assert beyond(beginning) == after


def test_no_beginning_has_no_end() -> None:
    assert beyond("") is None
