"""Which corrections are taken and which are refused."""

from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from app.cases.corrections.rules import EARLIEST, Fact, Facts, check, differences, in_words
from app.exchange.cells import AgeBand
from app.kernel.errors import Invalid

RECEIVED = date(2026, 11, 2)
FACTS = Facts(referred_on=date(2026, 9, 1), age_band="5–9")


def test_the_ages_are_those_that_lists_are_read_into() -> None:
    assert set(Fact.AGE_BAND.choices) == set(AgeBand)


def test_only_what_differs_is_a_correction() -> None:
    after = Facts(referred_on=date(2026, 9, 1), age_band="10–15", family_key="F1")
    assert differences(FACTS, after) == {Fact.AGE_BAND: "10–15", Fact.FAMILY_KEY: "F1"}
    assert differences(FACTS, FACTS) == {}


def test_facts_are_those_of_a_case_with_nothing_known_as_empty() -> None:
    case = SimpleNamespace(
        referred_on=date(2026, 9, 1),
        age_band="5–9",
        primary_need="",
        family_key=None,
        source_team="",
    )
    assert Facts.of(case) == FACTS


def test_facts_are_told_in_words() -> None:
    assert FACTS.words["Referred on"] == "1 Sep 2026"
    assert FACTS.words["Family key"] == in_words("") == "–"


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        (Fact.AGE_BAND, "17"),
        (Fact.PRIMARY_NEED, "N12"),
        (Fact.FAMILY_KEY, "F" * 41),
        (Fact.SOURCE_TEAM, "T" * 81),
        (Fact.REFERRED_ON, RECEIVED + timedelta(days=1)),
        (Fact.REFERRED_ON, EARLIEST - timedelta(days=1)),
    ],
)
def test_what_cannot_be_true_is_refused_with_its_fact(fact: Fact, value: object) -> None:
    with pytest.raises(Invalid) as refusal:
        check({fact: value}, RECEIVED)
    assert refusal.value.field == fact


@pytest.mark.parametrize(
    ("fact", "value"),
    [
        (Fact.AGE_BAND, "16+"),
        (Fact.AGE_BAND, ""),
        (Fact.PRIMARY_NEED, "N9"),
        (Fact.FAMILY_KEY, "F" * 40),
        (Fact.REFERRED_ON, RECEIVED),
        (Fact.REFERRED_ON, EARLIEST),
    ],
)
def test_the_last_value_that_can_be_true_is_taken(fact: Fact, value: object) -> None:
    check({fact: value}, RECEIVED)
