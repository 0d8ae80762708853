"""Smooths handovers: a week for each family, so that no team is asked beyond its intake."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from time import monotonic

URGENT = 5
LATE_COST = 50
OVER_COST = 500


@dataclass(frozen=True)
class Item:
    """A family to hand over to one team; weeks count from 0, the first that is planned.

    `latest` is the last week that is not late. What is `URGENT` goes in its ready week.
    """

    key: int
    ready: int
    latest: int
    children: int = 1
    urgency: int = 1
    team: int = 0

    def cost(self, week: int) -> int:
        """Child-weeks of waiting by urgency, and fifty for each child and week that is late."""
        waited, late = week - self.ready, max(0, week - self.latest)
        return self.children * (self.urgency * waited + LATE_COST * late)

    @property
    def kind(self) -> tuple[int, int, int, int]:
        """Families of one kind may take each other's week without changing anything."""
        return self.ready, self.latest, self.children, self.urgency


# Items of one kind that may be given the same weeks.
_Group = tuple[tuple[int, int, int, int], tuple[int, ...]]


@dataclass(frozen=True)
class HandoverPlan:
    """The week of every item, and by how many children each team's week is over its intake.

    `cost` is what the weeks chosen cost, `bound` what no plan can be below.
    """

    week_of: dict[int, int]
    over: dict[tuple[int, int], int]
    cost: float
    bound: float

    @property
    def is_best(self) -> bool:
        return self.cost - self.bound < 0.5


@dataclass(frozen=True)
class Shortfall:
    """Weeks within which more children must be handed over than a team takes."""

    first: int
    last: int
    needed: int
    offered: int

    @property
    def missing(self) -> int:
        return self.needed - self.offered


def smooth_handovers(
    items: Sequence[Item],
    intake: Mapping[int, Sequence[int]],
    *,
    locks: Mapping[int, int] | None = None,
    barred: Mapping[int, Collection[int]] | None = None,
    time_budget_s: float = 5.0,
) -> HandoverPlan:
    """Choose the weeks that cost least: waiting, lateness, and 500 for each child over an intake.

    `intake` is children a week for each team. `locks` fixes the week of an item; no other item
    enters a team's `barred` weeks but one that is urgent or has no other week. Teams do not touch
    each other, so each is an integer programme of its own, solved to proof or until its share of
    the time is gone.
    """
    until = monotonic() + time_budget_s
    week_of: dict[int, int] = {}
    bound = 0.0
    for number, (team, offered) in enumerate(intake.items()):
        groups: dict[_Group, list[Item]] = defaultdict(list)
        for item in items:
            if item.team == team:
                closed = (barred or {}).get(team, ())
                weeks = _weeks_for(item, (locks or {}).get(item.key), closed, len(offered))
                groups[item.kind, weeks].append(item)
        share = (until - monotonic()) / (len(intake) - number)
        weeks_of_team, at_least = _solve(groups, offered, max(share, 0.0))
        week_of |= weeks_of_team
        bound += at_least
    over = overload(items, week_of, intake)
    cost = sum(item.cost(week_of[item.key]) for item in items) + OVER_COST * sum(over.values())
    return HandoverPlan(week_of, over, cost, bound)


@dataclass(frozen=True)
class Worth:
    """What a plan comes to, in children: over an intake, late, and weeks waited by all of them.

    `last` is the week of the last one.
    """

    over: int
    late: int
    waited: int
    last: int


def worth(items: Iterable[Item], plan: HandoverPlan) -> Worth:
    """What a plan comes to for its items; all of it 0 for nobody."""
    placed = [(item, plan.week_of[item.key]) for item in items]
    return Worth(
        sum(plan.over.values()),
        sum(item.children for item, week in placed if week > item.latest),
        sum(item.children * (week - item.ready) for item, week in placed),
        max((week for _, week in placed), default=0),
    )


def overload(
    items: Iterable[Item], week_of: Mapping[int, int], intake: Mapping[int, Sequence[int]]
) -> dict[tuple[int, int], int]:
    """By how many children each team and week is over its intake; weeks that fit are left out."""
    load: dict[tuple[int, int], int] = defaultdict(int)
    for item in items:
        load[item.team, week_of[item.key]] += item.children
    over = {place: children - intake[place[0]][place[1]] for place, children in load.items()}
    return {place: children for place, children in sorted(over.items()) if children > 0}


