"""Smooths handovers: a week for each family, so that no team is asked beyond its intake."""

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import mul
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

    `cost` is what waiting and lateness come to; `is_best` where that is proven to be the least
    that the fewest children over an intake can cost.
    """

    week_of: dict[int, int]
    over: dict[tuple[int, int], int]
    cost: int
    is_best: bool


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
    """Choose the weeks with the fewest children over an intake and, of those, the cheapest.

    However long somebody waits for it, no team is asked beyond its intake while it has room.
    `intake` is children a week for each team. `locks` fixes the week of an item; no other item
    enters a team's `barred` weeks but one that is urgent or has no other week. Teams do not touch
    each other, so each is an integer programme of its own, solved to proof or until its share of
    the time is gone.
    """
    until = monotonic() + time_budget_s
    week_of: dict[int, int] = {}
    best = True
    for number, (team, offered) in enumerate(intake.items()):
        groups: dict[_Group, list[Item]] = defaultdict(list)
        for item in items:
            if item.team == team:
                closed = (barred or {}).get(team, ())
                weeks = _weeks_for(item, (locks or {}).get(item.key), closed, len(offered))
                groups[item.kind, weeks].append(item)
        share = (until - monotonic()) / (len(intake) - number)
        weeks_of_team, proven = _solve(groups, offered, max(share, 0.0))
        week_of |= weeks_of_team
        best &= proven
    cost = sum(item.cost(week_of[item.key]) for item in items)
    return HandoverPlan(week_of, overload(items, week_of, intake), cost, best)


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
) -> tuple[dict[int, int], bool]:
    """The weeks of one team's items, and whether they are proven to be the best.

    Items of one group take each other's place, so that a whole number for each of its weeks says
    all; the first of a group goes first. Where time is too short for any answer, all go at once.
    """
    if not groups:
        return {}, True
    cells = [(row, week) for row, (_, weeks) in enumerate(groups) for week in weeks]
    members = list(groups.values())
    answer = _best(_Programme(members, cells, offered), seconds)
    firsts = {row: weeks[0] for row, (_, weeks) in enumerate(groups)}
    places: dict[int, list[int]] = defaultdict(list)
    if answer is None:
        places |= {row: [firsts[row]] * len(group) for row, group in enumerate(members)}
    else:
        for (row, week), number in zip(cells, answer.numbers, strict=True):
            places[row] += [week] * number
    return {
        item.key: week
        for row, group in enumerate(members)
        for item, week in zip(group, places[row], strict=True)
    }, answer is not None and answer.proven


@dataclass(frozen=True)
class _Answer:
    """How many of which group go in which week, and what that comes to."""

    over: int
    cost: int
    numbers: list[int]
    proven: bool


class _Programme:
    """The integer programme of one team: a number for each group and week, and weeks' excess."""

    def __init__(
        self, members: list[list[Item]], cells: list[tuple[int, int]], offered: Sequence[int]
    ) -> None:
        self.members, self.cells, self.offered = members, cells, offered
        self.costs = [members[row][0].cost(week) for row, week in cells]

    def solve(self, costs: Sequence[int], price: int, seconds: float) -> _Answer | None:
        """The cheapest answer at a price for each child over the intake, if time allows for one."""
        # Half a second of every start, for a few presses of a button a week.
        from scipy.optimize import Bounds, LinearConstraint, milp  # noqa: PLC0415 - see above
        from scipy.sparse import coo_array  # noqa: PLC0415 - see above

        counts, weeks = [len(group) for group in self.members], range(len(self.offered))
        cells, after = range(len(self.cells)), len(self.members)
        rows = [row for row, _ in self.cells] + [after + week for _, week in self.cells]
        rows += [after + week for week in weeks]
        columns = [*cells, *cells, *(len(cells) + week for week in weeks)]
        amounts = [1] * len(cells) + [self.members[row][0].children for row, _ in self.cells]
        matrix = coo_array((amounts + [-1] * len(weeks), (rows, columns)))
        least, most = counts + [-math.inf] * len(weeks), [*counts, *self.offered]
        answer = milp(
            [*costs, *(price for _ in weeks)],
            integrality=[1] * (len(cells) + len(weeks)),
            bounds=Bounds(0),
            constraints=LinearConstraint(matrix, least, most),
            options={"time_limit": max(0.0, seconds), "mip_rel_gap": 0},
        )
        if answer.x is None:
            return None
        whole = [round(number) for number in answer.x]
        numbers, over = whole[: len(cells)], sum(whole[len(cells) :])
        return _Answer(over, sum(map(mul, self.costs, numbers)), numbers, answer.status == 0)


def _best(programme: _Programme, seconds: float) -> _Answer | None:
    """The fewest children over the intake and, with no more than that, the least cost.

    At a low price most teams stay within their intake, which is quickly proven. Where one does
    not, it is worked out how few must be over, and the price raised above what anybody can wait.
    """
    until = monotonic() + seconds
    cheap = programme.solve(programme.costs, OVER_COST, seconds / 2)
    if cheap is None or not cheap.over:
        return cheap
    fewest = programme.solve([0] * len(programme.costs), 1, (until - monotonic()) / 2)
    if fewest is None or fewest.over == cheap.over:
        return replace(cheap, proven=cheap.proven and fewest is not None and fewest.proven)
    price = (LATE_COST + URGENT) * len(programme.offered)
    dear = programme.solve(programme.costs, price, until - monotonic())
    found = (one for one in (cheap, fewest, dear) if one)
    best = min(found, key=lambda one: (one.over, one.cost))
    return replace(best, proven=best is dear and best.over == fewest.over and fewest.proven)
