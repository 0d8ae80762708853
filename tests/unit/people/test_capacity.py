"""How many hours and points a worker has."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from app.kernel.calendar import Counting, WorkingCalendar, england_and_wales
from app.kernel.errors import Invalid
from app.people.capacity.rules import (
    Hours,
    Reason,
    Reduced,
    available_points,
    away_on,
    check_reduction,
    minutes_in_week,
    new_cases_a_week,
    normal_points,
    points_in_week,
    ramp_week,
)
from app.people.points.rules import STANDARD

CALENDAR: WorkingCalendar = england_and_wales(Counting.DAY_ZERO, frozenset())
# A Friday, and somebody who started long before it.
FRIDAY = date(2026, 11, 20)
FULL = Hours(date(2026, 6, 1), None, 37 * 60, "12345")
LEAVE = Reduced(Reason.LEAVE, date(2026, 11, 16), date(2026, 11, 17))


def minutes(hours: Hours, *reduced: Reduced, friday: date = FRIDAY) -> int:
    return minutes_in_week(hours, reduced, friday, CALENDAR)


def test_a_full_week_is_the_contracted_hours() -> None:
    assert minutes(FULL) == 37 * 60


def test_days_of_leave_take_their_share() -> None:
    assert minutes(FULL, LEAVE) == 37 * 60 * 3 // 5


def test_part_timers_lose_only_the_days_they_work() -> None:
    part_time = replace(FULL, weekly_minutes=22 * 60, weekdays="345")
    assert minutes(part_time, LEAVE) == 22 * 60


def test_a_bank_holiday_is_not_worked() -> None:
    assert minutes(FULL, friday=date(2026, 12, 25)) == 37 * 60 * 4 // 5


def test_a_reduction_counts_for_the_days_it_covers_and_never_below_nothing() -> None:
    duty = Reduced(Reason.DUTY, date(2026, 11, 18), date(2026, 12, 31), 5 * 60)
    assert minutes(FULL, duty) == (5 * 37 * 60 - 3 * 5 * 60) // 5
    most = replace(duty, minutes_a_week=37 * 60)
    assert minutes(FULL, most, replace(most, reason=Reason.COURT)) == 2 * 37 * 60 // 5
    assert minutes(FULL, duty, LEAVE) == 3 * (37 * 60 - 5 * 60) // 5


def test_nobody_works_before_they_start_or_after_they_leave() -> None:
    assert minutes(replace(FULL, starts_on=date(2026, 11, 19))) == 2 * 37 * 60 // 5
    assert minutes(replace(FULL, ends_on=date(2026, 11, 16))) == 37 * 60 // 5
    assert minutes(replace(FULL, ends_on=date(2026, 11, 13))) == 0


def test_points_follow_the_hours_of_four_weeks() -> None:
    assert available_points(FULL, [], FRIDAY, CALENDAR, STANDARD) == 100
    week = Reduced(Reason.LEAVE, date(2026, 11, 23), date(2026, 11, 27))
    assert available_points(FULL, [week], FRIDAY, CALENDAR, STANDARD) == 75
    leaver = replace(FULL, ends_on=date(2026, 11, 27))
    assert available_points(leaver, [], FRIDAY, CALENDAR, STANDARD) == 50


def test_a_first_year_has_its_share() -> None:
    assert available_points(replace(FULL, asye=True), [], FRIDAY, CALENDAR, STANDARD) == 90


@pytest.mark.parametrize(
    ("weeks", "week", "points"), [(-1, 0, 0), (0, 1, 25), (2, 3, 75), (9, 4, 100)]
)
def test_a_new_worker_rises_to_a_full_load(weeks: int, week: int, points: int) -> None:
    begun = replace(FULL, starts_on=date(2026, 11, 16) - timedelta(weeks=weeks))
    assert ramp_week(begun, FRIDAY, STANDARD) == week
    assert points_in_week(begun, 37 * 60, FRIDAY, STANDARD) == points


def test_fewer_hours_mean_fewer_points_and_new_cases() -> None:
    part_time = replace(FULL, weekly_minutes=22 * 60)
    assert (normal_points(FULL, STANDARD), normal_points(part_time, STANDARD)) == (100, 59)
    assert new_cases_a_week(FULL, STANDARD) == 5
    assert new_cases_a_week(part_time, STANDARD) == 3


def test_the_longest_absence_of_a_day_is_the_one_that_is_told() -> None:
    longer = replace(LEAVE, ends_on=date(2026, 11, 30))
    assert away_on([LEAVE, longer], date(2026, 11, 16)) == longer
    assert away_on([replace(LEAVE, minutes_a_week=60)], date(2026, 11, 16)) is None
    assert away_on([LEAVE], FRIDAY) is None


@pytest.mark.parametrize(
    ("asked", "field", "sentence"),
    [
        (replace(LEAVE, ends_on=date(2026, 11, 13)), "ends_on", "before the first day"),
        (replace(LEAVE, starts_on=date(2026, 5, 29)), "starts_on", "not all within"),
        (replace(LEAVE, minutes_a_week=0), "minutes_a_week", "more than 0"),
        (replace(LEAVE, minutes_a_week=40 * 60), "minutes_a_week", "the contracted hours"),
        (replace(LEAVE, starts_on=date(2026, 11, 17)), "starts_on", "16 Nov 2026 to 17 Nov 2026"),
    ],
)
def test_time_off_that_cannot_be_meant_is_refused(
    asked: Reduced, field: str, sentence: str
) -> None:
    with pytest.raises(Invalid, match=sentence) as fault:
        check_reduction(asked, FULL, [LEAVE])
    assert fault.value.field == field


def test_time_off_may_stand_beside_other_time_off() -> None:
    hours = replace(LEAVE, minutes_a_week=120)
    check_reduction(hours, FULL, [LEAVE])
    check_reduction(LEAVE, FULL, [hours, replace(LEAVE, starts_on=FRIDAY, ends_on=FRIDAY)])
    before = replace(LEAVE, starts_on=date(2026, 11, 2), ends_on=date(2026, 11, 3))
    check_reduction(LEAVE, replace(FULL, ends_on=FRIDAY), [before])


def test_every_reason_has_its_words() -> None:
    assert all(reason.label for reason in Reason)
