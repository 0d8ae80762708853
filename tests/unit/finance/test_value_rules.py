"""What things cost, how sure that is, and what hire by the day would have come to."""

from datetime import date, timedelta

from app.finance.value.rules import Bought, Hire, Week, by_band, counted, hire, unit_cost, weeks_of
from app.people.points.rules import STANDARD, Band

FRIDAY = date(2026, 9, 4)


def weeks(*pairs: tuple[int, int]) -> list[Week]:
    return [
        Week(FRIDAY + timedelta(weeks=at), pence, units) for at, (pence, units) in enumerate(pairs)
    ]


def test_nothing_bought_has_no_cost() -> None:
    assert unit_cost([]) is None
    assert unit_cost(weeks((100, 0), (100, 0))) is None
    assert unit_cost(weeks((100, 2), (100, -2))) is None


def test_a_cost_is_all_that_was_spent_over_all_that_was_bought() -> None:
    found = unit_cost(weeks((100, 1), (200, 0), (101, 1)))
    assert found is not None
    assert (found.pence, found.units, found.weeks, found.low) == (201, 2, 3, None)


def test_weeks_that_all_cost_alike_leave_no_doubt_and_others_do() -> None:
    even = unit_cost(weeks(*[(1_000, 2)] * 8))
    assert even is not None
    assert (even.low, even.pence, even.high) == (500, 500, 500)
    # Ratio 500; residuals are 0 and, four times each, plus and minus 500.
    uneven = unit_cost(weeks(*[(1_000, 1), (1_000, 3)] * 4))
    assert uneven is not None
    assert (uneven.low, uneven.high) == (315, 685)
    wild = unit_cost(weeks(*[(0, 9), (9_000, 1)] * 4))
    assert wild is not None
    assert wild.low == 0


def test_a_spend_is_shared_out_over_bands_by_their_points() -> None:
    bought = [
        Bought(1, FRIDAY, Band.STANDARD, 0, 2),
        Bought(1, FRIDAY, Band.HIGHLY_COMPLEX, 1, 1),
    ]
    each = by_band({FRIDAY: 20_000}, bought, "cleared", STANDARD)
    assert {band: cost.pence for band, cost in each.items()} == {
        Band.STANDARD: 5_000,
        Band.COMPLEX: 7_000,
        Band.HIGHLY_COMPLEX: 10_000,
    }
    assert by_band({FRIDAY: 20_000}, [], "cleared", STANDARD) == {}
    assert counted(bought, "cleared")[Band.STANDARD] == 2
    assert [one.units for one in weeks_of({FRIDAY: 1}, bought, "assessed", None)] == [1]


def test_a_band_costs_as_surely_as_its_points_do() -> None:
    even = unit_cost(weeks(*[(1_000, 2)] * 8))
    assert even is not None
    assert (even.times(7).low, even.times(7).pence) == (3_500, 3_500)


def test_hire_is_set_against_what_was_spent() -> None:
    assert Hire(10, 500_000, 0, 420_000, FRIDAY).saved == 80_000


def test_days_are_counted_once_over_all_rates_and_those_without_one_stay_apart() -> None:
    found = hire({(50_000, 444): 666, (60_000, 444): 222, (0, 0): 30}, 90_000, FRIDAY)
    assert (found.days, found.pence, found.unpriced) == (2, 105_000, 30)
    assert (found.spent, found.until) == (90_000, FRIDAY)
