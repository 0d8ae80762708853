"""Which cases look like one child or one family."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.cases.families.rules import Decision, Likeness, Listed, core, pairs, shared_key


def listed(case_id, reference, family_key=None, age_band="", *, is_open=True):
    return Listed(case_id, reference, family_key, age_band, is_open)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("00123", "123"),
        ("1001.0", "1001"),
        ("C 0123", "c123"),
        ("AB-12/3", "ab123"),
        (" 123\u00a0", "123"),
    ],
)
def test_a_reference_in_two_forms_has_one_core(one, other):
    assert core(one) == core(other) != ""


@pytest.mark.parametrize(
    ("one", "other"), [("123", "1230"), ("C12", "D12"), ("100", "1"), ("", "0")]
)
def test_other_references_have_other_cores(one, other):
    assert core(one) != core(other)


def test_one_reference_in_two_forms_is_a_pair_while_one_of_them_is_open():
    ended = listed(1, "00123", is_open=False)
    assert pairs([ended, listed(2, "123")]) == {(1, 2): Likeness.REFERENCE}
    assert pairs([ended, listed(2, "123", is_open=False)]) == {}


def test_references_without_a_letter_or_digit_are_no_pair():
    assert pairs([listed(1, "--"), listed(2, "!!")]) == {}


def test_many_forms_of_one_reference_make_a_row_of_questions_and_no_square():
    forms = [listed(n, "0" * n + "7") for n in range(1, 6)]
    assert list(pairs(forms)) == [(1, 2), (1, 3), (1, 4), (1, 5)]


def test_brothers_and_sisters_are_no_question():
    assert pairs([listed(1, "A1", "F1", "5–9"), listed(2, "A2", "F1", "5–9")]) == {}


def test_an_unborn_child_and_a_baby_of_one_family_are_a_question():
    family = [listed(1, "A1", "F1", "Unborn"), listed(2, "A2", "F1", "Under 1")]
    assert pairs(family) == {(1, 2): Likeness.UNDER_ONE}


def test_each_way_in_which_a_family_key_is_written_is_one_question():
    family = [listed(1, "A1", "F-01"), listed(2, "A2", "f1"), listed(3, "A3", "f1")]
    assert pairs(family) == {(1, 2): Likeness.FAMILY_KEY}
    assert pairs([listed(1, "A1", "-"), listed(2, "A2", "!")]) == {}


@given(
    st.lists(
        st.tuples(
            st.text("0a1-. ", max_size=5),
            st.sampled_from([None, "F1", "f 1", "f01"]),
            st.sampled_from(["", "Unborn", "Under 1", "5–9"]),
            st.booleans(),
        ),
        max_size=12,
    )
)
def test_a_pair_is_two_cases_one_of_them_open_in_the_order_in_which_they_came(rows):
    cases = [listed(n, *row[:3], is_open=row[3]) for n, row in enumerate(rows, start=1)]
    is_open = {case.case_id: case.is_open for case in cases}
    found = pairs(reversed(cases))
    assert all(first < second for first, second in found)
    assert all(is_open[first] or is_open[second] for first, second in found)
    assert found == pairs(cases)


def test_one_family_takes_the_first_key_that_there_is_or_a_new_one():
    assert shared_key(listed(1, "A1", "F1"), listed(2, "A2", "F2")) == "F1"
    assert shared_key(listed(1, "A1"), listed(2, "A2", "F2")) == "F2"
    assert shared_key(listed(1, "A" * 40), listed(2, "A2")) == "F-" + "A" * 38


def test_a_decision_says_which_case_stays():
    assert Decision.SECOND_STAYS.words("A1", "A2").startswith("One child: A2 stays, A1")
    assert [one for one in Decision if one.is_one_child] == [
        Decision.FIRST_STAYS,
        Decision.SECOND_STAYS,
    ]
