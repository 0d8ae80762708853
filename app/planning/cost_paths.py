"""Ways in which clearing a lot may turn out, and what each of them costs until its last week."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import sqrt
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from numpy import ndarray
    from numpy.random import Generator

PATHS = 4_000
LONGEST = 156
"""Weeks ahead that are looked at: three years."""
# How far off the pace that was seen may be, and how it drifts from week to week.
LEVEL, DRIFT = 0.25, 0.06
# What each past week counts beside the one after it.
FADES = 0.92
# How much of that the lots of one contract have in common.
SHARED = 0.5


@dataclass(frozen=True)
class Known:
    """So many cases a week on average; `doubt` says how far off that may be, 0.5 for a guess."""

    rate: float
    doubt: float = 0.0


@dataclass(frozen=True)
class Seen:
    """Cases cleared and received in past weeks, oldest first."""

    cleared: Sequence[int]
    received: Sequence[int]
    doubt: float = LEVEL


@dataclass(frozen=True)
class LotAhead:
    """A lot's way ahead: cases still open, their pace, and what each coming week costs, in pence.

    The last weekly cost goes on for ever. `notice_weeks` are paid even if the work ends before;
    `certain` is what was spent or is owed already.
    """

    remaining: int
    pace: Known | Seen
    weekly: Sequence[int]
    notice_weeks: int = 0
    certain: int = 0
    budget: int = 0


@dataclass(frozen=True)
class Ahead:
    """Where one lot or several may end, in pence and weeks: 1 in 10, the middle, 9 in 10.

    `chance` is the share of paths within the budget; `unended` that of paths which do not clear
    within the weeks looked at, whose cost is counted up to there.
    """

    low: int
    middle: int
    high: int
    chance: float
    weeks: tuple[int, int, int]
    unended: float
    costs: "ndarray[Any, Any]" = field(repr=False, compare=False)


def look_ahead(
    lots: Sequence[LotAhead], *, paths: int = PATHS, seed: int = 1, horizon: int = LONGEST
) -> list[Ahead]:
    """Play every lot through the same ways; several lots end with the last entry, all of them.

    The same seed gives the same answer. Lots share half of how far off their pace is, since what
    slows one of them tends to slow all.
    """
    import numpy as np  # noqa: PLC0415 - a tenth of a second of every start, for a job of the night

    common = _drift(np.random.default_rng([seed, 0]), paths, horizon)
    found, ended = [], np.zeros(paths, dtype=int)
    costs, budget = np.zeros(paths, dtype=np.int64), 0
    for number, lot in enumerate(lots, 1):
        chance = np.random.default_rng([seed, number])
        weeks = _weeks(lot, chance, common, horizon)
        own = _costs(lot, weeks, horizon)
        found.append(_ahead(own, weeks, lot.budget, horizon))
        ended, costs, budget = np.maximum(ended, weeks), costs + own, budget + lot.budget
    if len(lots) > 1:
        found.append(_ahead(costs, ended, budget, horizon))
    return found


def _drift(chance: "Generator", paths: int, horizon: int) -> "tuple[ndarray[Any, Any], ...]":
    """Standard draws: how far off the level is, and where its drift has come to by each week."""
    level = chance.standard_normal((paths, 1))
    return level, chance.standard_normal((paths, horizon)).cumsum(axis=1)


def _weeks(
    lot: LotAhead, chance: "Generator", common: "tuple[ndarray[Any, Any], ...]", horizon: int
) -> "ndarray[Any, Any]":
    """The week in which each path clears the lot: 0 where nothing is left, one too many if none."""
    import numpy as np  # noqa: PLC0415 - see above

    paths = len(common[0])
    if lot.remaining <= 0:
        return np.zeros(paths, dtype=int)
    off = _off(lot.pace.doubt, chance, common, horizon)
    if isinstance(lot.pace, Known):
        net = chance.poisson(lot.pace.rate * off).astype(float)
    else:
        net = _drawn(lot.pace, chance, off)
    done = net.cumsum(axis=1) >= lot.remaining
    weeks: ndarray[Any, Any] = np.where(done.any(axis=1), done.argmax(axis=1) + 1, horizon + 1)
    return weeks


def _off(
    doubt: float, chance: "Generator", common: "tuple[ndarray[Any, Any], ...]", horizon: int
) -> "ndarray[Any, Any]":
    """By what factor the pace is off in each week, 1 on average; ones where nothing is in doubt."""
    import numpy as np  # noqa: PLC0415 - see above

    paths = len(common[0])
    if not doubt:
        return np.ones((paths, horizon))
    own = _drift(chance, paths, horizon)
    level, drift = (
        sqrt(SHARED) * shared + sqrt(1 - SHARED) * alone
        for shared, alone in zip(common, own, strict=True)
    )
    spread = doubt**2 / 2 + DRIFT**2 / 2 * np.arange(1, horizon + 1)
    off: ndarray[Any, Any] = np.exp(doubt * level + DRIFT * drift - spread)
    return off


def _drawn(pace: Seen, chance: "Generator", off: "ndarray[Any, Any]") -> "ndarray[Any, Any]":
    """What each week clears beyond what it receives: past weeks drawn anew, at a pace that is off.

    Each path weighs the past weeks by itself (a Bayesian bootstrap), because few of them say
    little of how often each kind of week comes; the latest weigh most.
    """
    import numpy as np  # noqa: PLC0415 - see above

    number = len(pace.cleared)
    weights = FADES ** np.arange(number - 1, -1, -1)
    bounds = chance.dirichlet(weights, len(off)).cumsum(axis=1)
    drawn, picked = chance.random(off.shape), np.zeros(off.shape, dtype=int)
    for place in range(number - 1):
        picked += drawn > bounds[:, place : place + 1]
    net: ndarray[Any, Any] = np.asarray(pace.cleared)[picked] * off
    received: ndarray[Any, Any] = np.asarray(pace.received)[picked]
    left: ndarray[Any, Any] = net - received
    return left


def _costs(lot: LotAhead, weeks: "ndarray[Any, Any]", horizon: int) -> "ndarray[Any, Any]":
    """What each path costs in all: whole paid weeks to its last, and no fewer than the notice."""
    import numpy as np  # noqa: PLC0415 - see above

    weekly = [*lot.weekly[:horizon]] or [0]
    weekly += [weekly[-1]] * (horizon - len(weekly))
    running = np.concatenate([[0], np.cumsum(np.asarray(weekly, dtype=np.int64))])
    paid = np.clip(np.maximum(weeks, lot.notice_weeks), 0, horizon)
    costs: ndarray[Any, Any] = lot.certain + running[paid]
    return costs


def _ahead(
    costs: "ndarray[Any, Any]", weeks: "ndarray[Any, Any]", budget: int, horizon: int
) -> Ahead:
    import numpy as np  # noqa: PLC0415 - see above

    at = (0.1, 0.5, 0.9)
    low, middle, high = (int(one) for one in np.quantile(costs, at, method="inverted_cdf"))
    ends = tuple(int(one) for one in np.quantile(weeks, at, method="inverted_cdf"))
    return Ahead(
        low,
        middle,
        high,
        float((costs <= budget).mean()),
        (ends[0], ends[1], ends[2]),
        float((weeks > horizon).mean()),
        costs,
    )
