"""Lots measured by earned value: plan, work done and cost, in money and in time."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.finance.earned_points.rules import (
    MILESTONES,
    NOTHING,
    POINT,
    STANDARD,
    Amounts,
    Step,
    Terms,
    Week,
)
from app.kernel.days import weeks_between
from app.kernel.money import Pence, proportion
from app.planning.clearance import PlannedWeek
from app.planning.earned_value import Pace, Position, earned_schedule, planned_weeks, together

WEEK = timedelta(weeks=1)


@dataclass(frozen=True)
class Mix:
    """How the cases done and those left differ, for somebody may have begun with the easy ones."""

    done: Amounts
    left: Amounts

    @staticmethod
    def mean(amounts: Amounts) -> tuple[float, float] | None:
        """Points and days of waiting of a case on average; None without a case."""
        if amounts.cases <= 0:
            return None
        return amounts.weight / amounts.cases / POINT, amounts.days / amounts.cases

    @property
    def front_loaded(self) -> bool:
        """Whether what is done weighed or had waited a tenth less than what is left."""
        done, left = self.mean(self.done), self.mean(self.left)
        if done is None or left is None:
            return False
        return done[0] < 0.9 * left[0] or done[1] < 0.9 * left[1]


@dataclass(frozen=True)
class Point:
    """A week of the curves, in pence; None where the week is still to come."""

    friday: date
    planned: int
    earned: int | None
    spent: int | None


@dataclass(frozen=True)
class Money:
    """A lot's money: its budget, what each week cost, and up to when that is known."""

    budget: int
    costs: Sequence[tuple[date, int]]


@dataclass(frozen=True)
class Measured:
    """One scope of a lot, or of several added up, at a week's end."""

    position: Position
    pace: Pace
    curve: tuple[Point, ...]
    removed: int
    reversed: Amounts
    earned_by: Mapping[Step, Amounts]
    mix: Mix


def measure(
    weeks: Sequence[Week],
    money: Money,
    plan: Sequence[PlannedWeek],
    as_at: date,
    terms: Terms = STANDARD,
) -> Measured | None:
    """One lot by some of its weeks; None where nothing was planned, priced or opened with.

    A point's price is fixed: the budget divided by the points of the opening list. What is taken
    out of the work is taken out of the budget at that price, and what came later adds to it.
    """
    opened = sum(one.amounts.weight for one in weeks if one.original and one.step is Step.ENTERED)
    if opened <= 0 or money.budget <= 0 or not plan:
        return None

    def worth(parts: int) -> int:
        return proportion(Pence(money.budget), parts, opened)

    so_far = [one for one in weeks if one.friday <= as_at]
    by_step = _by_step(weeks)
    budget = worth(by_step[Step.ENTERED].weight - by_step[Step.REMOVED].weight)
    earned = {friday: worth(parts) for friday, parts in _running(so_far, as_at)}
    spent = _spent(money.costs, as_at)
    planned = _planned(plan, budget, terms)
    curve = _curve(planned, earned, spent, as_at)
    now = _at(planned, as_at)
    position = Position(budget, now, earned.get(as_at, 0), spent.get(as_at, 0))
    levels = [level for _, level in planned]
    passed = max(0, weeks_between(planned[0][0], as_at) + 1)
    pace = Pace(earned_schedule(levels, position.earned), passed, planned_weeks(levels))
    until_now = _by_step(so_far)
    return Measured(
        position,
        pace,
        curve,
        worth(by_step[Step.REMOVED].weight),
        until_now[Step.REVERSED],
        {step: until_now[step] for step in MILESTONES},
        Mix(until_now[Step.CLEARED], _left(until_now)),
    )


def _planned(plan: Sequence[PlannedWeek], budget: int, terms: Terms) -> list[tuple[date, int]]:
    """The budget along the plan: each case by its milestones, some weeks before it is cleared."""
    opening = plan[0].still_open + plan[0].cleared
    cleared = [opening - week.still_open for week in plan]

    def due(week: int) -> int:
        return cleared[min(week, len(cleared) - 1)]

    shares = (
        (terms.assessed, terms.assessed_weeks),
        (terms.agreed - terms.assessed, terms.agreed_weeks),
        (100 - terms.agreed, 0),
    )
    return [
        (
            week.week_ending,
            proportion(
                Pence(budget),
                sum(share * due(place + ahead) for share, ahead in shares),
                100 * opening,
            ),
        )
        for place, week in enumerate(plan)
    ]


