"""Paths of clearing and their cost, against exact answers where there are any."""

from dataclasses import replace

import pytest

from app.planning.cost_paths import Caps, Fees, Known, LotAhead, Seen, look_ahead

MANY = 20_000
WEEK = 30_000 * 100
FIFTY = LotAhead(50, Known(10), [WEEK], budget=5 * WEEK)
STEADY = Seen([8, 12, 10, 9, 11, 10], [2, 1, 3, 2, 2, 2])


def test_a_known_pace_clears_as_the_poisson_law_says() -> None:
    [ahead] = look_ahead([replace(FIFTY, weekly=[1])], paths=MANY)
    for week, share in {4: 0.0703, 5: 0.5188, 6: 0.9156, 7: 0.9949}.items():
        assert (ahead.costs <= week).mean() == pytest.approx(share, abs=0.01)


def test_the_chance_to_stay_within_the_budget_is_that_of_clearing_within_its_whole_weeks() -> None:
    [ahead] = look_ahead([FIFTY], paths=MANY)
    assert ahead.chance == pytest.approx(0.5188, abs=0.01)
    [short] = look_ahead([replace(FIFTY, budget=5 * WEEK - 1)], paths=MANY)
    assert short.chance == pytest.approx(0.0703, abs=0.01)


def test_the_same_seed_gives_the_same_answer_and_another_one_nearly() -> None:
    lot = LotAhead(80, STEADY, [WEEK], certain=WEEK, budget=12 * WEEK)
    assert look_ahead([lot]) == look_ahead([lot])
    [first], [other] = look_ahead([lot]), look_ahead([lot], seed=2)
    assert first.chance == pytest.approx(other.chance, abs=0.04)


def test_more_budget_is_never_a_smaller_chance_and_more_cases_never_cost_less() -> None:
    lots = [LotAhead(80, STEADY, [WEEK], budget=weeks * WEEK) for weeks in range(4, 40, 4)]
    chances = [look_ahead([lot])[0].chance for lot in lots]
    assert chances == sorted(chances)
    assert chances[0] < 0.05 < 0.9 < chances[-1]
    middles = [look_ahead([replace(lots[0], remaining=n)])[0].middle for n in (0, 40, 80, 120)]
    assert middles == sorted(middles)


def test_notice_is_paid_though_nothing_is_left_and_what_is_certain_is_added() -> None:
    [ahead] = look_ahead([LotAhead(0, STEADY, [WEEK], notice_weeks=4, certain=700)])
    assert (ahead.low, ahead.middle, ahead.high) == (4 * WEEK + 700,) * 3
    assert ahead.weeks == (0, 0, 0)


def test_a_team_that_shrinks_costs_less_in_later_weeks() -> None:
    [ahead] = look_ahead([LotAhead(50, Known(1_000), [5, 3], notice_weeks=4)])
    assert ahead.middle == 5 + 3 + 3 + 3


def test_a_lot_that_receives_more_than_it_clears_does_not_end() -> None:
    [ahead] = look_ahead([LotAhead(50, Seen([2] * 6, [5] * 6), [1])], horizon=60)
    assert ahead.unended > 0.95
    assert ahead.middle == 60


def test_a_guess_leaves_more_in_doubt_than_what_was_seen() -> None:
    [wide], [narrow] = (
        look_ahead([LotAhead(100, pace, [1])])
        for pace in (Known(10, doubt=0.5), Seen([10] * 12, [0] * 12))
    )
    assert wide.weeks[2] - wide.weeks[0] > narrow.weeks[2] - narrow.weeks[0]
    assert 8 <= wide.weeks[1] <= 13


def test_lots_together_cost_their_sum_on_every_path_and_end_with_the_last() -> None:
    lots = [
        LotAhead(60, STEADY, [WEEK], budget=9 * WEEK),
        LotAhead(90, STEADY, [WEEK], budget=13 * WEEK),
    ]
    first, second, whole = look_ahead(lots)
    assert (whole.costs == first.costs + second.costs).all()
    assert whole.weeks[1] >= max(first.weeks[1], second.weeks[1])
    assert whole.chance <= 1
    assert look_ahead([replace(lots[0], weekly=[])])[0].middle == 0


def test_each_case_is_paid_for_once_however_long_the_work_takes() -> None:
    fees = Fees([98_000], [115_000], begun=20, paid=0.5)
    [ahead] = look_ahead([LotAhead(50, Known(10, doubt=0.5), [0], certain=7, fees=fees)])
    assert ahead.unended == 0
    assert set(ahead.costs) == {7 + (30 * 98_000 + 50 * 115_000) // 2}
    received = Seen([12] * 6, [2] * 6, doubt=0)
    [more] = look_ahead([LotAhead(50, received, [0], fees=Fees([0], [100]))])
    # Five weeks clear them, with two more coming in each.
    assert set(more.costs) == {60 * 100}


def test_cases_cost_by_the_week_in_which_they_leave_and_those_begun_leave_first() -> None:
    fees = Fees([1_000], [10, 20], begun=6)
    lot = LotAhead(10, Seen([4] * 6, [0] * 6, doubt=0), [0], fees=fees)
    assert set(look_ahead([lot])[0].costs) == {4 * 10 + 4 * 20 + 2 * 20 + 2_000 + 2_000}


def test_no_month_and_no_lot_is_charged_more_than_its_cap() -> None:
    lot = LotAhead(0, STEADY, [10], notice_weeks=8)
    months = Caps(25, [4], begun=20)
    for caps, cost in (
        (Caps(), 80),
        (months, 5 + 25),
        (replace(months, whole=28), 28),
        (Caps(whole=0), 0),
    ):
        [ahead] = look_ahead([replace(lot, caps=caps, certain=1, beside=2)])
        assert ahead.middle == cost + 1 + 16, caps
    # Half of the second month's first week is of the first month, which is full by then.
    halves = Caps(40, [4, 4], early=[0, 0.5])
    [ahead] = look_ahead([replace(lot, caps=halves)])
    assert ahead.middle == 40 + 35
    busy = LotAhead(8, Seen([4] * 6, [0] * 6, doubt=0), [0], fees=Fees([0], [10]))
    assert look_ahead([replace(busy, caps=Caps(30, [1, 4]))])[0].middle == 60
    first, second, whole = look_ahead([lot, lot], most=100)
    assert (first.middle, second.middle, whole.middle) == (80, 80, 100)
