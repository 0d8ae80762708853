"""London days, weeks and typed dates."""

from datetime import UTC, date, datetime

import pytest

from app.kernel.days import (
    london_date,
    parse_date,
    show_date,
    show_moment,
    week_ending,
    weeks_between,
)


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2026, 1, 1, 0, 0, tzinfo=UTC), date(2026, 1, 1)),
        (datetime(2026, 3, 28, 23, 59, tzinfo=UTC), date(2026, 3, 28)),
        (datetime(2026, 3, 29, 0, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 22, 59, tzinfo=UTC), date(2026, 3, 29)),
        (datetime(2026, 3, 29, 23, 0, tzinfo=UTC), date(2026, 3, 30)),
        (datetime(2026, 7, 14, 22, 59, tzinfo=UTC), date(2026, 7, 14)),
        (datetime(2026, 7, 14, 23, 30, tzinfo=UTC), date(2026, 7, 15)),
        (datetime(2026, 10, 24, 23, 0, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 0, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 25)),
        (datetime(2026, 12, 31, 23, 59, tzinfo=UTC), date(2026, 12, 31)),
        (datetime(2027, 3, 28, 1, 30, tzinfo=UTC), date(2027, 3, 28)),
    ],
)
def test_the_day_is_the_one_in_london_across_the_clock_changes(
    instant: datetime, day: date
) -> None:
    assert london_date(instant) == day


def test_an_instant_without_a_zone_has_no_london_date() -> None:
    with pytest.raises(ValueError, match="time zone"):
        london_date(datetime(2026, 7, 14, 23, 30))  # noqa: DTZ001  the naive value is the case


@pytest.mark.parametrize(
    ("day", "friday"),
    [
        (date(2026, 11, 14), date(2026, 11, 20)),
        (date(2026, 11, 16), date(2026, 11, 20)),
        (date(2026, 11, 20), date(2026, 11, 20)),
        (date(2026, 11, 21), date(2026, 11, 27)),
        (date(2026, 12, 31), date(2027, 1, 1)),
    ],
)
def test_a_week_runs_from_saturday_to_the_friday_that_names_it(day: date, friday: date) -> None:
    assert week_ending(day) == friday


def test_weeks_between_two_days_are_the_fridays_passed() -> None:
    assert weeks_between(date(2026, 11, 16), date(2026, 11, 20)) == 0
    assert weeks_between(date(2026, 11, 20), date(2026, 11, 21)) == 1
    assert weeks_between(date(2026, 11, 20), date(2026, 11, 6)) == -2


def test_a_date_is_shown_with_a_short_month_and_no_leading_nought() -> None:
    assert show_date(date(2026, 11, 5)) == "5 Nov 2026"


def test_a_moment_is_shown_by_the_clocks_of_london() -> None:
    assert show_moment(datetime(2026, 7, 5, 23, 5, tzinfo=UTC)) == "6 Jul 2026, 00:05"


@pytest.mark.parametrize(
    "typed",
    [
        "20/11/2026",
        "20-11-2026",
        "20.11.2026",
        "20 11 2026",
        "2026-11-20",
        "20 Nov 2026",
        "20 nov. 2026",
        "20-Nov-2026",
        "  20   November\u00a02026 ",
    ],
)
def test_the_ways_people_type_a_date_all_read_the_same(typed: str) -> None:
    assert parse_date(typed) == date(2026, 11, 20)


def test_the_day_always_comes_first() -> None:
    assert parse_date("3/4/2026") == date(2026, 4, 3)
    assert parse_date("1 Sept 2026") == date(2026, 9, 1)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("29/02/2027", "February 2027 has 28 days."),
        ("31 November 2026", "November 2026 has 30 days."),
        ("0/11/2026", "November 2026 has 30 days."),
        ("11/20/2026", "There is no month 20; the day comes first"),
        ("2026-00-20", "There is no month 0"),
        ("20/11/0226", "The year 0226 is not between 1900 and 2100."),
        ("20/11/20266", "Write the year with four digits"),
        ("20/11/26", "Write the year with four digits"),
        ("226-11-20", "Write the year with four digits"),
        ("20 Novembre 2026", "“Novembre” is not a month."),
        ("20 Sept 1899", "The year 1899 is not between"),
        ("1 Sep 2101", "The year 2101 is not between"),
        ("2026/11/20", "Write the date as day, month and year"),
        ("20/11-2026", "Write the date as day, month and year"),
        ("²0/11/2026", "Write the date as day, month and year"),
        ("tomorrow", "Write the date as day, month and year"),
        ("", "Write the date as day, month and year"),
    ],
)
def test_what_is_no_date_is_refused_with_the_reason(typed: str, sentence: str) -> None:
    with pytest.raises(ValueError) as refusal:  # noqa: PT011  the sentence is compared below
        parse_date(typed)
    assert str(refusal.value).startswith(sentence)
