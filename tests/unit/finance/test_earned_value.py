"""Lots measured by earned value: prices of points, plans, what was taken out, lots added up."""

from datetime import date, timedelta

import pytest

from app.finance.earned_points.rules import POINT, Amounts, Step, Terms, Week
from app.finance.earned_value.rules import Measured, Mix, Money, add_up, measure
from app.planning.clearance import PlannedWeek

FRIDAY = date(2026, 11, 6)
WEEK = timedelta(weeks=1)
PLAN = [PlannedWeek(FRIDAY + WEEK * week, 2, 8 - 2 * week) for week in range(5)]
MONEY = Money(1_000_000, [(FRIDAY, 90_000), (FRIDAY + WEEK, 110_000), (FRIDAY + 2 * WEEK, 1)])


def _week(step: Step, amounts: Amounts, *, on: int = 0, original: bool = True) -> Week:
    return Week(1, FRIDAY + WEEK * on, original, step, amounts)


AT_ONCE = Terms(assessed_weeks=0, agreed_weeks=0)
# Ten cases of one point; two cleared and one authorised by the second week.
WEEKS = [
    _week(Step.ENTERED, Amounts(0, 10 * POINT, 10, 300)),
    _week(Step.ASSESSED, Amounts(12_000), on=0),
    _week(Step.CLEARED, Amounts(12_000, 2 * POINT, 2, 40), on=1),
    _week(Step.CLEARED, Amounts(6_000, POINT, 1, 20), on=3),
]


def _measured(weeks: list[Week], money: Money = MONEY) -> Measured:
    found = measure(weeks, money, PLAN, FRIDAY + WEEK, AT_ONCE)
    assert found is not None
    return found


def test_points_are_worth_the_budget_shared_over_the_opening_list() -> None:
    found = _measured(WEEKS)
    assert (found.position.budget, found.position.earned) == (1_000_000, 240_000)
    assert (found.position.planned, found.position.spent) == (400_000, 200_000)
    assert found.position.cpi == pytest.approx(1.2)
    assert found.pace.earned_schedule == pytest.approx(1.2)
    assert (found.pace.weeks, found.pace.planned_weeks) == (2, 5)
    assert found.curve[-1].planned == 1_000_000
    assert [point.earned for point in found.curve] == [120_000, 240_000, None, None, None]


def test_what_is_taken_out_leaves_the_budget_at_the_same_price_and_what_came_later_adds() -> None:
    out = _week(Step.REMOVED, Amounts(0, 8_000, 1, 30), on=1)
    screened = _week(Step.SCREENED, Amounts(2_000), on=1)
    found = _measured([*WEEKS, out, screened])
    assert (found.position.budget, found.removed) == (920_000, 80_000)
    assert found.position.earned == 260_000
    assert found.mix.left == Amounts(0, 7 * POINT, 7, 230)
    later = _week(Step.ENTERED, Amounts(0, 2 * POINT, 2, 10), original=False)
    assert _measured([*WEEKS, later]).position.budget == 1_200_000
    assert _measured([*WEEKS, later]).position.earned == 240_000


def test_what_was_earned_and_lost_again_is_told_apart() -> None:
    lost = _week(Step.REVERSED, Amounts(-4_000, 0, 1), on=1)
    found = _measured([*WEEKS, lost])
    assert found.reversed == Amounts(-4_000, 0, 1)
    assert found.position.earned == 200_000
    assert found.earned_by[Step.ASSESSED] == Amounts(12_000)


@pytest.mark.parametrize(
    ("weeks", "money"),
    [([], MONEY), (WEEKS[1:], MONEY), (WEEKS, Money(0, MONEY.costs))],
)
def test_without_an_opening_list_or_a_budget_nothing_is_measured(
    weeks: list[Week], money: Money
) -> None:
    assert measure(weeks, money, PLAN, FRIDAY) is None
    assert measure(WEEKS, MONEY, [], FRIDAY) is None


def test_the_plan_has_milestones_before_the_end_as_the_work_has() -> None:
    early = measure(WEEKS, MONEY, PLAN, FRIDAY, Terms(assessed_weeks=2, agreed_weeks=1))
    assert early is not None
    # Of two cases a week: six assessed, four agreed, two cleared by the end of the first.
    assert early.curve[0].planned == (40 * 6 + 30 * 4 + 30 * 2) * 1_000
    assert early.curve[-1].planned == early.position.budget
    assert [point.planned for point in early.curve] == sorted(p.planned for p in early.curve)


def test_before_the_plan_begins_nothing_is_planned_or_spent() -> None:
    found = measure(WEEKS, Money(1_000_000, []), PLAN, FRIDAY - WEEK)
    assert found is not None
    assert (found.position.planned, found.position.earned, found.position.spent) == (0, 0, 0)
    assert found.pace.spi_t is None


def test_lots_add_up_to_the_whole_and_no_index_is_averaged() -> None:
    poor = _measured(WEEKS[:2], Money(500_000, [(FRIDAY + WEEK, 300_000)]))
    rich = _measured(WEEKS)
    whole = add_up([rich, poor])
    for name in ("budget", "planned", "earned", "spent"):
        assert getattr(whole.position, name) == sum(
            getattr(one.position, name) for one in (rich, poor)
        )
    assert whole.position.cpi == pytest.approx((240_000 + 60_000) / 500_000)
    assert whole.curve[-1].planned == whole.position.budget
    assert [point.earned for point in whole.curve][:3] == [180_000, 300_000, None]
    assert whole.mix.done == Amounts(12_000, 2 * POINT, 2, 40)
    assert whole.earned_by[Step.ASSESSED] == Amounts(24_000)


def test_the_easy_ones_first_are_seen_by_weight_or_by_waiting() -> None:
    left = Amounts(0, 10 * POINT, 10, 300)
    assert Mix(Amounts(0, 10 * POINT, 10, 200), left).front_loaded
    assert Mix(Amounts(0, 8 * POINT, 10, 300), left).front_loaded
    assert not Mix(Amounts(0, 10 * POINT, 10, 300), left).front_loaded
    assert not Mix(Amounts(), left).front_loaded
    assert Mix.mean(left) == (1.0, 30.0)
