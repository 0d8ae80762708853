"""Who may take the chosen cases: how full their hands are now, and how full they would be."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta
from functools import cache, partial
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, func
from sqlmodel import col, select

from app.cases.allocation.queries import ChosenCase, links_to
from app.cases.allocation.rules import Hands, Passed, passed
from app.cases.register.models import Allocation, Case
from app.cases.register.rules import AllocationRole
from app.cases.states import CaseState
from app.cases.workload.models import Workload
from app.cases.workload.queries import CARRIED
from app.cases.workload.rules import load_of
from app.db.among import among_ids
from app.kernel.days import week_ending
from app.people import queries as people
from app.people.models import Practitioner
from app.people.points.rules import EveryPoints, PointsTable, Stage, Travel, every_points, travel_to
from app.people.queries import Candidate
from app.work.uow import UnitOfWork

WEEK = timedelta(days=7)

_OLDEST = select(func.min(Case.allocated_on)).where(
    col(Case.practitioner_id) == col(Practitioner.id), col(Case.state) == CaseState.ALLOCATED
)
_NEW = select(func.count()).where(
    col(Allocation.practitioner_id) == col(Practitioner.id),
    col(Allocation.starts_on) > bindparam("since"),
    col(Allocation.role) == AllocationRole.PRIMARY,
)
# Without this word SQLite would look up what was given again for each row of what is carried.
_GIVEN = (
    select(
        Practitioner.id,
        Practitioner.home_lot_id,
        _NEW.scalar_subquery().label("new"),
        _OLDEST.scalar_subquery().label("oldest"),
    )
    .where(among_ids(col(Practitioner.id), "practitioner_ids"))
    .cte("given")
    .prefix_with("MATERIALIZED")
)
_HANDS = select(*_GIVEN.c, *CARRIED).outerjoin_from(
    _GIVEN,
    Workload,
    and_(
        col(Workload.practitioner_id) == _GIVEN.c.id,
        col(Workload.contract_id) == bindparam("contract_id"),
    ),
)


def hands_of(
    uow: UnitOfWork, contract_id: int, candidates: Sequence[Candidate], table: PointsTable
) -> dict[int, Hands]:
    """How full the hands of each candidate are, counting every lot of the contract.

    That is what they carry, the cases given to them this week, and for how many days the oldest
    that they did not start waits.
    """
    since = week_ending(uow.today) - WEEK
    ids = [one.practitioner_id for one in candidates]
    with uow.beyond_scope():
        asked = {"contract_id": contract_id, "practitioner_ids": ids, "since": since}
        found = uow.rows(_HANDS, **asked).all()
    rows: dict[int, list[Any]] = defaultdict(list)
    for row in found:
        rows[row[0]].append(row)
    each, hands = every_points(table), {}
    for one in candidates:
        own = rows[one.practitioner_id]
        _, home_lot_id, new, oldest, lot_id, *_ = own[0]
        load = load_of([row[4:] for row in own] if lot_id else (), home_lot_id, each)
        waits = (uow.today - oldest).days if oldest else 0
        most = one.case_limit, one.points, one.new_cases_a_week
        hands[one.practitioner_id] = Hands(load, new, waits, *most)
    return hands


class Choice(NamedTuple):
    """A practitioner who might take the chosen cases, and what that would mean."""

    candidate: Candidate
    travel: str
    link: str
    before: Hands
    after: Hands
    beyond: tuple[Passed, ...]

    @property
    def place(self) -> tuple[bool, bool, int, str]:
        """Where they stand among the others."""
        return bool(self.beyond), not self.link, -self.after.room, self.candidate.name

    @property
    def cells(self) -> tuple[str, ...]:
        """Who it is and, in words, what they carry now, would then, and may at the most."""
        one, now, then = self.candidate, self.before, self.after
        oldest = f", {now.oldest_unstarted} days" if now.oldest_unstarted else ""
        return (
            str(one.practitioner_id),
            one.name,
            self.link,
            f"{one.post.label}{', first year' if one.asye else ''}",
            self.travel,
            f"{now.load.cases} → {then.load.cases} of {then.case_limit}",
            f"{now.load.points} → {then.load.points} of {then.points}",
            f"{now.new_this_week} → {then.new_this_week} of {then.new_cases_a_week}",
            f"{now.load.unstarted}{oldest}",
            ", ".join(passed.limit.label for passed in self.beyond).capitalize(),
        )


class Choices(NamedTuple):
    """The practitioners of a lot: the cells of whoever may take some cases, and who may not."""

    rows: list[tuple[str, ...]]
    barred: list[Candidate]


def choices(uow: UnitOfWork, cases: Sequence[ChosenCase]) -> Choices:
    """Everybody of the cases' lot, which is one: within limits first, most room first."""
    if not cases:
        return Choices([], [])
    lot_id, contract_id = cases[0].lot_id, cases[0].contract_id
    candidates = people.candidates(uow, lot_id, uow.today)
    table = people.points_table(uow, contract_id)
    hands = hands_of(uow, contract_id, candidates, table)
    links = links_to(uow, cases)
    holders = {case.practitioner_id for case in cases}
    # What the cases add is the same for all who live alike, but for those who hold some of them.
    more = cache(partial(_more, tuple(cases), every_points(table)))
    found = []
    for one in candidates:
        who, travel = one.practitioner_id, travel_to(lot_id, one.home_lot_id)
        before, new = hands[who], more(travel, who if who in holders else 0)
        after = before.with_more(*new)
        beyond = passed(before, after, table) if new.cases else ()
        found.append(Choice(one, travel.label, links.get(who, ""), before, after, beyond))
    found.sort(key=lambda one: one.place)
    return Choices(
        [one.cells for one in found if one.candidate.may_hold],
        [one.candidate for one in found if not one.candidate.may_hold],
    )


class _More(NamedTuple):
    """What cases add to somebody's hands."""

    cases: int
    points: int
    unstarted: int


def _more(cases: Sequence[ChosenCase], each: EveryPoints, travel: Travel, holder_id: int) -> _More:
    """Of those cases that are not the holder's already; 0 is nobody."""
    new = [case for case in cases if case.practitioner_id != holder_id]
    return _More(
        len(new),
        sum(each[case.band, case.stage, travel].held for case in new),
        sum(case.stage is Stage.TO_START for case in new),
    )
