"""What stands between an agreed case and its end, by handover and by closure."""

from dataclasses import replace
from datetime import date

import pytest

from app.agreements.closures import rules as closures
from app.agreements.closures.rules import ClosureReason
from app.agreements.gates.rules import Check, Facts, checks, obstacles
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


def test_a_case_with_everything_behind_it_may_end() -> None:
    assert obstacles(checks(READY)) == ()
    assert obstacles(to_close(READY)) == ()


@pytest.mark.parametrize(
    ("lack", "words"),
    [
        ({"open_flags": 1}, "A safeguarding flag is open"),
        ({"agreed": False}, "has not agreed"),
        ({"agreed": False, "agreed_is_latest": False}, "has not agreed"),
        ({"agreed_is_latest": False}, "were changed after"),
        ({"seen_on": None, "seen_days_ago": None}, "no record that the child was seen"),
        ({"seen_days_ago": 21}, "last seen on 17 Nov 2026, 21 working days ago"),
        ({"unresolved_issues": 1}, "A child-protection issue is unresolved"),
    ],
)
def test_each_thing_missing_is_one_obstacle_on_both_ways_out(
    lack: dict[str, object], words: str
) -> None:
    facts = replace(READY, **lack)
    for asked in (
        checks(facts),
        to_close(facts),
    ):
        found = obstacles(asked)
        assert len(found) == 1
        assert words in found[0]
        assert sum(not check.passed for check in asked) == 1


@pytest.mark.parametrize(
    ("runs", "words"),
    [
        ({"enquiries": 1}, "A section 47 enquiry runs"),
        ({"proceedings": 1}, "Pre-proceedings run"),
        ({"open_actions": 1}, "1 action is left open"),
        ({"open_actions": 2}, "2 actions are left open"),
    ],
)
def test_what_runs_for_a_child_stops_a_closure_and_goes_over_with_a_handover(
    runs: dict[str, int], words: str
) -> None:
    facts = replace(READY, **runs)
    assert obstacles(checks(facts)) == ()
    (found,) = obstacles(to_close(facts))
    assert words in found


def test_nobody_is_asked_to_see_a_child_who_has_died() -> None:
    unseen = replace(READY, seen_on=None, seen_days_ago=None, child_died=True)
    assert obstacles(checks(unseen)) == ()
    assert "because the child died" in checks(unseen)[-1].what


def test_a_child_seen_on_the_last_allowed_day_was_seen_in_time() -> None:
    assert obstacles(checks(replace(READY, seen_days_ago=20))) == ()


@pytest.mark.parametrize("author", [7, None])
def test_an_author_cannot_close(author: int | None) -> None:
    assert "Whoever wrote" in obstacles(to_close(READY, author, 7))[0]


def to_close(facts: Facts, author: int | None = 1, closer: int = 2) -> tuple[Check, ...]:
    return closures.checks(facts, closure(), closures.Template(), author=author, closer=closer)


def closure(**others: object) -> closures.Draft:
    values = {"reason": ClosureReason.RC9, "ongoing_support": "School", "advice": "Ring first"}
    told = {"family_told_on": TODAY, "referrer_told_on": TODAY}
    record = {
        "involvement": frozenset({closures.Involvement.NEGLECT, closures.Involvement.HOME}),
        "achieved": closures.Achieved.MET,
        "views": "Glad",
        "agencies_told": frozenset({closures.Told.SCHOOL}),
        "support_from": closures.Support.SCHOOL,
        "ticked": frozenset(closures.STANDARD),
    }
    return closures.Draft(**values | told | record | others)


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
        (closure(involvement=frozenset()), "involvement"),
        (closure(achieved=None), "achieved"),
        (closure(views=""), "views"),
        (closure(agencies_told=frozenset()), "agencies_told"),
        (closure(agencies_told=frozenset(closures.Told)), "agencies_told"),
        (closure(support_from=None), "support_from"),
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


def test_the_council_names_what_is_ticked_off_before_a_closure() -> None:
    alone, standard = closures.Item.SEEN_ALONE, closures.STANDARD
    asked = closures.Template((*standard, alone))
    assert closures.lacking_items(closure(ticked=frozenset()), asked) == (*standard, alone)
    died = closure(ticked=frozenset(standard), reason=ClosureReason.RC2)
    assert closures.lacking_items(died, asked) == ()
    said = closure(ticked=frozenset(standard), views="")
    found = obstacles(closures.checks(READY, said, asked, author=1, closer=2))
    assert found == (
        "The closure record lacks views of child and family.",
        "Not ticked off: The child was seen and spoken to alone.",
    )
    closures.check_template(asked.items, TODAY, TODAY)
    with pytest.raises(Invalid, match="The agencies were told in writing"):
        closures.check_template(standard[:1], TODAY, TODAY)
    with pytest.raises(Invalid, match="or later"):
        closures.check_template(standard, date(2026, 11, 19), TODAY)


def test_several_codes_are_kept_and_read_in_the_order_of_their_list() -> None:
    kept = closures.columns(closure())
    assert (kept["involvement"], kept["ticked"]) == (
        "neglect home",
        "family_written agencies_written",
    )
    assert closures.columns(closure(ticked=frozenset()))["ticked"] == ""
    said = closures.entries(closure())
    assert said["Reasons for involvement"].startswith("Neglect; Housing")
    bare = closures.entries(closure(achieved=None, support_from=None, involvement=frozenset()))
    assert "Support led by" not in bare
    assert "What was achieved" not in bare
