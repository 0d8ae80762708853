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
class Fees:
    """What cases cost as they leave: once with an assessment and once cleared, in pence by week.

    The last week's fees go on for ever. `begun` of the open cases have their assessment paid for,
    and leave first; `paid` is the share of leaving cases that is paid for at all.
    """

    assessed: Sequence[int]
    cleared: Sequence[int]
    begun: int = 0
    paid: float = 1.0


@dataclass(frozen=True)
class Caps:
    """The most that may be charged: in each month, and in all from now on.

    `weeks` says how many weeks each coming month has, the last one for ever, and `begun` what the
    first one was charged before. `early` is the part of each month's first week that is still of
    the month before, nought where it is left out.
    """

    month: int | None = None
    weeks: Sequence[int] = ()
    begun: int = 0
    whole: int | None = None
    early: Sequence[float] = ()


@dataclass(frozen=True)
class LotAhead:
    """A lot's way ahead: cases still open, their pace, and what each coming week costs, in pence.

    The last weekly cost goes on for ever. `notice_weeks` are paid even if the work ends before;
    `certain` is what was spent or is owed already. `beside` is spent in each week as well, outside
    the caps on what is charged.
    """

    remaining: int
    pace: Known | Seen
    weekly: Sequence[int]
    notice_weeks: int = 0
    certain: int = 0
    budget: int = 0
    fees: Fees | None = None
    caps: Caps = Caps()
    beside: int = 0


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
    lots: Sequence[LotAhead],
    *,
    paths: int = PATHS,
    seed: int = 1,
    horizon: int = LONGEST,
    most: int | None = None,
) -> list[Ahead]:
    """Play every lot through the same ways; several lots end with the last entry, all of them.

    The same seed gives the same answer. Lots share half of how far off their pace is, since what
    slows one of them tends to slow all. `most` is what all lots together may still be charged.
    """
    import numpy as np  # noqa: PLC0415 - a tenth of a second of every start, for a job of the night

    common = _drift(np.random.default_rng([seed, 0]), paths, horizon)
    found, ended = [], np.zeros(paths, dtype=int)
    charged, rest = np.zeros(paths, dtype=np.int64), np.zeros(paths, dtype=np.int64)
    for number, lot in enumerate(lots, 1):
        chance = np.random.default_rng([seed, number])
        weeks, left = _weeks(lot, chance, common, horizon)
        paid = np.clip(np.maximum(weeks, lot.notice_weeks), 0, horizon)
        own, besides = _charges(lot, paid, left, horizon), lot.certain + lot.beside * paid
        found.append(_ahead(own + besides, weeks, lot.budget, horizon))
        ended, charged, rest = np.maximum(ended, weeks), charged + own, rest + besides
    if len(lots) > 1:
        if most is not None:
            charged = np.minimum(charged, most)
        found.append(_ahead(charged + rest, ended, sum(lot.budget for lot in lots), horizon))
    return found


def _drift(chance: "Generator", paths: int, horizon: int) -> "tuple[ndarray[Any, Any], ...]":
    """Standard draws: how far off the level is, and where its drift has come to by each week."""
    level = chance.standard_normal((paths, 1))
    return level, chance.standard_normal((paths, horizon)).cumsum(axis=1)


def _weeks(
    lot: LotAhead, chance: "Generator", common: "tuple[ndarray[Any, Any], ...]", horizon: int
) -> "tuple[ndarray[Any, Any], ndarray[Any, Any]]":
    """In which week each path clears the lot, and how many cases have left by the end of each.

    The week is 0 where nothing is left to clear, one too many where a path does not.
    """
    import numpy as np  # noqa: PLC0415 - see above

    paths = len(common[0])
    if lot.remaining <= 0:
        return np.zeros(paths, dtype=int), np.zeros((paths, horizon))
    off = _off(lot.pace.doubt, chance, common, horizon)
    if isinstance(lot.pace, Known):
        out = chance.poisson(lot.pace.rate * off).astype(float).cumsum(axis=1)
        come = np.zeros_like(out)
    else:
        out, come = _drawn(lot.pace, chance, off)
    there = lot.remaining + come
    done = out >= there
    weeks: ndarray[Any, Any] = np.where(done.any(axis=1), done.argmax(axis=1) + 1, horizon + 1)
    last = np.minimum(np.arange(horizon), (weeks - 1)[:, np.newaxis])
    left = np.take_along_axis(np.minimum(out, there), last, axis=1)
    return weeks, left


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


