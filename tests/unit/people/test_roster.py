"""What a worker's terms must be, and what a week of the roster adds up to."""

from dataclasses import replace
from datetime import date

import pytest

from app.kernel.errors import Invalid
from app.people.roster.rules import (
    Cell,
    Terms,
    Week,
    add_up,
    check_place,
    check_terms,
    days_worked,
    full_time,
    shown,
)
from app.people.rules import HOLDING, Post, minutes_of, show_hours

TERMS = Terms(
    name="Noor Vale",
    post=Post.SOCIAL_WORKER,
    qualified=True,
    starts_on=date(2026, 11, 2),
    ends_on=None,
    weekly_minutes=37 * 60,
    weekdays="12345",
    asye=False,
    home_lot_id=None,
    case_limit=18,
)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"asye": True, "qualified": False}, "asye"),
        ({"weekly_minutes": 0}, "weekly_minutes"),
        ({"weekly_minutes": 61 * 60}, "weekly_minutes"),
        ({"weekdays": ""}, "weekdays"),
        ({"weekdays": "18"}, "weekdays"),
        ({"case_limit": 0}, "case_limit"),
        ({"case_limit": 101}, "case_limit"),
        ({"ends_on": date(2026, 11, 1)}, "ends_on"),
    ],
)
def test_terms_that_cannot_be_meant_are_refused(changes: dict[str, object], field: str) -> None:
    with pytest.raises(Invalid) as fault:
        check_terms(replace(TERMS, **changes))  # type: ignore[arg-type]
    assert fault.value.field == field


def test_terms_that_can_be_meant_are_taken() -> None:
    check_terms(TERMS)
    check_terms(replace(TERMS, asye=True, ends_on=TERMS.starts_on))


def test_nobody_leaves_a_lot_before_they_come_to_it() -> None:
    check_place(None, None)
    check_place(date(2026, 11, 2), date(2026, 11, 2))
    with pytest.raises(Invalid, match="before the first day, 2 Nov 2026"):
        check_place(date(2026, 11, 2), date(2026, 11, 1))


def test_a_week_adds_up_practitioners_and_counts_managers_apart() -> None:
    here, gone = Cell(in_post=True, minutes=600, points=27), Cell(in_post=False)
    assert add_up(
        [
            (Post.TEAM_MANAGER, here),
            (Post.SOCIAL_WORKER, here),
            (Post.ADVANCED_PRACTITIONER, here),
            (Post.SENIOR_SOCIAL_WORKER, gone),
        ]
    ) == Week(practitioners=2, managers=1, minutes=1200, points=54)


def test_managers_hold_no_cases() -> None:
    assert set(Post) - set(HOLDING) == {Post.TEAM_MANAGER}


@pytest.mark.parametrize(
    ("minutes", "words"), [(2220, "1.00"), (1110, "0.50"), (0, "0.00"), (1320, "0.59")]
)
def test_hours_are_told_as_a_share_of_full_time(minutes: int, words: str) -> None:
    assert full_time(minutes, 2220) == words


def test_the_days_of_a_week_are_told() -> None:
    assert days_worked("12345") == "Mon to Fri"
    assert days_worked("135") == "Mon, Wed, Fri"


def test_terms_are_shown_in_words() -> None:
    words = shown(replace(TERMS, ends_on=date(2027, 3, 31), qualified=False, asye=True))
    assert words["Last day"] == "31 Mar 2027"
    assert words["Hours a week"] == "37"
    assert (words["Qualified social worker"], words["In their ASYE"]) == ("No", "Yes")
    assert shown(TERMS)["Last day"] == ""


@pytest.mark.parametrize(
    ("typed", "minutes"),
    [("37", 2220), (" 22.5 ", 1350), ("22:30", 1350), ("7,25", 435), ("0", 0)],
)
def test_hours_are_typed_in_several_ways(typed: str, minutes: int) -> None:
    assert minutes_of(typed) == minutes


@pytest.mark.parametrize("typed", ["", "x", "-3", "137", "22:61", "1e1"])
def test_what_is_no_number_of_hours_is_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="Write hours as a number"):
        minutes_of(typed)


def test_hours_are_shown_as_they_are_spoken() -> None:
    assert show_hours(2220) == "37"
    assert show_hours(1350) == "22:30"
