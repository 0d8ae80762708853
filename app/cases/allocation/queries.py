"""Reads for the allocation desk: the chosen cases, who may take them, and who held a case."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func
from sqlmodel import col, select

from app.cases.allocation.rules import (
    Hands,
    Passed,
    change_words,
    passed,
)
from app.cases.register.models import Allocation, Case
from app.cases.register.rules import (
    AllocationRole,
    ChangeReason,
    Priority,
    band_of,
    changes_of_worker,
)
from app.cases.states import CaseState
from app.cases.workload.queries import loads
from app.cases.workload.rules import Load, stage_of
from app.contract.models import Lot
from app.kernel.days import week_ending
from app.people import queries as people
from app.people.models import Practitioner
from app.people.points.rules import Band, PointsTable, Stage, Travel, points_of, travel_to
from app.people.queries import Candidate
from app.work.uow import UnitOfWork

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class ChosenCase:
    """A case on the allocation desk; `changes` is how often its worker changed before."""

    id: int
    reference: str
    contract_id: int
    lot_id: int
    lot: str
    family_key: str | None
    state: CaseState
    priority: Priority
    open_flags: int
    child_protection: bool
    age_band: str
    due_on: date | None
    practitioner_id: int | None
    practitioner: str | None
    co_worker_id: int | None
    changes: int

    @property
    def band(self) -> Band:
        return band_of(
            self.priority, open_flags=self.open_flags, child_protection=self.child_protection
        )

    @property
    def stage(self) -> Stage:
        return stage_of(self.state)

    @property
    def change_words(self) -> str:
        """A warning where giving the case to somebody else would be one change too many."""
        return change_words(self.changes)


_COLUMNS: tuple[Any, ...] = (
    Case.id,
    Case.reference,
    Case.contract_id,
    Case.lot_id,
    Lot.name,
    Case.family_key,
    Case.state,
    Case.priority,
    Case.open_flags,
    Case.child_protection,
    Case.age_band,
    Case.due_on,
    Case.practitioner_id,
    Practitioner.name,
    Case.co_worker_id,
)
_CHOSEN: Any = (
    select(*_COLUMNS)
    .select_from(Case)
    .join(Lot, col(Lot.id) == Case.lot_id)
    .outerjoin(Practitioner, col(Practitioner.id) == Case.practitioner_id)
    .order_by(Case.triage_rank, Case.referred_on, Case.id)
)


def chosen_cases(uow: UnitOfWork, *kept: Any) -> list[ChosenCase]:
    """The open cases that conditions keep, in triage order, with their changes of worker."""
    found = uow.session.execute(_CHOSEN.where(col(Case.ended_on).is_(None), *kept)).all()
    changes = count_changes(uow, [row[0] for row in found])
    return [ChosenCase(*(*row, changes.get(row[0], 0))) for row in found]


def by_id(uow: UnitOfWork, case_ids: Collection[int]) -> list[ChosenCase]:
    """Those of the cases that are open and the actor's."""
    return chosen_cases(uow, col(Case.id).in_(case_ids))


def siblings_waiting(uow: UnitOfWork, cases: Sequence[ChosenCase]) -> list[ChosenCase]:
    """The unallocated cases of the same families and lots that were not chosen themselves."""
    families = {(case.contract_id, case.family_key) for case in cases if case.family_key}
    if not families:
        return []
    return chosen_cases(
        uow,
        col(Case.contract_id).in_({contract_id for contract_id, _ in families}),
        col(Case.family_key).in_({key for _, key in families}),
        col(Case.lot_id).in_({case.lot_id for case in cases}),
        col(Case.state) == CaseState.UNALLOCATED,
        col(Case.id).not_in([case.id for case in cases]),
    )


def count_changes(uow: UnitOfWork, case_ids: Collection[int]) -> dict[int, int]:
    """How often the worker of each case changed; cases without a history are left out."""
    found = uow.session.execute(
        select(Allocation.case_id, Allocation.practitioner_id)
        .where(
            col(Allocation.case_id).in_(case_ids), col(Allocation.role) == AllocationRole.PRIMARY
        )
        .order_by(col(Allocation.id))
    )
    held: dict[int, list[int]] = defaultdict(list)
    for case_id, practitioner_id in found:
        held[case_id].append(practitioner_id)
    return {case_id: changes_of_worker(workers) for case_id, workers in held.items()}


def hands_of(
    uow: UnitOfWork, contract_id: int, candidates: Sequence[Candidate]
) -> dict[int, Hands]:
    """How full the hands of each candidate are, counting every lot of the contract."""
    carried = loads(uow, contract_id)
    ids = [one.practitioner_id for one in candidates]
    new, oldest = _new_this_week(uow, ids), _oldest_unstarted(uow, ids)
    return {
        one.practitioner_id: Hands(
            carried.get(one.practitioner_id, Load()),
            new.get(one.practitioner_id, 0),
            oldest.get(one.practitioner_id, 0),
            one.case_limit,
            one.points,
            one.new_cases_a_week,
        )
        for one in candidates
    }


def _new_this_week(uow: UnitOfWork, practitioner_ids: Collection[int]) -> dict[int, int]:
    counted = (
        select(Allocation.practitioner_id, func.count())
        .where(
            col(Allocation.starts_on) > week_ending(uow.today) - WEEK,
            col(Allocation.practitioner_id).in_(practitioner_ids),
            col(Allocation.role) == AllocationRole.PRIMARY,
        )
        .group_by(col(Allocation.practitioner_id))
    )
    with uow.beyond_scope():
        return {who: int(number) for who, number in uow.session.execute(counted)}


