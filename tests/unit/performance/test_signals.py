"""Which weeks make a chart of normal variation, where it begins anew, and what it says."""

from datetime import UTC, date, datetime, timedelta

import pytest

from app.performance.measures.rules import Cohort, Measure, Reading
from app.performance.signals.rules import (
    Value,
    caution,
    marks,
    refusal,
    say_signals,
    stretches,
    values_of,
    waits_of,
)

FRIDAY = date(2026, 7, 3)


def week(place: int, numerator: int, denominator: int, measure: Measure, amount: int | None = None):
    ends_on = FRIDAY + timedelta(weeks=place)
    read_at = datetime(2026, 12, 1, tzinfo=UTC)
    starts_on = ends_on - timedelta(6)
    counts = numerator, denominator, amount, 1, read_at
    return Reading(measure, 1, starts_on, ends_on, Cohort.ALL, *counts)


def a_value(place: int, value: float) -> Value:
    return Value(FRIDAY + timedelta(weeks=place), value, 20, 1)


def test_levels_that_carry_over_have_no_chart_but_shares_do() -> None:
    assert "burn-down" in refusal(Measure.OPEN, standing=True)
    assert refusal(Measure.SUPERVISED, standing=True) == ""
    assert refusal(Measure.CLEARED, standing=False) == ""


def test_weeks_with_five_events_on_the_average_stand_by_themselves() -> None:
    weeks = [week(0, 3, 4, Measure.CHILD_SEEN), week(1, 0, 0, Measure.CHILD_SEEN)]
    weeks.append(week(2, 6, 6, Measure.CHILD_SEEN))
    values, width = values_of(weeks, 10_000)
    assert ([one.value for one in values], width) == ([7_500, 10_000], 1)


def test_weeks_with_less_stand_two_by_two_from_the_last_one_back() -> None:
    weeks = [week(place, 2, 4, Measure.CHILD_SEEN) for place in (0, 1, 2, 4, 5)]
    values, width = values_of(weeks, 10_000)
    assert width == 2
    assert [(one.ends_on, one.events) for one in values] == [
        (FRIDAY + timedelta(weeks=place), 8) for place in (2, 5)
    ]
    counts, _ = values_of([week(place, 3, 3, Measure.CLEARED) for place in (0, 1, 3)], 100)
    assert [(one.value, one.events) for one in counts] == [(600, 6)]


def test_fortnights_with_less_than_five_and_few_medians_make_no_chart() -> None:
    assert values_of([week(place, 1, 2, Measure.CHILD_SEEN) for place in range(9)], 100)[0] == []
    few = [week(place, 4, 4, Measure.ASSESSMENT_DAYS, 30) for place in range(9)]
    assert values_of(few, 100) == ([], 2)
    assert values_of([], 100) == ([], 2)


def test_limits_begin_anew_at_a_change_with_seven_values_on_both_sides() -> None:
    low, high = [10.0, 12, 11, 10, 12, 11, 10], [50.0, 52, 51, 50, 52, 51, 50]
    values = [a_value(place, value) for place, value in enumerate(low + high)]
    changed = FRIDAY + timedelta(weeks=7)
    [before, after] = stretches(values, [changed - timedelta(2)], "higher")
    assert (len(before.values), len(after.values)) == (7, 7)
    assert after.limits.lower > before.limits.upper
    for day in (changed - timedelta(9), changed + timedelta(9)):
        [whole] = stretches(values, [day], "higher")
        assert len(whole.values) == 14
    assert stretches(values[:1], [], "higher") == []


@pytest.mark.parametrize(
    ("direction", "word"), [("higher", "Worse"), ("lower", "Better"), ("neither", "Signal")]
)
def test_signals_are_told_with_their_days_and_side(direction, word) -> None:
    numbers = [40.0, 42, 41, 43, 40, 42, 41, 43, 20, 42, 41, 43, 42, 41]
    values = [a_value(place, value) for place, value in enumerate(numbers)]
    found = stretches(values, [], direction)
    side = {"Worse": ", worse", "Better": ", better", "Signal": ""}[word]
    assert f"Outside the limits of chance: 28 Aug 2026{side}" in say_signals(found)
    assert marks(found)[date(2026, 8, 28)] == word


def test_values_of_one_signal_stand_together_and_worse_outweighs_better() -> None:
    values = [a_value(place, value) for place, value in enumerate([10.0, 10] * 5 + [30.0, 31] * 5)]
    found = stretches(values, [], "higher")
    said = say_signals(found)
    side = "Seven or more in a row on one side of the mean"
    assert f"{side}: 11 Sep 2026 to 13 Nov 2026, better" in said
    assert f"{side}: 3 Jul 2026 to 4 Sep 2026, worse" in said
    rising = [a_value(place, float(place)) for place in range(14)]
    assert marks(stretches(rising, [], "higher"))[FRIDAY] == "Worse"


def test_few_values_carry_a_caution() -> None:
    assert caution([a_value(place, 1) for place in range(12)]).startswith("Only 12 values")
    assert caution([a_value(place, 1) for place in range(13)]) == ""


def test_rare_events_stand_by_the_days_between_them_and_longer_is_better_where_fewer_are() -> None:
    days = [FRIDAY, FRIDAY, *(FRIDAY + timedelta(days=10 * place) for place in range(1, 12))]
    waits = waits_of([*days, days[-1] + timedelta(days=200)], 1)
    assert [one.value for one in waits[:2]] == [1_000, 1_000]
    assert len(waits) == 12
    for direction, word in (("lower", "Better"), ("higher", "Worse"), ("neither", "Signal")):
        found = stretches(waits, [], direction, waits=True)
        assert marks(found)[waits[-1].ends_on] == word
    assert waits_of([FRIDAY], 1) == []
