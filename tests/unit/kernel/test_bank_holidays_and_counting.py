"""The working-day calendar against dates worked out by hand."""

from datetime import date

import pytest

from app.kernel.calendar import (
    CalendarEnds,
    Counting,
    WorkingCalendar,
    england_and_wales,
    read_bank_holidays,
)
from tests.steps import steps

CALENDAR = england_and_wales()
REFERRED = date(2026, 11, 2)
ENDED = date(2027, 1, 7)


@pytest.mark.parametrize(
    ("start", "ten", "fifteen", "thirty_five", "forty_five"),
    [
        ("2010-11-01", "2010-11-15", "2010-11-22", "2010-12-20", "2011-01-06"),
        ("2010-12-20", "2011-01-06", "2011-01-13", "2011-02-10", "2011-02-24"),
        ("2011-04-01", "2011-04-15", "2011-04-26", "2011-05-26", "2011-06-10"),
        ("2022-05-20", "2022-06-07", "2022-06-14", "2022-07-12", "2022-07-26"),
        ("2026-11-02", "2026-11-16", "2026-11-23", "2026-12-21", "2027-01-07"),
        ("2026-11-21", "2026-12-04", "2026-12-11", "2027-01-13", "2027-01-27"),
        ("2026-12-24", "2027-01-12", "2027-01-19", "2027-02-16", "2027-03-02"),
    ],
)
def test_limits_fall_on_the_days_worked_out_by_hand(
    start: str, ten: str, fifteen: str, thirty_five: str, forty_five: str
) -> None:
    first = date.fromisoformat(start)
    found = [CALENDAR.add(first, limit).isoformat() for limit in (10, 15, 35, 45)]
    assert found == [ten, fifteen, thirty_five, forty_five]


@pytest.mark.parametrize(
    ("counting", "used"),
    [(Counting.DAY_ZERO, 45), (Counting.INCLUSIVE, 46), (Counting.WEEKDAYS_ONLY, 48)],
)
def test_each_convention_counts_the_same_two_days_differently(
    counting: Counting, used: int
) -> None:
    assert england_and_wales(counting).days_between(REFERRED, ENDED) == used


@pytest.mark.parametrize(
    ("counting", "due"),
    [
        (Counting.DAY_ZERO, date(2027, 1, 7)),
        (Counting.INCLUSIVE, date(2027, 1, 6)),
        (Counting.WEEKDAYS_ONLY, date(2027, 1, 4)),
    ],
)
def test_each_convention_reaches_its_limit_on_its_own_day(counting: Counting, due: date) -> None:
    assert england_and_wales(counting).add(REFERRED, 45) == due


@pytest.mark.parametrize(
    "day",
    [
        date(2011, 4, 29),
        date(2012, 6, 4),
        date(2012, 6, 5),
        date(2020, 5, 8),
        date(2022, 6, 2),
        date(2022, 6, 3),
        date(2022, 9, 19),
        date(2023, 5, 8),
        date(2026, 12, 25),
        date(2026, 12, 28),
        date(2027, 3, 26),
        date(2027, 3, 29),
        date(2027, 12, 27),
        date(2027, 12, 28),
        date(2028, 1, 3),
    ],
)
def test_moved_special_and_substitute_days_are_days_off(day: date) -> None:
    assert not CALENDAR.is_working_day(day)


@pytest.mark.parametrize(
    "day",
    [
        date(2012, 5, 28),
        date(2020, 5, 4),
        date(2022, 5, 30),
        date(2026, 12, 29),
        date(2028, 2, 29),
        date(2028, 12, 29),
    ],
)
def test_days_a_bank_holiday_was_moved_away_from_are_working_days(day: date) -> None:
    assert CALENDAR.is_working_day(day)


@pytest.mark.parametrize("year", range(2010, 2029))
def test_every_year_has_its_eight_bank_holidays_on_weekdays(year: int) -> None:
    special = {2011: 1, 2012: 1, 2022: 2, 2023: 1}.get(year, 0)
    days = [day for day in read_bank_holidays().days if day.year == year]
    assert len(days) == 8 + special
    assert all(day.weekday() < 5 for day in days)


