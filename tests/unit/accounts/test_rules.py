"""The rules of signing in, of giving access and of telling the trail in words."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.access.grants import GRANTED
from app.access.roles import Organisation, Role
from app.accounts.grants.rules import grants_table, list_grants
from app.accounts.sign_in import rules as sign_in
from app.accounts.trail.rules import Fact, Names, act_in_words, facts_of, subject_in_words
from app.accounts.users import rules as users
from app.kernel.errors import Invalid, Refused


@pytest.mark.parametrize(
    ("agent", "words"),
    [
        ("Mozilla/5.0 (Windows NT 10.0) Gecko/20100101 Firefox/130.0", "Firefox on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge on Linux"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18 like Mac OS X) Safari/604.1",
            "Safari on an iPhone",
        ),
        ("something else", "A browser"),
        ("", "A browser"),
    ],
)
def test_a_browser_is_named_in_words(agent: str, words: str) -> None:
    assert sign_in.browser_of(agent) == words


def test_a_window_begins_every_five_minutes() -> None:
    assert sign_in.window_of(datetime(2026, 11, 20, 10, 4, 59, tzinfo=UTC)) == datetime(
        2026, 11, 20, 10, 0, tzinfo=UTC
    )


def test_an_invitation_waits_for_a_password_until_its_link_has_run_out() -> None:
    now = datetime(2026, 11, 20, 10, tzinfo=UTC)
    assert users.invitation_waits(now + timedelta(hours=1), now) == (
        "Has not chosen a password yet."
    )
    for until in (now, None):
        assert "run out" in users.invitation_waits(until, now)


def test_access_is_looked_at_before_a_last_day_and_after_sixty_days_without_use() -> None:
    now, today = datetime(2026, 11, 20, 10, tzinfo=UTC), date(2026, 11, 20)
    assert users.access_to_review(today + timedelta(days=31), None, now) == ""
    assert users.access_to_review(today + timedelta(days=30), now, now) == "Leaves on 20 Dec 2026."
    used = now - timedelta(days=60)
    assert users.access_to_review(None, used, now) == ""
    unused = users.access_to_review(None, used - timedelta(seconds=1), now)
    assert unused == "Has not signed in since 21 Sep 2026."


@pytest.mark.parametrize("typed", [" Ada@Example.org ", "a.b+c@x-y.example.org"])
def test_addresses_that_mail_can_reach_are_kept_in_one_spelling(typed: str) -> None:
    assert users.check_email(typed) == typed.strip().lower()


@pytest.mark.parametrize(
    "typed",
    ["a@b", "", "a b@example.org", "a@x.org\nBcc: x@y.org", "@x.org", f"a@{'b' * 260}.org"],
)
def test_other_addresses_are_refused(typed: str) -> None:
    with pytest.raises(Invalid):
        users.check_email(typed)


def test_a_role_decides_the_organisation_unless_either_may_hold_it() -> None:
    assert users.organisation_of(Role.COMMISSIONER, None) is Organisation.COUNCIL
    assert users.organisation_of(Role.AUDITOR, Organisation.AGENCY) is Organisation.AGENCY
    for role, chosen in ((Role.AUDITOR, None), (Role.COMMISSIONER, Organisation.AGENCY)):
        with pytest.raises(Invalid):
            users.organisation_of(role, chosen)


def test_only_a_practitioner_signs_in_as_one() -> None:
    users.check_role(Role.PRACTITIONER, 1)
    users.check_role(Role.AUDITOR, None)
    for role, practitioner in ((Role.PRACTITIONER, None), (Role.AUDITOR, 1)):
        with pytest.raises(Invalid):
            users.check_role(role, practitioner)


def test_nobody_gives_a_lot_they_lack_or_none() -> None:
    users.check_lots(frozenset({1}), frozenset({1, 2}))
    for wanted in (frozenset({1, 3}), frozenset()):
        with pytest.raises(Invalid):
            users.check_lots(frozenset(wanted), frozenset({1, 2}))


def test_nobody_changes_themselves_and_an_administrator_remains() -> None:
    users.check_other(1, 2)
    users.check_administrators(1)
    with pytest.raises(Refused):
        users.check_other(1, 1)
    with pytest.raises(Refused):
        users.check_administrators(0)


def test_the_table_of_grants_names_every_granted_act_once() -> None:
    sentences = [act.sentence for thing in list_grants() for act in thing.acts]
    assert sorted(sentences) == sorted(act.sentence for act in GRANTED)
    headings = {thing.heading for thing in list_grants()}
    assert len(headings) == len(list_grants())
    assert not any("_" in heading for heading in headings)


def test_the_markdown_table_has_a_column_for_each_role() -> None:
    lines = grants_table().splitlines()
    assert {line.count("|") for line in lines} == {len(Role) + 2}
    assert "| Agree a proposal for the council |  |  |  | ✓ |  |  |  |  |" in lines


def test_a_change_is_told_in_words() -> None:
    held = (
        '{"id":[null,7],"state":["allocated","assessing"],"due_on":[null,"2026-11-20"],'
        '"seen_at":[null,"2026-07-01T09:30:00+00:00"],"lot_id":[1,2],"open":[true,false],'
        '"reason":["",null],"kind":[null,"core_assessment"],"gone":[null,null],"password_hash":["…","…"]}'
    )
    assert facts_of(held, Names()) == (
        Fact("State", "allocated", "assessing"),
        Fact("Due on", "–", "20 Nov 2026"),
        Fact("Seen at", "–", "1 Jul 2026, 10:30"),
        Fact("Lot", "1", "2"),
        Fact("Open", "yes", "no"),
        Fact("Kind", "–", "core assessment"),
        Fact("Password", "…", "…"),
    )
    assert facts_of(f'{{"note":[null,"{"x" * 300}"]}}', Names())[0].after == "x" * 120 + "…"


def test_a_change_names_whom_the_reader_may_know_and_keeps_other_numbers() -> None:
    names = Names({5: "Tess Oyelaran"}, {3: "Priya Nair"}, {1: "North"}, {7: "C1001"})
    held = (
        '{"made_by":[null,5],"practitioner_id":[4,3],"lot_id":[1,2],"case_id":[null,7],'
        '"by_user_id":[null,6],"number":[null,5]}'
    )
    assert [(one.before, one.after) for one in facts_of(held, names)] == [
        ("–", "Tess Oyelaran"),
        ("4", "Priya Nair"),
        ("North", "2"),
        ("–", "C1001"),
        ("–", "6"),
        ("–", "5"),
    ]


def test_what_was_erased_says_so() -> None:
    assert facts_of(None, Names()) == (Fact("Erased", "–", "–"),)


def test_acts_and_rows_have_names_that_people_use() -> None:
    assert act_in_words("case.allocate") == "Allocate a case to a practitioner"
    assert act_in_words("an.old.act") == "an.old.act"
    assert subject_in_words("users") == "Person"
    assert subject_in_words("receiving_teams") == "Receiving team"
    assert subject_in_words("import_batches") == "Import batch"
    assert subject_in_words("delay_replies") == "Delay reply"
