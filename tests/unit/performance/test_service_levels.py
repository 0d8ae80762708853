"""Service levels: the line they ask for, where a lot is heading, and what cannot be agreed."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.errors import Invalid
from app.performance.measures.rules import Measure
from app.performance.service_levels.rules import (
    Rag,
    Terms,
    check,
    check_apart,
    direction_of,
    exact_words,
    expected,
    heading,
    rag,
    say_credit,
    say_thresholds,
    threshold,
    tolerance_words,
    words_of,
)

STARTS, ENDS = date(2026, 11, 2), date(2027, 4, 30)
FRIDAY = date(2026, 11, 20)
LINE = Terms("2.1", STARTS, STARTS + timedelta(100), 7_000, 9_000, 500)


def words(kept: float) -> str:
    return words_of(Measure.TIMELINESS, kept)


def weeks(*values: float) -> list[tuple[date, float]]:
    return [(FRIDAY + timedelta(weeks=place), value) for place, value in enumerate(values)]


def test_what_is_asked_for_lies_on_a_straight_line_and_stays_at_its_ends() -> None:
    days = (-9, 0, 25, 100, 300)
    asked = [expected(LINE, STARTS + timedelta(day)) for day in days]
    assert asked == [7_000, 7_000, 7_500, 9_000, 9_000]
    assert expected(replace(LINE, ends_on=STARTS), STARTS) == 9_000
    assert threshold(LINE, "higher", ENDS) == 8_500
    assert threshold(LINE, "lower", ENDS) == 9_500


@pytest.mark.parametrize(
    ("value", "higher", "lower"),
    [
        (9_000, Rag.GREEN, Rag.GREEN),
        (8_999.6, Rag.GREEN, Rag.GREEN),
        (8_700, Rag.AMBER, Rag.GREEN),
        (8_499, Rag.RED, Rag.GREEN),
        (9_400, Rag.GREEN, Rag.AMBER),
        (9_501, Rag.GREEN, Rag.RED),
        (None, Rag.NONE, Rag.NONE),
    ],
)
def test_the_colour_follows_from_the_target_and_its_tolerance(value, higher, lower) -> None:
    assert rag(LINE, "higher", value, ENDS) is higher
    assert rag(LINE, "lower", value, ENDS) is lower
    assert {one.tone for one in (higher, lower)} <= {"good", "warn", "bad", "plain"}


def test_weeks_that_clearly_rise_or_fall_are_carried_on_by_their_middle_slope() -> None:
    to = FRIDAY + timedelta(weeks=10)
    straight = heading(weeks(50, 52, 54, 56), to, most=100)
    assert straight is not None
    assert (round(straight.value, 6), straight.weeks, straight.clear) == (70, 4, True)
    leap = heading(weeks(50, 52, 54, 99, 58, 60, 62, 64), to, most=100)
    assert leap is not None
    assert leap.clear
    assert leap.value == pytest.approx(70, abs=1)
    falling = heading(weeks(80, 70, 60, 50, 40), to, most=100)
    assert falling is not None
    assert falling.value == 0


def test_weeks_without_a_clear_trend_are_taken_as_level() -> None:
    to = FRIDAY + timedelta(weeks=30)
    for values, level in (((50, 52, 99, 56, 58), 56), ((80, 90, 80, 90, 80, 90, 80, 90), 85)):
        found = heading(weeks(*values), to, most=100)
        assert found is not None
        assert (found.value, found.clear) == (level, False)
    late = heading(weeks(*[0] * 8, *[40] * 8), to, most=100)
    assert late is not None
    assert (late.value, late.weeks) == (40, 8)


def test_too_few_weeks_are_taken_as_they_are_and_none_says_nothing() -> None:
    assert heading([], ENDS, most=100) is None
    assert heading(weeks(10, 30), FRIDAY - timedelta(1), most=100) is None
    few = heading(weeks(10, 30, 50), ENDS, most=100)
    assert few is not None
    assert (few.value, few.weeks) == (50, 3)
    over = heading(weeks(10, 30, 50, 70), FRIDAY + timedelta(8), most=100)
    assert over is not None
    assert (over.value, over.weeks) == (30, 2)


@given(st.lists(st.integers(0, 100), min_size=1, max_size=20), st.integers(0, 60))
def test_no_heading_leaves_what_is_possible(values: list[int], ahead: int) -> None:
    to = FRIDAY + timedelta(weeks=len(values) + ahead)
    found = heading(weeks(*values), to, most=100)
    assert found is not None
    assert 0 <= found.value <= 100


def test_thresholds_tolerance_and_credit_are_told_in_words() -> None:
    level = replace(LINE, ends_on=ENDS)
    assert say_thresholds(level, "higher", words) == (
        "Green: at least 90.0% on 30 Apr 2027. Amber: at least 85.0%. Red: below that."
    )
    assert say_thresholds(replace(level, tolerance=0), "lower", words) == (
        "Green: at most 90.0% on 30 Apr 2027. Red: above it; there is no tolerance."
    )
    assert tolerance_words(Measure.TIMELINESS, 250) == "2.5 points"
    assert tolerance_words(Measure.OVERDUE, 300) == "3 cases"
    assert words_of(Measure.ASSESSMENT_DAYS, 3_350) == "33.5"
    exact = [exact_words(Measure.ASSESSMENT_DAYS, kept) for kept in (3_300, 3_350, 3_355)]
    assert exact == ["33", "33.5", "33.55"]
    shares = [exact_words(Measure.TIMELINESS, kept) for kept in (9_000, 8_725, 8_996.0)]
    assert shares == ["90.0%", "87.25%", "89.96%"]
    assert say_credit(LINE) == "No service credit"
    fixed = replace(LINE, credit_pence=50_000, cap_pence=200_000)
    assert say_credit(fixed) == "£500.00 a failure, at most £2,000.00 in twelve months"
    share = replace(fixed, credit_pence=0, credit_per_mille=15, charge_pence=4_000_000)
    assert say_credit(share).startswith("1.5% of £40,000.00 a failure")


def test_a_measure_moves_up_down_or_either_way() -> None:
    found = [direction_of(one) for one in (Measure.DURATION, Measure.OVERDUE, Measure.FLAGS)]
    assert found == ["higher", "lower", "neither"]


@pytest.mark.parametrize(
    ("measure", "changes", "field"),
    [
        (Measure.FLAGS, {}, "measure"),
        (Measure.DURATION, {"from_value": 10_001}, "from_value"),
        (Measure.DURATION, {"to_value": 10_001}, "to_value"),
        (Measure.OVERDUE, {"to_value": 10_000_001}, "to_value"),
        (Measure.DURATION, {"tolerance": 7_001}, "tolerance"),
        (Measure.OVERDUE, {"tolerance": 9_001}, "tolerance"),
        (Measure.DURATION, {"starts_on": STARTS - timedelta(1)}, "starts_on"),
        (Measure.DURATION, {"ends_on": ENDS + timedelta(1)}, "ends_on"),
        (Measure.DURATION, {"ends_on": STARTS}, "ends_on"),
        (Measure.DURATION, {"credit_pence": -1}, "credit_pence"),
        (Measure.DURATION, {"charge_pence": 100_000_001}, "charge_pence"),
        (Measure.DURATION, {"credit_per_mille": 1_001}, "credit_per_mille"),
        (Measure.DURATION, {"credit_per_mille": 5, "credit_pence": 5}, "credit_per_mille"),
        (Measure.DURATION, {"credit_per_mille": 5}, "charge_pence"),
        (Measure.DURATION, {"credit_pence": 5}, "cap_pence"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_its_field(
    measure: Measure, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Invalid) as fault:
        check(replace(LINE, **changes), measure, (STARTS, ENDS))
    assert fault.value.field == field


def test_sound_terms_pass_and_periods_stand_apart() -> None:
    check(LINE, Measure.DURATION, (STARTS, ENDS))
    credit = {"credit_per_mille": 5, "charge_pence": 9, "cap_pence": 9}
    check(replace(LINE, **credit), Measure.OVERDUE, (STARTS, ENDS))
    before = STARTS - timedelta(40), STARTS - timedelta(1)
    after = LINE.ends_on + timedelta(1), ENDS
    check_apart(LINE, [before, after])
    for met in ((before[0], STARTS), (LINE.ends_on, ENDS)):
        with pytest.raises(Invalid, match="Another service level"):
            check_apart(LINE, [before, met])
