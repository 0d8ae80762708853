"""What a dated action may be."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.cases.actions.rules import LONGEST, Ending, Source, Wanted, What, check_open, check_wanted
from app.kernel.errors import Invalid, Refused

TODAY = date(2026, 11, 20)
WANTED = Wanted(What.SEE_CHILD, 1, TODAY, Source.SUPERVISION)


def test_an_action_is_due_from_today_to_half_a_year_off() -> None:
    check_wanted(WANTED, TODAY)
    check_wanted(replace(WANTED, due_on=TODAY + LONGEST), TODAY)
    for day in (TODAY - timedelta(days=1), TODAY + LONGEST + timedelta(days=1)):
        with pytest.raises(Invalid) as fault:
            check_wanted(replace(WANTED, due_on=day), TODAY)
        assert fault.value.field == "due_on"


def test_something_else_is_said_in_words() -> None:
    with pytest.raises(Invalid):
        check_wanted(replace(WANTED, what=What.OTHER), TODAY)
    check_wanted(replace(WANTED, what=What.OTHER, note="Ring the nursery"), TODAY)


def test_an_ended_action_is_not_ended_again() -> None:
    check_open(None)
    for ending in Ending:
        with pytest.raises(Refused, match=ending.label.lower()):
            check_open(ending)
