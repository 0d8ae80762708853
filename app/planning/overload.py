"""How likely a team's weeks are to go over its intake, when nobody knows when each child comes."""

from collections.abc import Sequence
from dataclasses import dataclass

PATHS = 400
# Fewer than so many earlier ones tell nothing of how long the next one takes.
FEWEST = 10
HIGH = 0.85


@dataclass(frozen=True)
class Coming:
    """A child who is to come to a team in a week, counted from 0.

    `waited` are the weeks since it was agreed, None once nothing but the team's word is missing;
    `chance` is how likely it comes at all.
    """

    week: int
    waited: int | None
    chance: float = 1.0


@dataclass(frozen=True)
class Likely:
    """For each week how likely more come than the team takes, and how many come at most.

    At most: in 85 of 100 ways in which it may turn out.
    """

    over: tuple[float, ...]
    high: tuple[int, ...]


def ready_paths(
    coming: Sequence[Coming], took: Sequence[int], weeks: int, *, paths: int = PATHS, seed: int = 1
) -> list[list[int]]:
    """For each way in which it may turn out, the week in which each child can come.

    A child takes as many weeks as one of those before, drawn from `took` among those who took as
    long as it has waited already. One who never comes is put behind the last of the `weeks`.
    """
    import numpy as np  # noqa: PLC0415 - a tenth of a second of every start, for one page

    chance = np.random.default_rng(seed)
    ready = np.zeros((paths, len(coming)), dtype=int)
    for place, one in enumerate(coming):
        if one.waited is not None:
            left = [known - one.waited for known in took if known >= one.waited] or [0]
            ready[:, place] = chance.choice(left, paths)
        if one.chance < 1:
            ready[chance.random(paths) >= one.chance, place] = weeks
    found: list[list[int]] = ready.tolist()
    return found


def overload_probability(
    planned: Sequence[int], ready: Sequence[Sequence[int]], room: Sequence[int]
) -> Likely:
    """Send each path through the plan: nobody comes before the week planned, nor before ready.

    `room` is how many more children the team takes in each week.
    """
    import numpy as np  # noqa: PLC0415 - see above

    paths, weeks = len(ready), len(room)
    if not planned:
        return Likely((0.0,) * weeks, (0,) * weeks)
    comes = np.maximum(np.asarray(ready), np.asarray(planned))
    rows = np.broadcast_to(np.arange(paths)[:, None], comes.shape)
    within = comes < weeks
    places = rows[within] * weeks + comes[within]
    load = np.bincount(places, minlength=paths * weeks).reshape(paths, weeks)
    over = (load > np.asarray(room)).mean(axis=0)
    high = np.quantile(load, HIGH, axis=0, method="inverted_cdf")
    return Likely(tuple(map(float, over)), tuple(map(int, high)))
