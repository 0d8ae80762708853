"""Earned value: what was planned and what was done, both in money, against what it cost."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

# Ratios of small numbers swing too much to be shown before this share of the budget is earned.
ENOUGH = 10


@dataclass(frozen=True)
class Position:
    """A lot, or several added up, at one moment; everything in pence.

    An index is None where it is undefined: nothing planned, nothing earned or nothing spent yet.
    """

    budget: int
    planned: int
    earned: int
    spent: int

    @property
    def enough(self) -> bool:
        """Whether a tenth of the budget is earned, so that indices mean something."""
        return self.budget > 0 and self.earned * ENOUGH >= self.budget

    @property
    def cost_variance(self) -> int:
        return self.earned - self.spent

    @property
    def schedule_variance(self) -> int:
        return self.earned - self.planned

    @property
    def cpi(self) -> float | None:
        return self.earned / self.spent if self.spent > 0 else None

    @property
    def spi(self) -> float | None:
        return self.earned / self.planned if self.planned > 0 else None

    @property
    def eac(self) -> int | None:
        """The estimate at completion if the past continues: AC + (BAC − EV) / CPI."""
        if self.spent <= 0 or self.earned <= 0:
            return None
        return self.spent + round((self.budget - self.earned) * self.spent / self.earned)

    @property
    def etc(self) -> int | None:
        return None if self.eac is None else self.eac - self.spent

    @property
    def vac(self) -> int | None:
        return None if self.eac is None else self.budget - self.eac

    @property
    def attainable(self) -> bool:
        """Whether money is left for the work that is left."""
        return self.spent < self.budget or self.earned >= self.budget

    @property
    def tcpi(self) -> float | None:
        """What the rest must earn for each pound to end within budget; None if not attainable."""
        left = self.budget - self.earned
        if left <= 0:
            return 0.0
        return left / (self.budget - self.spent) if self.attainable else None


@dataclass(frozen=True)
class Pace:
    """Time instead of money, in weeks: what was earned by when it was planned to be."""

    earned_schedule: float
    weeks: int
    planned_weeks: int

    @property
    def spi_t(self) -> float | None:
        return self.earned_schedule / self.weeks if self.weeks > 0 else None

    @property
    def ieac_t(self) -> float | None:
        """How many weeks the work takes in all at this pace; None while nothing is earned."""
        return self.planned_weeks / self.spi_t if self.spi_t else None


def together(positions: Iterable[Position]) -> Position:
    """Several lots as one: money is added, and no index is ever averaged."""
    every = list(positions)
    return Position(
        sum(one.budget for one in every),
        sum(one.planned for one in every),
        sum(one.earned for one in every),
        sum(one.spent for one in every),
    )


def earned_schedule(planned: Sequence[int | float], earned: float) -> float:
    """The weeks after which the plan had come as far as what is earned.

    `planned` rises week by week from the first one's end. C whole weeks lie at or below what is
    earned, and of the next the share by which it goes beyond. On a level stretch the last week of
    it counts; from what the plan ends with on, the week in which it first gets there.
    """
    levels = [0, *planned]
    if earned <= 0:
        return 0.0
    for week, (before, level) in enumerate(pairwise(levels)):
        if level > earned:
            return week + (earned - before) / (level - before)
    return float(planned_weeks(planned))


def planned_weeks(planned: Sequence[int | float]) -> int:
    """How many weeks the plan takes: until it first comes to where it ends."""
    return next((week for week, level in enumerate(planned, 1) if level >= planned[-1]), 0)
