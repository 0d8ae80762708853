"""Intervals and limits that hold for small numbers."""

import pytest
from scipy.stats import binom

from app.planning.proportions import at_least, limit, wilson


@pytest.mark.parametrize(
    ("events", "trials", "low", "high"),
    [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (1, 1, 0.2065, 1.0)],
)
def test_wilsons_interval_is_that_of_the_tables(
    events: int, trials: int, low: float, high: float
) -> None:
    found = wilson(events, trials)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


@pytest.mark.parametrize(("events", "trials"), [(0, 0), (2, 1), (-1, 3)])
def test_there_is_no_proportion_without_trials(events: int, trials: int) -> None:
    with pytest.raises(ValueError, match="proportion"):
        wilson(events, trials)


def test_chances_are_counted_exactly() -> None:
    assert at_least(8, 10, 0.5) == pytest.approx(56 / 1024)
    assert at_least(2, 40, 0.01) == pytest.approx(1 - 0.99**40 - 40 * 0.01 * 0.99**39)
    assert (at_least(0, 10, 0.5), at_least(11, 10, 0.5)) == (1.0, 0.0)
    assert (at_least(1, 10, 0.0), at_least(10, 10, 1.0)) == (0.0, 1.0)


def test_chances_of_many_trials_are_those_of_scipy() -> None:
    for trials, share in ((3, 0.5), (40, 0.07), (900, 0.3), (40_000, 0.002)):
        for events in {1, trials // 9, int(trials * share), int(trials * share) + 1, trials}:
            expected = binom.sf(events - 1, trials, share)
            assert at_least(events, trials, share) == pytest.approx(expected, rel=1e-9, abs=1e-300)


def test_a_limit_is_the_last_number_that_is_no_surprise() -> None:
    assert limit(10, 0.5, 0.025) == 8
    assert limit(10, 0.0, 0.025) == 0
    assert limit(10, 1.0, 0.025) == 10
    for trials in (5, 60, 2_000):
        most = limit(trials, 0.07, 0.001)
        assert at_least(most + 1, trials, 0.07) < 0.001
        assert most == 0 or at_least(most, trials, 0.07) >= 0.001 or most == int(trials * 0.07)
