"""Smoothing handovers: reference instances, and small ones against every possible plan."""

from itertools import product
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linear_sum_assignment

from app.planning.smoothing import (
    URGENT,
    Item,
    Shortfall,
    min_constant_intake,
    overload,
    shortfalls,
    smooth_handovers,
)

WEEKS = 4


def costs(
    items: list[Item], weeks: dict[int, int], intake: dict[int, list[int]]
) -> tuple[int, int]:
    """Children over an intake, which nothing outweighs, and what waiting and lateness come to."""
    over = sum(overload(items, weeks, intake).values())
    return over, sum(item.cost(weeks[item.key]) for item in items)


@st.composite
def families(draw: st.DrawFn, children: int = 3, most: int = 5) -> list[Item]:
    found = []
    for key in range(draw(st.integers(0, most))):
        ready = draw(st.integers(0, WEEKS - 1))
        latest = draw(st.integers(ready, WEEKS - 1))
        size, urgency = draw(st.integers(1, children)), draw(st.sampled_from([1, 2, URGENT]))
        found.append(Item(key, ready, latest, size, urgency))
    return found


intakes = st.lists(st.integers(0, 4), min_size=WEEKS, max_size=WEEKS)


def test_the_urgent_one_goes_in_its_week_and_three_others_around_it() -> None:
    items = [Item(0, 0, 3), Item(1, 0, 3), Item(2, 0, 3), Item(3, 1, 1, urgency=URGENT)]
    plan = smooth_handovers(items, {0: [1, 1, 1, 1]})
    assert plan.week_of == {0: 0, 1: 2, 2: 3, 3: 1}
    assert (plan.cost, plan.over, plan.is_best) == (5, {}, True)


def test_two_a_week_is_the_least_that_meets_every_window() -> None:
    assert min_constant_intake([0, 0, 0, 1, 1, 4], [1, 1, 2, 2, 2, 4]) == (2, (0, 2))
    assert min_constant_intake([2, 2], [2, 2], [3, 4]) == (7, (2, 2))
    assert min_constant_intake([], []) == (0, (0, 0))


@given(families(), intakes)
@settings(max_examples=60, deadline=None)
def test_no_plan_costs_less(items: list[Item], offered: list[int]) -> None:
    intake = {0: offered}
    plan = smooth_handovers(items, intake)
    free = [range(i.ready, WEEKS) if i.urgency < URGENT else [i.ready] for i in items]
    every = (dict(enumerate(weeks)) for weeks in product(*free))
    best = min(costs(items, weeks, intake) for weeks in every)
    assert (sum(plan.over.values()), plan.cost) == costs(items, plan.week_of, intake) == best
    assert plan.is_best
    assert plan.over == overload(items, plan.week_of, intake)


def test_a_team_with_room_later_is_not_asked_beyond_its_intake_however_late_that_is() -> None:
    plan = smooth_handovers([Item(key, 0, 0) for key in range(20)], {0: [1] * 26})
    assert plan.over == {}
    assert sorted(plan.week_of.values()) == list(range(20))
    assert plan.is_best


def test_hundreds_of_families_of_six_teams_are_given_weeks_that_no_assignment_betters() -> None:
    """Children one by one are an assignment to places, which another method solves exactly."""
    by_chance, weeks, intake = Random(1), 30, {team: [2] * 30 for team in range(6)}
    items = []
    for key in range(420):
        ready = by_chance.randrange(16)
        latest, urgency = ready + by_chance.randrange(2, 7), by_chance.choices([1, 2, 5], [8, 3, 1])
        items.append(Item(key, ready, latest, 1, urgency[0], key % 6))
    plan = smooth_handovers(items, intake, time_budget_s=60)
    assert plan.is_best
    beyond = cost = 0
    for team in intake:
        own = [item for item in items if item.team == team]
        places = [(week, False) for week in range(weeks) for _ in range(2)]
        places += [(week, True) for week in range(weeks) for _ in own]
        prices = [[price(item, week, over=over) for week, over in places] for item in own]
        rows, columns = linear_sum_assignment(prices)
        total = sum(prices[row][column] for row, column in zip(rows, columns, strict=True))
        beyond, cost = beyond + total // BEYOND, cost + total % BEYOND
    assert (sum(plan.over.values()), plan.cost) == (beyond, cost)


BEYOND = 10**9


def price(item: Item, week: int, *, over: bool) -> int:
    """What one place in a week costs a child: no place before it is ready, nor later if urgent."""
    if week < item.ready or (item.urgency == URGENT and week > item.ready):
        return BEYOND**2
    return item.cost(week) + BEYOND * over


@given(families(children=1, most=12), intakes)
@settings(max_examples=40, deadline=None)
def test_no_week_is_further_over_than_if_all_went_at_once(
    items: list[Item], offered: list[int]
) -> None:
    at_once = overload(items, {item.key: item.ready for item in items}, {0: offered})
    for place, children in smooth_handovers(items, {0: offered}).over.items():
        assert children <= at_once[place]


@given(families(children=1, most=12))
@settings(max_examples=40, deadline=None)
def test_the_least_constant_intake_is_enough_and_one_less_is_not(items: list[Item]) -> None:
    least, (first, last) = min_constant_intake([i.ready for i in items], [i.latest for i in items])
    assert shortfalls(items, [least] * WEEKS) == []
    plan = smooth_handovers(items, {0: [least] * WEEKS})
    assert plan.over == {}
    assert all(plan.week_of[i.key] <= i.latest for i in items if i.urgency < URGENT) or any(
        i.urgency == URGENT for i in items
    )
    if least:
        short = shortfalls(items, [least - 1] * WEEKS)[0]
        assert short.missing > 0
        assert short.first <= last
        assert first <= short.last


def test_what_is_locked_stays_and_a_locked_week_lets_nobody_else_in() -> None:
    items = [Item(0, 0, 3), Item(1, 0, 3), Item(2, 1, 1, urgency=URGENT)]
    plan = smooth_handovers(items, {0: [5, 5, 5, 5]}, locks={0: 2}, barred={0: {0, 1}})
    assert plan.week_of == {0: 2, 1: 2, 2: 1}
    alone = smooth_handovers([Item(0, 0, 0)], {0: [1, 1]}, barred={0: {0, 1}})
    assert alone.week_of == {0: 0}


def test_teams_do_not_touch_each_other() -> None:
    items = [Item(0, 0, 1, team=7), Item(1, 0, 1, team=7), Item(2, 0, 1, team=9)]
    plan = smooth_handovers(items, {7: [1, 1], 8: [0, 0], 9: [1, 0]})
    assert sorted(plan.week_of[key] for key in (0, 1)) == [0, 1]
    assert (plan.week_of[2], plan.over) == (0, {})


def test_weeks_that_cannot_take_what_must_come_are_told_with_the_number() -> None:
    items = [Item(key, 1, 2) for key in range(5)] + [Item(9, 3, 3, children=2)]
    assert shortfalls(items, [9, 1, 1, 1]) == [Shortfall(1, 3, 7, 3)]
    assert shortfalls(items, [9, 1, 1, 1])[0].missing == 4
    assert shortfalls(items, [0, 2, 2, 2]) == [Shortfall(1, 2, 5, 4)]


@pytest.mark.parametrize("children", [1, 2])
def test_without_time_all_go_at_once_and_the_plan_says_that_it_may_not_be_the_best(
    children: int,
) -> None:
    items = [Item(key, 0, 3, children) for key in range(6)]
    plan = smooth_handovers(items, {0: [2, 2, 2, 2]}, time_budget_s=0)
    assert set(plan.week_of) == set(range(6))
    assert not plan.is_best
