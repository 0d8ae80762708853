"""What holds for every clock and every way of sharing it out."""

from datetime import date, timedelta
from itertools import pairwise
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.kernel.calendar import Counting, england_and_wales
from app.kernel.clock import (
    AssessmentType,
    Clock,
    ClockRule,
    Held,
    Holder,
    StartEvent,
    ageing_band,
    tile,
    time_by_holder,
)
from app.kernel.errors import Refused

days = st.dates(date(2024, 1, 1), date(2027, 12, 31))


@st.composite
def tilings(draw: st.DrawFn) -> list[Held]:
    cuts = sorted(draw(st.lists(days, min_size=2, max_size=8, unique=True)))
    return [Held(draw(st.sampled_from(Holder)), since, until) for since, until in pairwise(cuts)]


@st.composite
def clocks(draw: st.DrawFn) -> Clock:
    start = draw(days)
    stop = draw(st.none() | st.integers(0, 200).map(lambda n: start + timedelta(days=n)))
    rule = ClockRule(AssessmentType.CORE, StartEvent.RECEIVED, draw(st.integers(1, 60)))
    return Clock(rule, start, england_and_wales(draw(st.sampled_from(Counting))), stop)


@given(tilings(), st.sampled_from(Counting), st.randoms(use_true_random=False))
def test_tiles_sum_to_the_time_elapsed(
    tiling: list[Held], counting: Counting, chance: Random
) -> None:
    start, end = tiling[0].since, tiling[-1].until
    calendar = england_and_wales(counting)
    ordered = tile(chance.sample(tiling, len(tiling)), start, end)
    assert sum(time_by_holder(ordered, calendar).values()) == calendar.days_between(start, end)


@given(tilings(), st.data())
def test_leaving_one_tile_out_or_laying_it_twice_is_refused(
    tiling: list[Held], data: st.DataObject
) -> None:
    start, end = tiling[0].since, tiling[-1].until
    chosen = data.draw(st.sampled_from(tiling))
    for spoilt in ([held for held in tiling if held is not chosen], [*tiling, chosen]):
        with pytest.raises(Refused):
            tile(spoilt, start, end)


@given(clocks(), days)
def test_used_and_left_make_up_the_limit_and_used_has_a_band(clock: Clock, today: date) -> None:
    reading = clock.reading(today)
    assert reading.used + reading.left == clock.rule.limit_working_days
    assert ageing_band(reading.used).shortest <= reading.used


@given(clocks(), days, st.integers(1, 60))
def test_a_clock_never_runs_backwards(clock: Clock, today: date, later: int) -> None:
    assert clock.used(today) <= clock.used(today + timedelta(days=later))


@given(clocks(), days)
def test_more_than_the_limit_used_means_overdue_or_run_over(clock: Clock, today: date) -> None:
    if clock.left(today) < 0:
        assert clock.is_overdue(today) != clock.ran_over(today)
    if clock.is_overdue(today):
        assert today > clock.due_on
        assert clock.left(today) <= 0
