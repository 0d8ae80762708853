"""Planned curves and the line the present rate draws."""

from datetime import date

import pytest

from app.kernel.errors import Refused
from app.planning.clearance import (
    PlannedWeek,
    at_present_rate,
    of_lots,
    planned_on,
    s_curve,
)

MONDAY = date(2026, 11, 2)
AS_AT = date(2026, 11, 20)


def test_a_straight_line_clears_the_same_number_each_full_week() -> None:
    assert s_curve(40, MONDAY, date(2026, 11, 27), ramp_weeks=0) == (
        PlannedWeek(date(2026, 11, 6), 10, 30),
        PlannedWeek(date(2026, 11, 13), 10, 20),
        PlannedWeek(date(2026, 11, 20), 10, 10),
        PlannedWeek(date(2026, 11, 27), 10, 0),
    )


def test_part_weeks_at_either_end_carry_their_share_of_weekdays() -> None:
    plan = s_curve(20, date(2026, 11, 4), date(2026, 11, 17), ramp_weeks=0)
    assert [week.cleared for week in plan] == [6, 10, 4]


def test_whole_cases_are_rounded_so_that_the_plan_never_runs_ahead() -> None:
    plan = s_curve(10, MONDAY, date(2026, 11, 20), ramp_weeks=0)
    assert [week.still_open for week in plan] == [7, 4, 0]


def test_a_plan_within_one_week_has_one_week() -> None:
    plan = s_curve(3, MONDAY, date(2026, 11, 3), ramp_weeks=0)
    assert plan == (PlannedWeek(date(2026, 11, 6), 3, 0),)


def test_weekends_at_the_edges_add_no_empty_week() -> None:
    plan = s_curve(10, date(2026, 10, 31), date(2026, 11, 14), ramp_weeks=0)
    assert [week.week_ending for week in plan] == [date(2026, 11, 6), date(2026, 11, 13)]


def test_an_empty_backlog_has_a_plan_of_noughts() -> None:
    assert {week.still_open for week in s_curve(0, MONDAY, AS_AT, ramp_weeks=0)} == {0}


def test_an_s_curve_rises_holds_and_falls() -> None:
    plan = s_curve(120, MONDAY, date(2026, 12, 11), ramp_weeks=2)
    assert [week.cleared for week in plan] == [10, 20, 30, 30, 20, 10]


def test_a_ramp_longer_than_the_plan_becomes_a_peak() -> None:
    plan = s_curve(90, MONDAY, date(2026, 12, 4), ramp_weeks=20)
    assert [week.cleared for week in plan] == [10, 20, 30, 20, 10]


@pytest.mark.parametrize(
    ("start", "end"),
    [(AS_AT, MONDAY), (date(2026, 11, 21), date(2026, 11, 22)), (AS_AT, date(2026, 11, 19))],
)
def test_a_plan_without_a_weekday_is_refused(start: date, end: date) -> None:
    with pytest.raises(Refused, match="at least one weekday"):
        s_curve(10, start, end, ramp_weeks=0)


@pytest.mark.parametrize(("opening", "ramp_weeks"), [(-1, 0), (1, -1)])
def test_a_plan_has_no_negative_numbers(opening: int, ramp_weeks: int) -> None:
    with pytest.raises(ValueError, match="no negative"):
        s_curve(opening, MONDAY, AS_AT, ramp_weeks)


def test_the_present_rate_is_net_of_what_is_received() -> None:
    rate = at_present_rate([99, 10, 12, 8, 10, 11, 9], 31, [0, 2, 2, 2, 2, 2, 2], as_at=AS_AT)
    assert (rate.weeks, rate.cleared, rate.received, rate.weeks_left) == (6, 60, 12, 4)
    assert rate.ends_on == date(2026, 12, 18)
    assert rate.why == (
        "60 cleared and 12 received in the last 6 weeks:"
        " at this rate the last case clears in the week ending 18 Dec 2026."
    )


def test_fewer_weeks_than_asked_for_are_counted_as_they_are() -> None:
    rate = at_present_rate([5], 12, [0], as_at=AS_AT)
    assert (rate.weeks, rate.weeks_left, rate.ends_on) == (1, 3, date(2026, 12, 11))
    assert rate.why.startswith("5 cleared and 0 received in the last week:")