def test_the_shipped_list_says_from_when_until_when_it_is_known() -> None:
    shipped = read_bank_holidays()
    assert (shipped.known_from, shipped.known_until) == (date(2010, 1, 1), date(2028, 12, 31))


def test_a_bank_holiday_on_a_weekend_takes_no_second_day() -> None:
    saturday = date(2026, 12, 26)
    calendar = WorkingCalendar(frozenset({saturday}), date(2026, 1, 1), date(2026, 12, 31))
    assert calendar.days_between(date(2026, 12, 24), date(2026, 12, 29)) == 3


@pytest.mark.parametrize("counting", list(Counting))
def test_extra_days_of_the_council_count_as_days_off_in_every_convention(
    counting: Counting,
) -> None:
    tuesday = date(2026, 11, 10)
    calendar = england_and_wales(counting, frozenset({tuesday}))
    assert not calendar.is_working_day(tuesday)
    assert calendar.next_working_day(date(2026, 11, 9)) == date(2026, 11, 11)


def test_the_next_working_day_is_after_the_day_asked_about() -> None:
    assert CALENDAR.next_working_day(date(2026, 12, 24)) == date(2026, 12, 29)
    assert CALENDAR.next_working_day(date(2026, 12, 29)) == date(2026, 12, 30)


def test_a_weekend_start_is_not_day_one() -> None:
    calendar = england_and_wales(Counting.INCLUSIVE)
    saturday = date(2026, 11, 21)
    assert calendar.days_between(saturday, saturday) == 0
    assert calendar.days_between(saturday, date(2026, 11, 23)) == 1


def test_adding_nothing_stays_on_the_start_day_even_on_a_weekend() -> None:
    assert CALENDAR.add(date(2026, 11, 21), 0) == date(2026, 11, 21)


def test_counting_backwards_is_the_same_count_below_nought() -> None:
    assert CALENDAR.days_between(ENDED, REFERRED) == -45


@pytest.mark.parametrize(("counting", "lowest"), [(Counting.DAY_ZERO, 0), (Counting.INCLUSIVE, 1)])
def test_fewer_days_than_the_convention_knows_cannot_be_added(
    counting: Counting, lowest: int
) -> None:
    with pytest.raises(ValueError, match=f"from {lowest} upwards"):
        england_and_wales(counting).add(REFERRED, lowest - 1)


def test_days_outside_the_known_years_are_refused_with_a_sentence() -> None:
    with pytest.raises(CalendarEnds) as late:
        CALENDAR.days_between(REFERRED, date(2029, 1, 2))
    assert late.value.sentence == (
        "The working-day calendar ends on 31 Dec 2028, before 2 Jan 2029."
    )
    with pytest.raises(CalendarEnds) as early:
        CALENDAR.is_working_day(date(2009, 12, 31))
    assert early.value.sentence == (
        "The working-day calendar starts on 1 Jan 2010, after 31 Dec 2009."
    )


@pytest.mark.parametrize("working_days", [45, 10**9])
def test_a_limit_that_runs_past_the_known_years_is_refused(working_days: int) -> None:
    with pytest.raises(CalendarEnds, match="ends on 31 Dec 2028, before the day asked for"):
        CALENDAR.add(date(2028, 12, 1), working_days)


def test_the_last_known_days_can_be_counted() -> None:
    assert CALENDAR.add(date(2028, 12, 28), 1) == date(2028, 12, 29)
    with pytest.raises(CalendarEnds):
        CALENDAR.next_working_day(date(2028, 12, 29))


def test_counting_ten_years_takes_no_more_steps_than_counting_a_week() -> None:
    week, years = date(2015, 1, 12), date(2025, 1, 6)
    CALENDAR.days_between(date(2015, 1, 5), week)
    assert steps(lambda: CALENDAR.days_between(date(2015, 1, 5), week)) == steps(
        lambda: CALENDAR.days_between(date(2015, 1, 5), years)
    )
