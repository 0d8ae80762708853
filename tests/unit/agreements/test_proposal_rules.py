"""Who may decide a proposal, and what a decision must say."""

import pytest

from app.access.roles import Organisation
from app.agreements.proposals.rules import (
    Decision,
    Party,
    check_parties,
    check_points,
    differences,
)
from app.kernel.errors import Invalid, Refused

AGENCY, COUNCIL = Organisation.AGENCY, Organisation.COUNCIL


def test_somebody_of_the_other_organisation_decides() -> None:
    check_parties(Party(1, AGENCY), Party(2, COUNCIL))


@pytest.mark.parametrize(
    ("proposer", "decider", "words"),
    [
        (Party(1, AGENCY), Party(1, COUNCIL), "cannot also decide"),
        (Party(1, AGENCY), Party(None, COUNCIL), "cannot also decide"),
        (Party(None, AGENCY), Party(None, None), "cannot also decide"),
        (Party(1, AGENCY), Party(2, AGENCY), "other organisation"),
        (Party(1, AGENCY), Party(2, None), "other organisation"),
    ],
)
def test_nobody_decides_for_the_side_they_are_on(
    proposer: Party, decider: Party, words: str
) -> None:
    with pytest.raises(Refused, match=words):
        check_parties(proposer, decider)


def test_only_an_agreement_needs_no_words() -> None:
    check_points(Decision.AGREED, "")
    check_points(Decision.RETURNED, "A date")
    check_points(Decision.REFUSED, "No")
    for decision in (Decision.RETURNED, Decision.REFUSED):
        with pytest.raises(Invalid) as fault:
            check_points(decision, "")
        assert fault.value.field == "points"


def test_differences_name_what_came_went_and_changed() -> None:
    before = {"Outcome": "Close", "Conditions": "None", "Rationale": "Same"}
    now = {"Outcome": "Child in need plan", "Receiving team": "North", "Rationale": "Same"}
    assert differences(before, now) == [
        ("Outcome", "Close", "Child in need plan"),
        ("Receiving team", "", "North"),
        ("Conditions", "None", ""),
    ]
    assert differences(now, now) == []
