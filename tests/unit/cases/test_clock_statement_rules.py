"""What a week's statement of the clock says, and how its lines are answered."""

from datetime import date

import pytest

from app.cases.clock_statements.rules import (
    Answer,
    Line,
    Posting,
    check_answer,
    check_week,
    lines_of,
    nights,
    say,
)
from app.cases.holds.rules import Tile, returns_on
from app.kernel.calendar import england_and_wales
from app.kernel.clock import Held, Holder
from app.kernel.errors import Invalid, Refused

CALENDAR = england_and_wales()
FRIDAY = date(2026, 11, 13)
EASTER = date(2026, 4, 3)


def test_a_week_has_its_working_days_and_the_nights_before_them() -> None:
    assert [(night.day, day.day) for night, day in nights(FRIDAY, CALENDAR)] == [
        (8, 9),
        (9, 10),
        (10, 11),
        (11, 12),
        (12, 13),
    ]
    assert [day.day for _, day in nights(EASTER, CALENDAR)] == [30, 31, 1, 2]


def test_a_stretch_counts_only_while_the_case_is_in_the_lot() -> None:
    held = Held(Holder.COURT, date(2026, 11, 1), date(2026, 12, 1))
    here = [Posting(date(2026, 11, 10), 1), Posting(date(2026, 11, 12), -1)]
    [line] = lines_of(5, [Tile(held, "A hearing")], here, nights(FRIDAY, CALENDAR))
    assert (line.since.day, line.until.day, line.days, line.case_id) == (11, 12, 2, 5)


def test_the_agency_has_what_nobody_else_held() -> None:
    day = date(2026, 11, 9)
    court = Line(Holder.COURT, "A hearing", day, day, 1, case_id=5)
    said = say([court], [3, 2, 2, 2, 2], nights(FRIDAY, CALENDAR))
    assert said.by_holder == {Holder.AGENCY: 10, Holder.COURT: 1}
    assert (said.total, said.lines[0].cases) == (11, 3)
    assert say([court], [1], nights(FRIDAY, CALENDAR)[:1]).lines == (court,)


def test_a_week_is_stated_once_it_is_over() -> None:
    check_week(FRIDAY, date(2026, 11, 14))
    with pytest.raises(Refused):
        check_week(FRIDAY, FRIDAY)
    with pytest.raises(Invalid):
        check_week(date(2026, 11, 12), date(2026, 11, 20))


def test_whoever_disputes_says_why() -> None:
    check_answer(Answer.ACCEPTED, "")
    check_answer(Answer.DISPUTED, "Not ours")
    with pytest.raises(Invalid):
        check_answer(Answer.DISPUTED, "")


def test_a_hold_returns_on_a_working_day() -> None:
    assert returns_on(FRIDAY, CALENDAR) == FRIDAY
    assert returns_on(date(2026, 12, 25), CALENDAR) == date(2026, 12, 29)
