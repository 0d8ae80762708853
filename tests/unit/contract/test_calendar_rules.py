"""What a contract's calendar and its terms for waiting children may be."""

from dataclasses import replace
from datetime import date

import pytest

from app.contract.rules import (
    WAITING_BOUNDS,
    Placeholder,
    Waiting,
    calendar_warning,
    check_extra_day,
    check_waiting,
)
from app.kernel.calendar import england_and_wales
from app.kernel.errors import Invalid

CALENDAR = england_and_wales(extra_days=frozenset({date(2026, 12, 24)}))
RUNS = date(2026, 11, 2), date(2029, 4, 30)
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    "day",
    [
        date(2026, 10, 30),
        date(2029, 5, 1),
        date(2029, 1, 2),
        date(2026, 12, 24),
        date(2026, 12, 25),
        date(2026, 11, 21),
    ],
)
def test_a_day_off_takes_a_working_day_out_of_the_contract(day: date) -> None:
    check_extra_day(date(2026, 12, 23), CALENDAR, RUNS)
    with pytest.raises(Invalid) as fault:
        check_extra_day(day, CALENDAR, RUNS)
    assert fault.value.field == "day"


@pytest.mark.parametrize(
    ("ends_on", "today", "words"),
    [
        (date(2027, 4, 30), TODAY, ""),
        (date(2028, 12, 1), TODAY, "Clocks that start late in this contract"),
        (date(2029, 4, 30), TODAY, "Clocks that start late in this contract"),
        (date(2029, 4, 30), date(2028, 11, 20), "Clocks that start today"),
        (date(2029, 4, 30), date(2029, 1, 2), "No working day after it"),
    ],
)
def test_a_calendar_that_ends_too_soon_is_warned_about(
    ends_on: date, today: date, words: str
) -> None:
    found = calendar_warning(CALENDAR, ends_on, 45, today)
    assert found.startswith(words)
    assert bool(found) is bool(words)


@pytest.mark.parametrize("name", list(WAITING_BOUNDS))
def test_terms_for_waiting_children_keep_within_their_bounds(name: str) -> None:
    least, most = WAITING_BOUNDS[name]
    for number in (least, most):
        check_waiting(replace(Waiting(), **{name: number}), TODAY, TODAY)
    for number in (least - 1, most + 1):
        with pytest.raises(Invalid) as fault:
            check_waiting(replace(Waiting(), **{name: number}), TODAY, TODAY)
        assert fault.value.field == name


def test_terms_never_hold_from_a_day_that_is_past() -> None:
    with pytest.raises(Invalid) as fault:
        check_waiting(Waiting(), date(2026, 11, 19), TODAY)
    assert fault.value.field == "from_on"


@pytest.mark.parametrize(
    ("named", "words"),
    [
        ((), "a team, a manager, duty or a tray"),
        (("duty", "manager"), "a team or a tray"),
        (("team", "manager", "duty"), "a tray"),
        (tuple(Placeholder), ""),
    ],
)
def test_the_places_that_name_nobody_are_told_in_words(named: tuple[str, ...], words: str) -> None:
    assert Waiting(named=frozenset(Placeholder(one) for one in named)).nobody == words