def _drawn(
    pace: Seen, chance: "Generator", off: "ndarray[Any, Any]"
) -> "tuple[ndarray[Any, Any], ndarray[Any, Any]]":
    """What has left and come in by the end of each week: past weeks drawn anew, at a pace off.

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
    out = (np.asarray(pace.cleared)[picked] * off).cumsum(axis=1)
    come = np.asarray(pace.received)[picked].cumsum(axis=1)
    return out, come


def _charges(
    lot: LotAhead, paid: "ndarray[Any, Any]", left: "ndarray[Any, Any]", horizon: int
) -> "ndarray[Any, Any]":
    """What each path is charged from now on for its paid weeks and its cases, within the caps."""
    import numpy as np  # noqa: PLC0415 - see above

    if lot.fees is None and lot.caps.month is None:
        charged = np.concatenate([[0], _for_ever(lot.weekly, horizon).cumsum()])[paid]
    else:
        works = np.arange(horizon) < paid[:, np.newaxis]
        charges = works * _for_ever(lot.weekly, horizon) + _fees(lot.fees, left, horizon)
        charged = _by_month(charges, lot.caps, horizon)
    most = lot.caps.whole
    limited: ndarray[Any, Any] = charged if most is None else np.minimum(charged, most)
    return limited


def _fees(fees: Fees | None, left: "ndarray[Any, Any]", horizon: int) -> "ndarray[Any, Any]":
    """What the cases of each path cost in each week."""
    import numpy as np  # noqa: PLC0415 - see above

    if fees is None:
        return np.zeros_like(left)
    cleared = np.diff(left, axis=1, prepend=0)
    assessed = np.diff(np.maximum(0, left - fees.begun), axis=1, prepend=0)
    first, last = (_for_ever(one, horizon) for one in (fees.assessed, fees.cleared))
    cost: ndarray[Any, Any] = fees.paid * (assessed * first + cleared * last)
    return cost


def _by_month(charges: "ndarray[Any, Any]", caps: Caps, horizon: int) -> "ndarray[Any, Any]":
    """What each path is charged in all once no month comes to more than its cap."""
    import numpy as np  # noqa: PLC0415 - see above

    if caps.month is None:
        sums = charges.sum(axis=1, keepdims=True)
    else:
        starts = np.cumsum([0, *_for_ever(caps.weeks, horizon)])
        starts = starts[starts < horizon]
        sums = np.add.reduceat(charges.astype(float), starts, axis=1)
        # The part of a month's first week that is of the month before is under that one's cap.
        early = np.zeros(len(starts))
        known = caps.early[: len(starts)]
        early[1 : len(known)] = known[1:]
        moved = charges[:, starts] * early
        sums -= moved
        sums[:, :-1] += moved[:, 1:]
        most = np.full(sums.shape[1], caps.month)
        most[0] = max(0, caps.month - caps.begun)
        sums = np.minimum(sums, most)
    whole: ndarray[Any, Any] = np.rint(sums.sum(axis=1)).astype(np.int64)
    return whole


def _for_ever(values: Sequence[int], horizon: int) -> "ndarray[Any, Any]":
    """One value a week, the last of them from then on."""
    import numpy as np  # noqa: PLC0415 - see above

    known = [*values[:horizon]] or [0]
    return np.asarray(known + [known[-1]] * (horizon - len(known)), dtype=np.int64)


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
