"""Limits of XmR charts against a published example, and their signals against counting."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng

from app.planning.variation_charts import ENOUGH, Limits, Signal, assurance, between, signals, xmr

# One leap among values that otherwise go up and down by one.
LEAP = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]
EVEN = Limits(10, 4, 16)


def test_limits_of_the_published_example_with_and_without_its_leap() -> None:
    screened, plain = xmr(LEAP), xmr(LEAP, screen=False)
    assert screened is not None
    assert plain is not None
    assert (screened.mean, screened.lower, screened.upper) == pytest.approx(
        (1.94, -0.72, 4.60), abs=0.005
    )
    assert (plain.mean, plain.lower, plain.upper) == pytest.approx((1.94, -3.06, 6.95), abs=0.005)
    outside = [one for one in signals(LEAP, screened, "lower") if one.rule == "outside"]
    assert outside == [Signal("outside", 4, better=False)]


def test_limits_need_two_values_and_may_rest_on_the_first_ones_alone() -> None:
    assert xmr([]) is None
    assert xmr([3]) is None
    assert xmr([3, 5, 40, 90], baseline=1) is None
    assert xmr([3, 5, 40, 90], baseline=2) == xmr([3, 5])
    assert xmr([3, 3, 3, 3]) == Limits(3, 3, 3)
    leap = xmr([0, 0, 0, 0, 9])
    assert leap is not None
    assert leap.lower == leap.upper == pytest.approx(1.8)


@pytest.mark.parametrize(
    ("values", "rule", "places"),
    [
        ([11] * 7, "side", range(7)),
        ([9, 11, 11, 11, 11, 11, 11, 11, 11, 10], "side", range(1, 9)),
        ([11] * 6 + [10] + [11] * 6, "side", ()),
        ([7, 8, 9, 10, 11, 12, 13], "trend", range(7)),
        ([13, 12, 11, 10, 9, 8, 7, 6, 9], "trend", range(8)),
        ([7, 8, 9, 10, 10, 11, 12, 13], "trend", ()),
        ([14.5, 10, 14.5], "third", (0, 2)),
        ([14.5, 10, 5.5], "third", ()),
        ([5.5, 5.5, 10], "third", (0, 1)),
        ([14.0, 14.0, 10], "third", ()),
        ([16.5, 3.5, 16.0], "outside", (0, 1)),
    ],
)
def test_each_rule_marks_its_values_and_no_others(values, rule, places) -> None:
    found = [one.index for one in signals(values, EVEN) if one.rule == rule]
    assert found == list(places)


def test_a_signal_is_better_or_worse_by_the_side_that_is_good() -> None:
    for direction, better in (("higher", True), ("lower", False), ("neither", None)):
        assert {one.better for one in signals([11] * 7, EVEN, direction)} == {better}
    assert {one.better for one in signals([9] * 7, EVEN, "higher")} == {False}


def test_a_target_is_met_always_never_or_by_luck() -> None:
    for target, verdict in ((4, "pass"), (4.1, "inconsistent"), (16, "inconsistent"), (17, "fail")):
        assert assurance(target, EVEN, "higher") == verdict
    for target, verdict in ((16, "pass"), (15, "inconsistent"), (4, "inconsistent"), (3, "fail")):
        assert assurance(target, EVEN, "lower") == verdict
    with pytest.raises(ValueError, match="better side"):
        assurance(10, EVEN, "neither")


def test_half_a_year_in_which_nothing_changed_shows_a_signal_in_about_a_fifth_of_charts() -> None:
    random = default_rng(20261122)
    false = 0
    for weeks in random.poisson(25, (1200, 2 * ENOUGH)).tolist():
        limits = xmr(weeks)
        assert limits is not None
        false += bool(signals(weeks, limits))
    assert 0.18 <= false / 1200 <= 0.27


@given(st.lists(st.integers(0, 40), min_size=2, max_size=40), st.integers(1, 9))
def test_counting_upside_down_turns_every_signal_and_keeps_its_place(
    values: list[int], scale: int
) -> None:
    limits, mirrored = xmr(values), xmr([-scale * one for one in values])
    assert limits is not None
    assert mirrored is not None
    assert mirrored.mean == pytest.approx(-scale * limits.mean)
    up = {(one.rule, one.index) for one in signals(values, EVEN, "higher") if one.better}
    turned = Limits(-10, -16, -4)
    down = signals([-one for one in values], turned, "higher")
    assert {(one.rule, one.index) for one in down if not one.better} == up


def test_times_between_rare_events_have_limits_in_times_of_their_evened_powers() -> None:
    waits = [float(wait) for wait in (4, 9, 2, 14, 6, 1, 11, 5, 8, 3, 7, 12, 400)]
    judged = between(waits, "higher")
    assert judged is not None
    limits, found = judged
    even = xmr([wait ** (1 / 3.6) for wait in waits])
    assert even is not None
    assert limits.upper == pytest.approx(even.upper**3.6)
    assert limits.lower == pytest.approx(max(even.lower, 0) ** 3.6)
    assert (limits.lower > 0) is (even.lower > 0)
    assert limits.mean < sum(waits) / len(waits)
    assert Signal("outside", 12, better=True) in found
    assert between([3.0]) is None


def test_times_between_events_of_chance_seldom_lie_outside_their_limits() -> None:
    """Plain limits would call one long wait in fifty a signal; these one in some hundreds."""
    random, outside, plainly = default_rng(7), 0, 0
    for _ in range(400):
        waits = random.exponential(10, 26).tolist()
        judged, plain = between(waits), xmr(waits)
        assert judged is not None
        assert plain is not None
        outside += sum(1 for one in judged[1] if one.rule == "outside")
        plainly += sum(1 for one in signals(waits, plain) if one.rule == "outside")
    assert outside < 0.006 * 400 * 26 < plainly
