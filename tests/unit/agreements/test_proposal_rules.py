"""Who may decide a proposal, and what a decision must say."""

from datetime import UTC, datetime, timedelta

import pytest

from app.access.roles import Organisation
from app.agreements.conditions.rules import Wanted
from app.agreements.proposals.rules import (
    Answer,
    Decision,
    Party,
    check_conditions,
    check_parties,
    check_points,
    check_undo,
    differences,
    word_changes,
)
from app.kernel.acts import Act
from app.kernel.errors import Invalid, Refused
from app.plans.rules import Route

NOW = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)

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
        ("Outcome", [("gone", "Close"), ("new", "Child in need plan")]),
        ("Receiving team", [("new", "North")]),
        ("Conditions", [("gone", "None")]),
    ]
    assert differences(now, now) == []


def test_a_text_is_told_word_by_word() -> None:
    assert word_changes("Visit the school weekly", "Visit the school twice a month") == [
        ("same", "Visit the school"),
        ("gone", "weekly"),
        ("new", "twice a month"),
    ]
    assert word_changes("", "") == []


def test_an_answer_belongs_to_one_act() -> None:
    wanted = Wanted(("Ring the school",), NOW.date(), 1)
    assert Answer(Decision.AGREED).act is Act.PROPOSAL_AGREE
    assert Answer(Decision.AGREED, conditions=wanted).act is Act.PROPOSAL_CONDITION
    assert Answer(Decision.RETURNED).act is Act.PROPOSAL_RETURN
    assert Answer(Decision.REFUSED).act is Act.PROPOSAL_REFUSE


def test_a_hand_back_takes_no_conditions() -> None:
    wanted = Wanted(("Ring the school",), NOW.date(), 1)
    check_conditions(Route.HANDOVER, wanted)
    check_conditions(Route.HAND_BACK, None)
    with pytest.raises(Refused):
        check_conditions(Route.HAND_BACK, wanted)


@pytest.mark.parametrize(
    ("seconds", "own", "followed", "words"),
    [
        (60, True, False, ""),
        (61, True, False, "within a minute"),
        (5, False, False, "Only whoever decided"),
        (5, True, True, "Something followed"),
        (None, True, False, "not decided"),
    ],
)
def test_a_decision_is_taken_back_by_its_maker_within_a_minute_if_nothing_followed(
    seconds: int | None, own: bool, followed: bool, words: str
) -> None:
    decided_at = None if seconds is None else NOW - timedelta(seconds=seconds)
    if not words:
        check_undo(decided_at, NOW, own=own, followed=followed)
        return
    with pytest.raises(Refused, match=words):
        check_undo(decided_at, NOW, own=own, followed=followed)
