"""Earned value against examples worked by hand and from a published course."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.planning.earned_value import Pace, Position, earned_schedule, planned_weeks, together

POUND = 100


def test_three_cases_of_one_lot_worked_by_hand() -> None:
    # Weights 1, 1.5 and 2 with 100, 70 and 40 per cent earned, at 2,000 pounds a point.
    points = 1 * 1 + 1.5 * 0.7 + 2 * 0.4
    lot = Position(9_000 * POUND, 8_000 * POUND, round(points * 2_000) * POUND, 6_650 * POUND)
    assert lot.earned == 5_700 * POUND
    assert lot.cpi == pytest.approx(0.8571, abs=1e-4)
    assert lot.spi == pytest.approx(0.7125, abs=1e-4)
    assert lot.eac == 10_500 * POUND
    assert lot.etc == 3_850 * POUND
    assert lot.vac == -1_500 * POUND
    assert lot.tcpi == pytest.approx(1.4043, abs=1e-4)
    plan = [0.5, 1.5, 3, 4, 4.5]
    pace = Pace(earned_schedule(plan, points), 4, planned_weeks(plan))
    assert pace.earned_schedule == pytest.approx(2.9, abs=1e-4)
    assert pace.spi_t == pytest.approx(0.725, abs=1e-4)
    assert pace.ieac_t == pytest.approx(6.897, abs=1e-3)


def test_a_project_half_way_as_taught_at_the_university_of_texas_at_dallas() -> None:
    half = Position(100_000, 55_000, 50_000, 45_000)
    assert half.cpi == pytest.approx(1.1111, abs=1e-4)
    assert half.spi == pytest.approx(0.9091, abs=1e-4)
    assert half.eac == 90_000
    assert half.cost_variance == 5_000
    assert half.schedule_variance == -5_000


def test_what_is_undefined_is_none_and_never_nought_or_endless() -> None:
    begun = Position(2, 1, 0, 0)
    assert earned_schedule([1, 2], 0) == 0.0
    assert (begun.cpi, begun.eac, begun.etc, begun.vac) == (None, None, None, None)
    assert Position(100, 0, 0, 0).spi is None
    assert Position(100, 10, 0, 50).cpi == 0.0
    assert Position(100, 10, 0, 50).eac is None
    assert Pace(0.0, 0, 5).spi_t is None
    assert Pace(0.0, 3, 5).ieac_t is None


def test_what_is_left_to_earn_is_not_attainable_once_the_budget_is_spent() -> None:
    spent = Position(100, 80, 60, 100)
    assert not spent.attainable
    assert spent.tcpi is None
    assert Position(100, 80, 100, 140).tcpi == 0.0


def test_indices_wait_for_a_tenth_of_the_budget() -> None:
    assert not Position(1_000, 200, 99, 100).enough
    assert Position(1_000, 200, 100, 100).enough
    assert not Position(0, 0, 0, 0).enough


def test_a_level_stretch_of_the_plan_and_what_is_earned_beyond_its_end() -> None:
    christmas = [10, 20, 20, 20, 30, 30]
    assert earned_schedule(christmas, 20) == 4.0
    assert earned_schedule(christmas, 25) == 4.5
    assert earned_schedule(christmas, 30) == 5.0
    assert earned_schedule(christmas, 99) == 5.0
    assert earned_schedule([], 5) == 0.0
    assert planned_weeks(christmas) == 5


amounts = st.integers(0, 10**9)


@given(st.lists(st.builds(Position, amounts, amounts, amounts, amounts), max_size=5))
def test_lots_add_up_to_the_whole(lots: list[Position]) -> None:
    whole = together(lots)
    for name in ("budget", "planned", "earned", "spent"):
        assert getattr(whole, name) == sum(getattr(lot, name) for lot in lots)


@given(st.lists(st.integers(0, 50), min_size=1, max_size=20), st.integers(0, 600), amounts)
def test_more_earned_is_never_earlier_in_the_plan(steps: list[int], earned: int, more: int) -> None:
    plan = [sum(steps[: place + 1]) for place in range(len(steps))]
    before, after = earned_schedule(plan, earned), earned_schedule(plan, earned + more)
    assert before <= after <= planned_weeks(plan)