def min_constant_intake(
    ready: Sequence[int], latest: Sequence[int], children: Sequence[int] | None = None
) -> tuple[int, tuple[int, int]]:
    """The least equal weekly intake that meets every window, and the weeks that ask for it.

    Exact where children need not come together; (0, (0, 0)) for nobody.
    """
    weights = children or [1] * len(ready)
    best, binding = 0, (0, 0)
    for first, last, needed in _windows(list(zip(ready, latest, weights, strict=True))):
        intake = -(-needed // (last - first + 1))
        if intake > best:
            best, binding = intake, (first, last)
    return best, binding


def shortfalls(items: Sequence[Item], intake: Sequence[int]) -> list[Shortfall]:
    """The weeks in which one team cannot take what must come to it in time, the worst first.

    No two of them share a week; none where every window can be met.
    """
    found = [
        Shortfall(first, last, needed, sum(intake[first : last + 1]))
        for first, last, needed in _windows([(i.ready, i.latest, i.children) for i in items])
    ]
    short = sorted(
        (one for one in found if one.missing > 0),
        key=lambda one: (-one.missing, one.last - one.first, one.first),
    )
    kept: list[Shortfall] = []
    for one in short:
        if all(one.last < other.first or one.first > other.last for other in kept):
            kept.append(one)
    return kept


def _windows(needs: Sequence[tuple[int, int, int]]) -> list[tuple[int, int, int]]:
    """Every run of weeks that begins with a ready week and ends with a latest one: its children."""
    starts, ends = {ready for ready, _, _ in needs}, {latest for _, latest, _ in needs}
    return [
        (first, last, sum(n for ready, latest, n in needs if ready >= first and latest <= last))
        for first in sorted(starts)
        for last in sorted(ends)
        if last >= first
    ]


def _weeks_for(
    item: Item, locked: int | None, barred: Collection[int], horizon: int
) -> tuple[int, ...]:
    """The weeks that an item may be given."""
    if item.urgency >= URGENT:
        return (item.ready,)
    if locked is not None:
        return (locked,)
    return tuple(week for week in range(item.ready, horizon) if week not in barred) or (item.ready,)


def _solve(
    groups: Mapping[_Group, list[Item]], offered: Sequence[int], seconds: float
) -> tuple[dict[int, int], float]:
    """The weeks of one team's items and the least that any choice can cost.

    Items of one group take each other's place, so that a whole number for each of its weeks says
    all; the first of a group goes first. Where time is too short for any answer, all go at once.
    """
    if not groups:
        return {}, 0.0
    cells = [(row, week) for row, (_, weeks) in enumerate(groups) for week in weeks]
    members = list(groups.values())
    numbers, bound = _programme(members, cells, offered, seconds)
    places: dict[int, list[int]] = defaultdict(list)
    for (row, week), number in zip(cells, numbers, strict=True):
        places[row] += [week] * number
    return {
        item.key: week
        for row, group in enumerate(members)
        for item, week in zip(group, places[row], strict=True)
    }, bound


def _programme(
    members: list[list[Item]], cells: list[tuple[int, int]], offered: Sequence[int], seconds: float
) -> tuple[list[int], float]:
    """How many of which group go in which week, as one integer programme, and its proven bound."""
    # Half a second of every start, for a few presses of a button a week.
    from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - see above
    from scipy.sparse import coo_array  # noqa: PLC0415 - see above

    counts, weeks = [len(group) for group in members], range(len(offered))
    rows = [row for row, _ in cells] + [len(counts) + week for _, week in cells]
    rows += [len(counts) + week for week in weeks]
    columns = [*range(len(cells)), *range(len(cells)), *(len(cells) + week for week in weeks)]
    amounts = [1] * len(cells) + [members[row][0].children for row, _ in cells]
    matrix = coo_array((amounts + [-1] * len(offered), (rows, columns)))
    least, most = counts + [-math.inf] * len(offered), [*counts, *offered]
    answer = milp(
        [members[row][0].cost(week) for row, week in cells] + [OVER_COST] * len(offered),
        integrality=[1] * (len(cells) + len(offered)),
        bounds=Bounds(0),
        constraints=LinearConstraint(matrix, least, most),
        options={"time_limit": seconds, "mip_rel_gap": 0},
    )
    if answer.x is None:
        firsts = dict(reversed(cells))
        return [counts[row] if firsts[row] == week else 0 for row, week in cells], 0.0
    return [round(number) for number in answer.x[: len(cells)]], float(answer.mip_dual_bound)
