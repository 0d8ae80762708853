"""Which checks a worker has passed, and in words what each lacks."""

from datetime import date, timedelta

import pytest

from app.kernel.errors import Invalid
from app.people.checks.rules import (
    LABELS,
    Check,
    Kind,
    Known,
    Light,
    check_known,
    checks_of,
    reds,
    shown,
    worst,
    years_after,
)

ON = date(2026, 11, 20)
PASSED = Known(
    "SW100234",
    date(2027, 11, 30),
    date(2026, 9, 14),
    dbs_update_service=False,
    references=2,
    qualified_on=date(2018, 7, 20),
    right_to_work_on=date(2026, 10, 5),
    approved_on=date(2026, 10, 23),
)


def check(kind: Kind, known: Known, *to_do: str) -> Check:
    return next(one for one in checks_of(known, to_do, ON) if one.kind is kind)


def told(kind: Kind, known: Known, *to_do: str) -> tuple[Light, str]:
    found = check(kind, known, *to_do)
    return found.light, found.words


def test_everything_passed_is_green_and_keeps_nobody_from_a_case() -> None:
    checks = checks_of(PASSED, (), ON)
    assert [one.kind for one in checks] == list(Kind)
    assert {one.light for one in checks} == {Light.GREEN}
    assert reds(checks) == ()
    assert worst(checks) is Light.GREEN


def test_what_is_unknown_is_red() -> None:
    assert reds(checks_of(Known(), ("Thresholds",), ON)) == (
        "Registration: number not recorded.",
        "DBS: not recorded.",
        "References: 0 of 2 received.",
        "Qualifying date not recorded.",
        "Right to work: not checked.",
        "Not yet approved by the council.",
        "Induction to do: Thresholds.",
    )
    assert worst(checks_of(Known(), (), ON)) is Light.RED


@pytest.mark.parametrize(
    ("expires_on", "light", "words"),
    [
        (None, Light.RED, "Registration: expiry not recorded."),
        (ON - timedelta(days=1), Light.RED, "Registration expired on 19 Nov 2026."),
        (ON, Light.AMBER, "Registration expires on 20 Nov 2026."),
        (ON + timedelta(days=30), Light.AMBER, "Registration expires on 20 Dec 2026."),
        (ON + timedelta(days=31), Light.GREEN, "SW100234, until 21 Dec 2026."),
    ],
)
def test_a_registration_counts_to_its_last_day(
    expires_on: date | None, light: Light, words: str
) -> None:
    known = PASSED._replace(registration_expires_on=expires_on)
    assert told(Kind.REGISTRATION, known) == (light, words)
    assert check(Kind.REGISTRATION, known).expires_on == expires_on


@pytest.mark.parametrize(
    ("dbs_on", "update_service", "light"),
    [
        (date(2023, 11, 19), False, Light.RED),
        (date(2023, 11, 20), False, Light.AMBER),
        (date(2023, 12, 21), False, Light.GREEN),
        (date(2025, 11, 19), True, Light.RED),
        (date(2025, 12, 1), True, Light.AMBER),
        (date(2026, 1, 1), True, Light.GREEN),
        (ON + timedelta(days=1), False, Light.RED),
    ],
)
def test_a_dbs_counts_for_three_years_or_one_on_the_update_service(
    dbs_on: date, update_service: bool, light: Light
) -> None:
    known = PASSED._replace(dbs_on=dbs_on, dbs_update_service=update_service)
    assert check(Kind.DBS, known).light is light


@pytest.mark.parametrize(
    ("received", "light"), [(1, Light.RED), (2, Light.GREEN), (3, Light.GREEN)]
)
def test_two_references_are_needed(received: int, light: Light) -> None:
    assert check(Kind.REFERENCES, PASSED._replace(references=received)).light is light


def test_three_years_after_qualifying_or_an_exception_that_is_recorded() -> None:
    recent = PASSED._replace(qualified_on=date(2023, 11, 21))
    assert told(Kind.EXPERIENCE, PASSED._replace(qualified_on=date(2023, 11, 20)))[0] is Light.GREEN
    assert told(Kind.EXPERIENCE, recent)[0] is Light.RED
    agreed = recent._replace(experience_exception="agreed by the director")
    assert told(Kind.EXPERIENCE, agreed) == (
        Light.AMBER,
        "Qualified on 21 Nov 2023; exception: agreed by the director",
    )
    assert worst(checks_of(agreed, (), ON)) is Light.AMBER


@pytest.mark.parametrize(
    ("seen_on", "expires_on", "light"),
    [
        (None, None, Light.RED),
        (ON + timedelta(days=1), None, Light.RED),
        (ON, None, Light.GREEN),
        (ON, ON - timedelta(days=1), Light.RED),
        (ON, ON + timedelta(days=30), Light.AMBER),
        (ON, ON + timedelta(days=31), Light.GREEN),
    ],
)
def test_a_right_to_work_is_checked_and_may_end(
    seen_on: date | None, expires_on: date | None, light: Light
) -> None:
    known = PASSED._replace(right_to_work_on=seen_on, right_to_work_expires_on=expires_on)
    assert check(Kind.RIGHT_TO_WORK, known).light is light


def test_an_approval_counts_from_its_day() -> None:
    assert check(Kind.APPROVAL, PASSED._replace(approved_on=ON)).light is Light.GREEN
    later = PASSED._replace(approved_on=ON + timedelta(days=1))
    assert check(Kind.APPROVAL, later).light is Light.RED


def test_the_induction_names_what_is_to_do() -> None:
    assert told(Kind.INDUCTION, PASSED) == (Light.GREEN, "Induction complete.")
    assert told(Kind.INDUCTION, PASSED, "Forms", "Access") == (
        Light.RED,
        "Induction to do: Forms, Access.",
    )


def test_years_after_a_leap_day_end_in_february() -> None:
    assert years_after(date(2024, 2, 29), 1) == date(2025, 2, 28)
    assert years_after(date(2024, 2, 28), 4) == date(2028, 2, 28)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"registration_number": "123456"}, "registration_number"),
        ({"dbs_on": ON + timedelta(days=1)}, "dbs_on"),
        ({"qualified_on": ON + timedelta(days=1)}, "qualified_on"),
        ({"right_to_work_on": ON + timedelta(days=1)}, "right_to_work_on"),
        ({"approved_on": ON + timedelta(days=1)}, "approved_on"),
        ({"references": 10}, "references"),
        ({"right_to_work_on": None, "right_to_work_expires_on": ON}, "right_to_work_on"),
    ],
)
def test_what_cannot_be_is_refused_on_its_field(changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as fault:
        check_known(PASSED._replace(**changes), ON)  # type: ignore[arg-type]
    assert fault.value.field == field


def test_what_can_be_is_recorded_even_when_nothing_is_known() -> None:
    check_known(PASSED, ON)
    check_known(Known(), ON)


def test_every_answer_has_its_name_and_words() -> None:
    words = shown(PASSED._replace(experience_exception=""))
    assert list(words) == list(LABELS.values())
    assert words["On the DBS update service"] == "No"
    assert words["Approved by the council on"] == "23 Oct 2026"
    assert words["Exception for less than three years"] == ""
    assert shown(PASSED._replace(dbs_update_service=True))["On the DBS update service"] == "Yes"
    assert all(kind.label for kind in Kind)
