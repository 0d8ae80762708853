"""Earlier outlooks against what came: by open cases until the end, then by the end itself."""

from dataclasses import replace
from datetime import date, timedelta

from app.finance.track_record.rules import Came, Said, chosen, compare

WEEK = timedelta(weeks=1)
THEN = date(2026, 9, 7)
SAID = Said(1, THEN, 100, THEN + 10 * WEEK, THEN + 20 * WEEK, THEN + 40 * WEEK, 1, 2, 3)
NOW = replace(SAID, made_on=THEN + 5 * WEEK, middle=THEN + 23 * WEEK)


def came(open_now: int, ended_on: date | None = None, **said: object) -> Came:
    return compare(
        replace(SAID, **said),  # type: ignore[arg-type]
        NOW,
        open_now=open_now,
        ended_on=ended_on,
        today=THEN + 5 * WEEK,
    ).came


def test_open_cases_are_tested_against_even_lines_to_the_early_and_the_late_end() -> None:
    tested = compare(SAID, NOW, open_now=60, ended_on=None, today=THEN + 5 * WEEK)
    assert (tested.least, tested.likely, tested.most) == (50, 75, 88)
    assert tested.weeks_later == 3
    assert [came(cases) for cases in (49, 50, 88, 89)] == [
        Came.FASTER,
        Came.WITHIN,
        Came.WITHIN,
        Came.SLOWER,
    ]


def test_an_end_beyond_three_years_is_slow_and_moves_by_no_weeks() -> None:
    tested = compare(
        replace(SAID, middle=None, late=None),
        NOW,
        open_now=97,
        ended_on=None,
        today=THEN + 5 * WEEK,
    )
    assert (tested.most, tested.weeks_later) == (97, None)
    assert tested.came is Came.WITHIN
    assert came(98, middle=None, late=None) is Came.SLOWER


def test_once_the_last_case_has_left_the_end_itself_is_tested() -> None:
    assert came(0, THEN + 9 * WEEK) is Came.FASTER
    assert came(0, THEN + 10 * WEEK) is Came.WITHIN
    assert came(0, THEN + 40 * WEEK) is Came.WITHIN
    assert came(0, THEN + 41 * WEEK) is Came.SLOWER
    assert came(0, THEN + 41 * WEEK, late=None) is Came.WITHIN
    assert came(0, THEN + WEEK, early=None, middle=None, late=None) is Came.FASTER


def test_one_outlook_of_every_four_weeks_is_tested_and_none_that_is_younger() -> None:
    weekly = [replace(SAID, made_on=THEN + number * WEEK) for number in range(10)]
    last, earlier = chosen([*weekly, replace(SAID, lot_id=2)])[1]
    assert last == weekly[9]
    assert earlier == [weekly[5], weekly[1]]
    assert chosen(weekly[6:])[1] == (weekly[9], [])