def _oldest_unstarted(uow: UnitOfWork, practitioner_ids: Collection[int]) -> dict[int, int]:
    given: Any = (
        select(Case.practitioner_id, func.min(Case.allocated_on))
        .where(
            col(Case.practitioner_id).in_(practitioner_ids),
            col(Case.state) == CaseState.ALLOCATED,
        )
        .group_by(col(Case.practitioner_id))
    )
    with uow.beyond_scope():
        return {
            who: (uow.today - since).days
            for who, since in uow.session.execute(given)
            if who is not None and since is not None
        }


@dataclass(frozen=True)
class Choice:
    """A practitioner who might take the chosen cases: what that would mean, or why not."""

    practitioner_id: int
    name: str
    post: str
    travel: Travel
    link: str
    before: Hands
    after: Hands
    beyond: tuple[Passed, ...]
    reasons: tuple[str, ...]


def choices(uow: UnitOfWork, cases: Sequence[ChosenCase]) -> list[Choice]:
    """Everybody of the cases' lot, which is one: whoever may take them first, most room first."""
    lot_id, contract_id = cases[0].lot_id, cases[0].contract_id
    candidates = people.candidates(uow, lot_id, uow.today)
    hands = hands_of(uow, contract_id, candidates)
    posts = posts_of(uow, [one.practitioner_id for one in candidates])
    links, table = links_to(uow, cases), people.points_table(uow, contract_id)
    found = [
        _choice(one, cases, hands[one.practitioner_id], table, posts, links) for one in candidates
    ]
    return sorted(
        found, key=lambda c: (bool(c.reasons), bool(c.beyond), not c.link, -c.after.room, c.name)
    )


def _choice(
    candidate: Candidate,
    cases: Sequence[ChosenCase],
    before: Hands,
    table: PointsTable,
    posts: Mapping[int, str],
    links: Mapping[int, str],
) -> Choice:
    who = candidate.practitioner_id
    travel = travel_to(cases[0].lot_id, candidate.home_lot_id)
    new = [case for case in cases if case.practitioner_id != who]
    points = sum(points_of(table, case.band, case.stage, travel) for case in new)
    unstarted = sum(case.stage is Stage.TO_START for case in new)
    after = before.with_more(len(new), points, unstarted)
    return Choice(
        who,
        candidate.name,
        posts.get(who, ""),
        travel,
        links.get(who, ""),
        before,
        after,
        passed(before, after, table) if new else (),
        candidate.reasons,
    )


def links_to(uow: UnitOfWork, cases: Sequence[ChosenCase]) -> dict[int, str]:
    """What ties a practitioner to the children or their families, in words, by practitioner."""
    ids, families = {case.id for case in cases}, {c.family_key for c in cases if c.family_key}
    of_family = select(col(Case.id)).where(
        col(Case.contract_id).in_({case.contract_id for case in cases}),
        col(Case.family_key).in_(families),
    )
    about = col(Allocation.case_id)
    columns: tuple[Any, ...] = (
        Allocation.practitioner_id,
        Allocation.case_id,
        Allocation.ends_on,
    )
    found = uow.session.execute(
        select(*columns).where(
            about.in_(ids) | about.in_(of_family) if families else about.in_(ids)
        )
    )
    ties: dict[int, str] = {}
    for practitioner_id, case_id, ends_on in found:
        whose = "this child" if case_id in ids else "a sibling"
        words = f"{'Works' if ends_on is None else 'Worked'} with {whose}"
        ties[practitioner_id] = min(ties.get(practitioner_id, words), words, key=_CLOSEST.index)
    return ties


_CLOSEST = (
    "Works with a sibling",
    "Works with this child",
    "Worked with this child",
    "Worked with a sibling",
)


def posts_of(uow: UnitOfWork, practitioner_ids: Collection[int]) -> dict[int, str]:
    """The post of each practitioner, and whether they are in their first year, in words."""
    found = uow.session.execute(
        select(Practitioner.id, Practitioner.post, Practitioner.asye).where(
            col(Practitioner.id).in_(practitioner_ids)
        )
    )
    return {
        practitioner_id or 0: f"{post.label}{', first year' if first_year else ''}"
        for practitioner_id, post, first_year in found
    }


@dataclass(frozen=True)
class HeldBy:
    """One stretch of a case's history of workers."""

    name: str
    role: AllocationRole
    starts_on: date
    ends_on: date | None
    reason: ChangeReason | None
    practitioner_id: int


def changes_in(held: Sequence[HeldBy]) -> int:
    """How often the child's worker changed in this history."""
    return changes_of_worker(
        one.practitioner_id for one in held if one.role is AllocationRole.PRIMARY
    )


def holders_of(uow: UnitOfWork, case_id: int) -> list[HeldBy]:
    """Who held a case and helped with it, the first one first."""
    columns: tuple[Any, ...] = (
        Practitioner.name,
        Allocation.role,
        Allocation.starts_on,
        Allocation.ends_on,
        Allocation.reason,
        Allocation.practitioner_id,
    )
    found = uow.session.execute(
        select(*columns)
        .join(Practitioner, col(Practitioner.id) == Allocation.practitioner_id)
        .where(Allocation.case_id == case_id)
        .order_by(col(Allocation.id))
    ).all()
    return [HeldBy(*row) for row in found]


def list_holders(uow: UnitOfWork) -> set[int]:
    """The practitioners who hold an open case."""
    found = uow.session.scalars(
        select(col(Case.practitioner_id))
        .where(col(Case.practitioner_id).is_not(None), col(Case.ended_on).is_(None))
        .distinct()
    )
    return {one for one in found if one is not None}