@pytest.mark.parametrize(("cleared", "received"), [([3, 3], [3, 3]), ([0, 0], [0, 0]), ([1], [9])])
def test_a_rate_that_does_not_clear_has_no_end(cleared: list[int], received: list[int]) -> None:
    rate = at_present_rate(cleared, 50, received, as_at=AS_AT)
    assert (rate.weeks_left, rate.ends_on) == (None, None)
    assert rate.why.endswith("at this rate the backlog does not clear.")


def test_an_end_further_off_than_twenty_years_is_not_dated() -> None:
    rate = at_present_rate([1], 1_041, [0], as_at=AS_AT)
    assert (rate.weeks_left, rate.ends_on) == (None, None)
    assert rate.why.endswith("at this rate clearing takes more than 20 years.")
    assert at_present_rate([1], 1_040, [0], as_at=AS_AT).weeks_left == 1_040


def test_before_the_first_full_week_there_is_no_rate() -> None:
    rate = at_present_rate([], 50, [], as_at=AS_AT)
    assert (rate.ends_on, rate.why) == (None, "No full week has been counted yet.")


@pytest.mark.parametrize("cleared", [[], [3]])
def test_nothing_left_ends_now(cleared: list[int]) -> None:
    rate = at_present_rate(cleared, 0, cleared, as_at=AS_AT)
    assert (rate.weeks_left, rate.ends_on, rate.why) == (0, AS_AT, "Nothing is left to clear.")


@pytest.mark.parametrize(("received", "weeks"), [([1], 6), ([1, 1], 0)])
def test_weeks_that_do_not_match_are_a_mistake(received: list[int], weeks: int) -> None:
    with pytest.raises(ValueError, match="as many weeks received"):
        at_present_rate([1, 1], 5, received, as_at=AS_AT, weeks=weeks)


def test_the_plan_of_a_day_lies_between_its_week_endings_and_never_ahead() -> None:
    curve = s_curve(100, date(2026, 11, 2), date(2026, 11, 13), ramp_weeks=0)
    days = [date(2026, 11, day) for day in (1, 2, 4, 6, 8, 13, 30)]
    planned = [planned_on(100, date(2026, 11, 2), curve, day) for day in days]
    assert planned == [100, 100, 75, 50, 36, 0, 0]


def test_several_lots_end_when_the_last_of_them_does_each_at_its_own_rate() -> None:
    soon = at_present_rate([10, 10], 20, [0, 0], as_at=AS_AT)
    late = at_present_rate([2, 2], 20, [1, 1], as_at=AS_AT)
    both = of_lots({"Moor": soon, "Fell": late})
    assert (both.weeks, both.cleared, both.received) == (2, 24, 2)
    assert (both.weeks_left, both.ends_on) == (20, late.ends_on)
    assert both.why == (
        "24 cleared and 2 received in the last 2 weeks. Each lot at its own rate, the last lot,"
        " Fell, clears in the week ending 9 Apr 2027."
    )
    assert of_lots({"Fell": late}) is late


def test_several_lots_have_no_end_while_one_of_them_has_none() -> None:
    soon = at_present_rate([10], 20, [0], as_at=AS_AT)
    never = at_present_rate([1], 20, [2], as_at=AS_AT)
    both = of_lots({"Moor": soon, "Fell": never})
    assert (both.weeks_left, both.ends_on) == (None, None)
    assert "there is no end, because of Fell. Fell: 1 cleared and 2 received" in both.why


def test_lots_that_are_clear_or_not_counted_yet_say_so_together() -> None:
    clear = at_present_rate([3], 0, [3], as_at=AS_AT)
    uncounted = at_present_rate([], 5, [], as_at=AS_AT)
    assert of_lots({"Moor": clear, "Fell": clear}).why == "Nothing is left to clear."
    both = of_lots({"Moor": uncounted, "Fell": uncounted})
    assert both.why == "No full week has been counted yet."
    with pytest.raises(ValueError, match="without a lot"):
        of_lots({})
