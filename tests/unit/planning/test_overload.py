"""How likely a week is over: small cases worked by hand, and what holds of every case."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.planning.overload import Coming, overload_probability, ready_paths
from app.planning.smoothing import Item, Worth, smooth_handovers, worth

WEEKS = 3
numbers = st.integers(0, WEEKS - 1)


def test_children_who_are_ready_come_in_the_week_planned() -> None:
    coming = [Coming(0, None), Coming(0, None), Coming(1, None)]
    ready = ready_paths(coming, [9], WEEKS, paths=5)
    assert ready == [[0, 0, 0]] * 5
    likely = overload_probability([one.week for one in coming], ready, [1, 1, 1])
    assert likely.over == (1.0, 0.0, 0.0)
    assert likely.high == (2, 1, 0)


def test_each_path_is_counted_and_one_who_never_comes_is_nowhere() -> None:
    ready = [[0, 0], [0, 1], [2, 1], [3, 0]]
    likely = overload_probability([0, 0], ready, [1, 0, 5])
    assert likely.over == (0.25, 0.5, 0.0)
    assert likely.high == (2, 1, 1)
    assert overload_probability([], [[], []], [0, 1]).over == (0.0, 0.0)


def test_a_child_takes_no_less_time_than_it_has_waited_already() -> None:
    took = [0, 1, 2, 4]
    drawn = {week for [week] in ready_paths([Coming(0, 2)], took, WEEKS)}
    assert drawn == {0, 2}
    assert {week for [week] in ready_paths([Coming(0, 5)], took, WEEKS)} == {0}
    maybe = [week for [week] in ready_paths([Coming(0, None, 0.25)], took, WEEKS)]
    assert set(maybe) == {0, WEEKS}
    assert maybe.count(0) / len(maybe) == pytest.approx(0.25, abs=0.07)


@given(st.lists(st.tuples(numbers, numbers), max_size=8), st.lists(numbers, min_size=3, max_size=3))
@settings(max_examples=40, deadline=None)
def test_more_room_never_makes_a_week_more_likely_to_be_over(
    coming: list[tuple[int, int]], room: list[int]
) -> None:
    planned, children = [week for week, _ in coming], [Coming(*one) for one in coming]
    ready = ready_paths(children, [0, 1, 2], WEEKS, paths=40)
    assert ready == ready_paths(children, [0, 1, 2], WEEKS, paths=40)
    less = overload_probability(planned, ready, room).over
    more = overload_probability(planned, ready, [one + 1 for one in room]).over
    assert all(after <= before for before, after in zip(less, more, strict=True))


def test_a_plan_is_worth_what_is_over_late_and_waited() -> None:
    items = [Item(key, 0, 1) for key in range(4)]
    tight, wide = (smooth_handovers(items, {0: [offered] * 4}) for offered in (1, 2))
    assert worth(items, tight) == Worth(over=0, late=2, waited=6, last=3)
    assert worth(items, wide) == Worth(over=0, late=0, waited=2, last=1)
    assert worth([], smooth_handovers([], {0: [1]})) == Worth(0, 0, 0, 0)
