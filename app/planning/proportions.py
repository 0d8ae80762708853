"""Proportions of small numbers: Wilson's interval, and exact binomial limits."""

from dataclasses import dataclass
from math import exp, lgamma, log, sqrt

# Two-sided 95 %.
Z = 1.959963984540054
# What a sum of chances no longer tells apart.
NEGLIGIBLE = 1e-17


@dataclass(frozen=True)
class Interval:
    """Bounds of a proportion, each between 0 and 1."""

    low: float
    high: float


def wilson(events: float, trials: float) -> Interval:
    """Wilson's score interval at 95 % (Wilson 1927), good for small numbers and rare events.

    Parts of a trial may be counted, as of part-time posts. ValueError where there was no trial or
    there are more events than trials.
    """
    if trials <= 0 or not 0 <= events <= trials:
        raise ValueError("A proportion has trials, and no more events than these.")
    share, square = events / trials, Z * Z
    middle = share + square / (2 * trials)
    spread = Z * sqrt(share * (1 - share) / trials + square / (4 * trials * trials))
    whole = 1 + square / trials
    return Interval(max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole))


def at_least(events: int, trials: int, share: float) -> float:
    """The exact binomial chance of so many events or more, where each trial has the same share."""
    if events <= 0:
        return 1.0
    if events > trials or share <= 0.0:
        return 0.0
    if share >= 1.0:
        return 1.0
    if events > trials * share:
        return _tail(events, trials, share)
    # From the other end, so that both begin with the largest of the chances they add up.
    return 1.0 - _tail(trials - events + 1, trials, 1.0 - share)


def limit(trials: int, share: float, chance: float) -> int:
    """The most events that are no surprise: one more has less than that chance."""
    events = int(trials * share)
    more = at_least(events + 1, trials, share)
    if more < chance:
        return events
    # Each number's chance follows from the one before, as there are many for many trials.
    odds, here = share / (1.0 - share), _chance(events + 1, trials, share)
    while events < trials and more >= chance:
        events += 1
        more -= here
        here *= (trials - events) / (events + 1) * odds
    return events


def _tail(events: int, trials: int, share: float) -> float:
    """The chance of more events than are expected: each number's follows from the one before."""
    total, odds = 0.0, share / (1.0 - share)
    chance = _chance(events, trials, share)
    while chance > total * NEGLIGIBLE:
        total += chance
        chance *= (trials - events) / (events + 1) * odds
        events += 1
    return min(1.0, total)


def _chance(events: int, trials: int, share: float) -> float:
    ways = lgamma(trials + 1) - lgamma(events + 1) - lgamma(trials - events + 1)
    return exp(ways + events * log(share) + (trials - events) * log(1 - share))