def add_up(lots: Sequence[Measured]) -> Measured:
    """Several lots as one: money, points and plans are added, and indices are made of the sums."""
    fridays = sorted({point.friday for lot in lots for point in lot.curve})
    curve = tuple(_sum_at(lots, friday) for friday in fridays)
    position = together(lot.position for lot in lots)
    levels = [point.planned for point in curve]
    passed = max(lot.pace.weeks for lot in lots)
    pace = Pace(earned_schedule(levels, position.earned), passed, planned_weeks(levels))
    return Measured(
        position,
        pace,
        curve,
        sum(lot.removed for lot in lots),
        sum((lot.reversed for lot in lots), NOTHING),
        {step: sum((lot.earned_by[step] for lot in lots), NOTHING) for step in MILESTONES},
        Mix(
            sum((lot.mix.done for lot in lots), NOTHING),
            sum((lot.mix.left for lot in lots), NOTHING),
        ),
    )


def _by_step(weeks: Iterable[Week]) -> dict[Step, Amounts]:
    sums = dict.fromkeys(Step, NOTHING)
    for one in weeks:
        sums[one.step] += one.amounts
    return sums


def _left(by_step: Mapping[Step, Amounts]) -> Amounts:
    """The cases still to clear; what screening earned went with the cases handed back."""
    gone = by_step[Step.REMOVED] + Amounts(0, by_step[Step.SCREENED].earned)
    left = by_step[Step.ENTERED] + -gone + -by_step[Step.CLEARED]
    return Amounts(0, left.weight, left.cases, left.days)


def _running(weeks: Iterable[Week], as_at: date) -> list[tuple[date, int]]:
    """Parts earned by the end of each week, from the first to the last that is asked for."""
    by_week: Counter[date] = Counter()
    for one in weeks:
        by_week[one.friday] += one.amounts.earned
    return _accumulated(by_week, as_at)


def _spent(costs: Iterable[tuple[date, int]], as_at: date) -> dict[date, int]:
    by_week: Counter[date] = Counter()
    for friday, pence in costs:
        if friday <= as_at:
            by_week[friday] += pence
    return dict(_accumulated(by_week, as_at))


def _accumulated(by_week: Counter[date], as_at: date) -> list[tuple[date, int]]:
    if not by_week:
        return [(as_at, 0)]
    friday, level, found = min(by_week), 0, []
    while friday <= as_at:
        level += by_week[friday]
        found.append((friday, level))
        friday += WEEK
    return found


def _at(planned: Sequence[tuple[date, int]], day: date) -> int:
    """The level planned for a week: nought before the first and the last one after."""
    return max((level for friday, level in planned if friday <= day), default=0)


def _curve(
    planned: Sequence[tuple[date, int]],
    earned: Mapping[date, int],
    spent: Mapping[date, int],
    as_at: date,
) -> tuple[Point, ...]:
    friday, last = planned[0][0], max(planned[-1][0], as_at)
    found = []
    while friday <= last:
        over = friday <= as_at
        found.append(
            Point(
                friday,
                _at(planned, friday),
                earned.get(friday, 0) if over else None,
                spent.get(friday, 0) if over else None,
            )
        )
        friday += WEEK
    return tuple(found)


def _sum_at(lots: Sequence[Measured], friday: date) -> Point:
    """Every lot's week added; a plan that has ended stays at its end, one to begin at nought."""
    planned, earned, spent = 0, 0, 0
    known = False
    for lot in lots:
        before = [point for point in lot.curve if point.friday <= friday]
        planned += before[-1].planned if before else 0
        if before and before[-1].earned is not None:
            known = True
            earned, spent = earned + before[-1].earned, spent + (before[-1].spent or 0)
    return Point(friday, planned, earned if known else None, spent if known else None)
