"""What a case's own facts show to be wrong."""

from datetime import date

import pytest

from app.cases.findings.rules import (
    CaseFacts,
    Kind,
    Mender,
    Source,
    changed_by_excel,
    kinds_of,
    of_case,
    padded_length,
)
from app.cases.states import CaseState

DAY = date(2026, 11, 2)


def facts(
    reference="C1",
    state=CaseState.ALLOCATED,
    referred=DAY,
    started: date | None = DAY,
    age_band="5–9",
):
    return CaseFacts(reference, state, referred, DAY, started, age_band)


def test_a_sound_case_has_nothing_to_mend():
    assert of_case(facts()) == {}


def test_a_referral_after_the_day_of_its_list_is_found():
    found = of_case(facts(referred=date(2026, 11, 3)))
    assert found == {Kind.REFERRED_AFTER_LIST: "Referred on 3 Nov 2026; the list is of 2 Nov 2026."}


def test_a_case_without_an_age_is_found():
    assert set(of_case(facts(age_band=""))) == {Kind.NO_AGE}


def test_an_assessment_under_way_without_a_clock_is_found():
    assert set(of_case(facts(state=CaseState.ASSESSING, started=None))) == {Kind.NO_CLOCK}
    assert of_case(facts(state=CaseState.UNALLOCATED, started=None)) == {}


def test_a_case_that_has_ended_has_nothing_to_mend():
    assert of_case(facts("3-Mar", CaseState.CLOSED, date(2027, 1, 1), None)) == {}


@pytest.mark.parametrize(
    "reference",
    ["3-Mar", "Mar-21", "03/04/2026", "2026-04-03", "123456789012345000", "12.5", "1,234,567"],
)
def test_what_excel_makes_of_a_reference_is_found(reference):
    assert changed_by_excel(reference).startswith(reference)
    assert set(of_case(facts(reference))) == {Kind.REFERENCE_CHANGED}


@pytest.mark.parametrize(
    "reference", ["00123", "C12.5", "MAR21", "3-Marsh", "123456789012345", "12,34"]
)
def test_other_references_are_left_alone(reference):
    assert changed_by_excel(reference) == ""


@pytest.mark.parametrize(
    ("references", "length"),
    [
        (["00123", "00456", "12345"], 5),
        (["12345", "45678"], None),
        (["C1", "C2"], None),
        ([], None),
        (["00123", "45", "678"], None),
        (["00123"] * 9 + ["45"], 5),
    ],
)
def test_lost_zeros_show_where_nearly_all_references_have_one_length(references, length):
    assert padded_length(references) == length


def test_every_kind_belongs_to_one_source_and_says_who_mends_it():
    assert sorted(kind for source in Source for kind in kinds_of(source)) == sorted(Kind)
    assert {kind.mender.label for kind in Kind} == {mender.label for mender in Mender}
