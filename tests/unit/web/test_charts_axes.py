"""Ticks, levels and figures that charts are built on."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.web.charts import Point
from app.web.charts.axes import amounts, days
from app.web.charts.chart import between, level_at, pounds, short

START = date(2026, 7, 24)


@given(st.integers(0, 10**12), st.sampled_from([1, 100]))
def test_amount_ticks_are_even_few_and_reach_the_most(most: int, unit: int) -> None:
    ticks = amounts(most, unit=unit)
    assert ticks[0] == 0
    assert ticks[-1] >= most
    assert 2 <= len(ticks) <= 6
    assert {after - before for before, after in pairwise(ticks)} == {ticks[1]}
    assert ticks[1] % unit == 0


@given(st.dates(date(2010, 1, 1), date(2035, 1, 1)), st.integers(0, 4000), st.integers(180, 650))
def test_day_ticks_stand_within_their_span_and_have_room(first: date, span: int, room: int) -> None:
    last = first + timedelta(span)
    ticks = days(first, last, room)
    assert all(first <= on <= last for on, _ in ticks)
    assert len(ticks) * 50 <= room + 60


def test_levels_hold_until_the_next_and_plans_run_straight() -> None:
    points = [Point(START, 10), Point(START + timedelta(10), 20)]
    assert level_at(points, START - timedelta(1)) is None
    assert level_at(points, START + timedelta(9)) == 10
    assert between(points, START - timedelta(1)) is None
    assert between(points, START + timedelta(5)) == 15
    assert between(points, START + timedelta(10)) == 20
    assert between(points, START + timedelta(11)) is None


@pytest.mark.parametrize(
    ("pence", "said"),
    [
        (0, "£0"),
        (95_000, "£950"),
        (2_410_000, "£24.1k"),
        (24_000_000, "£240k"),
        (99_960_000, "£1m"),
        (125_000_000, "£1.25m"),
        (-1_200_000, "−£12k"),
    ],
)
def test_money_is_short_enough_to_read_at_a_glance(pence: int, said: str) -> None:
    assert pounds(pence) == said


@pytest.mark.parametrize(
    ("count", "said"),
    [(0, "0"), (1200, "1,200"), (120_000, "120k"), (1_200_000, "1.2m"), (2_000_000, "2m")],
)
def test_large_counts_are_shortened_on_axes(count: int, said: str) -> None:
    assert short(count) == said
