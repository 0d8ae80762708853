"""What a condition must say, and who may record that it is met."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.access.roles import Role
from app.agreements.conditions.rules import (
    Wanted,
    check_meeter,
    check_wanted,
    lines_of,
    unmet,
)
from app.kernel.errors import Invalid, Refused

TODAY = date(2026, 11, 20)
WANTED = Wanted(("Ring the school", "Visit once more"), TODAY, 7)


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"lines": ()}, "conditions"),
        ({"lines": ("One",) * 6}, "conditions"),
        ({"lines": ("x" * 201,)}, "conditions"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
        ({"due_on": TODAY + timedelta(days=367)}, "due_on"),
        ({"owner_id": 8}, "owner_id"),
    ],
)
def test_a_condition_has_words_a_day_to_come_and_an_owner_of_the_lot(
    other: dict[str, object], field: str
) -> None:
    check_wanted(WANTED, today=TODAY, owners={7})
    with pytest.raises(Invalid) as fault:
        check_wanted(replace(WANTED, **other), today=TODAY, owners={7})  # type: ignore[arg-type]
    assert fault.value.field == field


def test_each_line_is_a_condition() -> None:
    assert lines_of("- Ring the school\n\n  Visit once more \n -") == WANTED.lines


def test_its_owner_or_whoever_answers_for_the_case_says_that_it_is_met() -> None:
    check_meeter(Role.PRACTITIONER, is_owner=True)
    check_meeter(Role.TEAM_MANAGER, is_owner=False)
    check_meeter(Role.DISTRICT_MANAGER, is_owner=False)
    with pytest.raises(Refused):
        check_meeter(Role.PRACTITIONER, is_owner=False)


def test_what_is_left_is_named_with_its_day() -> None:
    assert unmet([]) == ""
    assert "Ring the school (by 20 Nov 2026); Visit" in unmet([(w, TODAY) for w in WANTED.lines])
