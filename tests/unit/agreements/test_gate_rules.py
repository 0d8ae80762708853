"""What stands between an agreed case and its end, by handover and by closure."""

from dataclasses import replace
from datetime import date

import pytest

from app.agreements.closures import rules as closures
from app.agreements.closures.rules import ClosureReason
from app.agreements.gates.rules import Facts, checks, obstacles
from app.agreements.handovers import rules as handovers
from app.agreements.handovers.rules import Checklist
from app.cases.states import CaseState
from app.kernel.errors import Invalid, Refused
from app.plans.rules import Outcome

TODAY = date(2026, 11, 20)
REFERRED = date(2026, 10, 1)
READY = Facts(
    agreed=True,
    agreed_is_latest=True,
    seen_on=date(2026, 11, 17),
    seen_days_ago=3,
    seen_within_days=20,
    open_flags=0,
)
TICKED = Checklist(TODAY, TODAY)


def test_a_case_with_everything_behind_it_may_end() -> None:
    assert obstacles(checks(READY)) == ()
    assert obstacles(handovers.checks(READY, TICKED)) == ()
    assert obstacles(closures.checks(READY, author=1, closer=2)) == ()


@pytest.mark.parametrize(
    ("lack", "words"),
    [
        ({"open_flags": 1}, "A safeguarding flag is open"),
        ({"agreed": False}, "has not agreed"),
        ({"agreed": False, "agreed_is_latest": False}, "has not agreed"),
        ({"agreed_is_latest": False}, "were changed after"),
        ({"seen_on": None, "seen_days_ago": None}, "no record that the child was seen"),
        ({"seen_days_ago": 21}, "last seen on 17 Nov 2026, 21 working days ago"),
    ],
)
def test_each_thing_missing_is_one_obstacle_on_both_ways_out(
    lack: dict[str, object], words: str
) -> None:
    facts = replace(READY, **lack)
    for asked in (handovers.checks(facts, TICKED), closures.checks(facts, author=1, closer=2)):
        found = obstacles(asked)
        assert len(found) == 1
        assert words in found[0]
        assert sum(not check.passed for check in asked) == 1


def test_nobody_is_asked_to_see_a_child_who_has_died() -> None:
    unseen = replace(READY, seen_on=None, seen_days_ago=None, child_died=True)
    assert obstacles(checks(unseen)) == ()
    assert "because the child died" in checks(unseen)[-1].what


def test_a_child_seen_on_the_last_allowed_day_was_seen_in_time() -> None:
    assert obstacles(checks(replace(READY, seen_days_ago=20))) == ()


def test_a_handover_asks_for_both_ticks() -> None:
    assert len(obstacles(handovers.checks(READY, Checklist()))) == 2


@pytest.mark.parametrize("author", [7, None])
def test_an_author_cannot_close(author: int | None) -> None:
    assert "Whoever wrote" in obstacles(closures.checks(READY, author=author, closer=7))[0]


@pytest.mark.parametrize("day", [REFERRED, TODAY, None])
def test_a_tick_lies_between_referral_and_today(day: date | None) -> None:
    handovers.check_days(Checklist(day, day), referred_on=REFERRED, today=TODAY)


@pytest.mark.parametrize("day", [date(2026, 9, 30), date(2026, 11, 21)])
def test_a_tick_on_another_day_is_found_fault_with(day: date) -> None:
    for field, checklist in (
        ("chronology_current_on", Checklist(day, None)),
        ("family_told_on", Checklist(None, day)),
    ):
        with pytest.raises(Invalid) as fault:
            handovers.check_days(checklist, referred_on=REFERRED, today=TODAY)
        assert fault.value.field == field


def closure(**others: object) -> closures.Draft:
    values = {"reason": ClosureReason.RC9, "ongoing_support": "School", "advice": "Ring first"}
    told = {"family_told_on": TODAY, "referrer_told_on": TODAY}
    return closures.Draft(**values | told | others)


@pytest.mark.parametrize(
    "said",
    [
        closure(),
        closure(family_told_on=REFERRED),
        closure(referrer_told_on=None, referrer_not_told="Unnamed"),
    ],
)
def test_each_was_told_or_there_is_a_reason(said: closures.Draft) -> None:
    closures.check_draft(said, referred_on=REFERRED, today=TODAY)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (closure(family_told_on=None), "family_told_on"),
        (closure(family_not_told="Moved"), "family_told_on"),
        (closure(referrer_told_on=None), "referrer_told_on"),
        (closure(referrer_told_on=date(2026, 11, 21)), "referrer_told_on"),
        (closure(family_told_on=date(2026, 9, 30)), "family_told_on"),
    ],
)
def test_a_faulty_answer_about_who_was_told_names_its_field(
    said: closures.Draft, field: str
) -> None:
    with pytest.raises(Invalid) as fault:
        closures.check_draft(said, referred_on=REFERRED, today=TODAY)
    assert fault.value.field == field


def test_a_closure_is_written_between_authorisation_and_the_end() -> None:
    allowed = {CaseState.AUTHORISED, CaseState.PROPOSED, CaseState.AGREED}
    for state in allowed:
        closures.check_writable(state, Outcome.CLOSE_NFA)
    for state in set(CaseState) - allowed:
        with pytest.raises(Refused, match="once the assessment is authorised"):
            closures.check_writable(state, Outcome.CLOSE_NFA)


@pytest.mark.parametrize("planned", [None, Outcome.CIN_PLAN, Outcome.HAND_BACK])
def test_a_closure_needs_a_plan_that_closes(planned: Outcome | None) -> None:
    with pytest.raises(Refused, match="plan that closes"):
        closures.check_writable(CaseState.AUTHORISED, planned)


def test_a_closure_says_who_was_told_and_why_not() -> None:
    said = closures.entries(closure(family_told_on=None, family_not_told="Moved away"))
    assert said["Reason for closure"] == "RC9 After assessment, referred to early help"
    assert said["Family told"] == "No: Moved away"
    assert said["Referrer told"] == "20 Nov 2026"
    assert "Ongoing support" not in closures.entries(closure(ongoing_support=""))
