"""Reads for the allocation desk: the chosen cases, who held a case, and how full hands are."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from sqlalchemy import and_, bindparam, exists, func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.cases.allocation.rules import Hands, change_words
from app.cases.register.models import Allocation, Case
from app.cases.register.rules import (
    AllocationRole,
    ChangeReason,
    Priority,
    band_of,
    changes_of_worker,
)
from app.cases.states import CaseState
from app.cases.workload.models import Workload
from app.cases.workload.queries import CARRIED
from app.cases.workload.rules import load_of, stage_of
from app.contract.models import Lot
from app.db.among import among_ids
from app.kernel.days import week_ending
from app.people.models import Practitioner
from app.people.points.rules import Band, PointsTable, Stage, every_points
from app.people.queries import Candidate
from app.work.once import read_once
from app.work.uow import UnitOfWork

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class ChosenCase:
    """A case on the allocation desk; `changes` is how often its worker changed before.

    Most cases wait for their first worker: nothing is read of what `was_held` by nobody, nor of
    the families of cases that have no `others` but those that were chosen with them.
    """

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
    was_held: bool
    changes: int
    others: bool = True

    @cached_property
    def band(self) -> Band:
        return band_of(
            self.priority, open_flags=self.open_flags, child_protection=self.child_protection
        )

    @cached_property
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
    exists().where(col(Allocation.case_id) == col(Case.id)),
)
_CHOSEN: Any = (
    select(*_COLUMNS)
    .select_from(Case)
    .join(Lot, col(Lot.id) == Case.lot_id)
    .outerjoin(Practitioner, col(Practitioner.id) == Case.practitioner_id)
    .where(col(Case.ended_on).is_(None))
    .order_by(Case.triage_rank, Case.referred_on, Case.id)
)


_other = aliased(Case)
_OTHERS = exists().where(
    col(_other.contract_id) == col(Case.contract_id),
    col(_other.family_key) == col(Case.family_key),
    ~among_ids(col(_other.id), "case_ids"),
)
_BY_ID = _CHOSEN.add_columns(_OTHERS).where(among_ids(col(Case.id), "case_ids"))
_THEIRS = _CHOSEN.where(
    or_(
        col(Case.practitioner_id) == bindparam("practitioner_id"),
        col(Case.co_worker_id) == bindparam("practitioner_id"),
    )
).limit(bindparam("most"))
_SIBLINGS = _CHOSEN.where(
    col(Case.contract_id) == bindparam("contract_id"),
    col(Case.family_key).in_(bindparam("families", expanding=True)),
    col(Case.lot_id) == bindparam("lot_id"),
    col(Case.state) == CaseState.UNALLOCATED,
    col(Case.id).not_in(bindparam("case_ids", expanding=True)),
)


def by_id(uow: UnitOfWork, case_ids: Sequence[int]) -> list[ChosenCase]:
    """Those of the cases that are open and the actor's."""
    return _chosen(uow, _BY_ID, case_ids=case_ids) if case_ids else []


def of_practitioner(uow: UnitOfWork, practitioner_id: int, most: int) -> list[ChosenCase]:
    """The first open cases that a practitioner holds or helps with, as the actor sees them."""
    return _chosen(uow, _THEIRS, practitioner_id=practitioner_id, most=most)


def siblings_waiting(uow: UnitOfWork, cases: Sequence[ChosenCase]) -> list[ChosenCase]:
    """The unallocated cases of the same families, in the cases' one lot, that were not chosen."""
    families = _families(cases)
    if not families:
        return []
    return _chosen(
        uow,
        _SIBLINGS,
        contract_id=cases[0].contract_id,
        families=families,
        lot_id=cases[0].lot_id,
        case_ids=[case.id for case in cases],
    )


def _chosen(uow: UnitOfWork, statement: Any, **values: Any) -> list[ChosenCase]:
    """The rows of a statement, in triage order, with their changes of worker."""
    found: Sequence[Any] = uow.rows(statement, **values).all()
    told = len(_COLUMNS)
    changes = count_changes(uow, [row[0] for row in found if row[told - 1]])
    return [ChosenCase(*(*row[:told], changes.get(row[0], 0), *row[told:])) for row in found]


def _families(cases: Sequence[ChosenCase]) -> list[str]:
    """The keys of the families that have cases beside these."""
    return sorted({case.family_key for case in cases if case.family_key and case.others})


class _Stretch(NamedTuple):
    """Somebody's time with one of some cases."""

    case_id: int
    practitioner_id: int
    role: AllocationRole
    ends_on: date | None


_STRETCH: tuple[Any, ...] = (
    Allocation.case_id,
    Allocation.practitioner_id,
    Allocation.role,
    Allocation.ends_on,
)
_STRETCHES = (
    select(*_STRETCH)
    .where(among_ids(col(Allocation.case_id), "case_ids"))
    .order_by(col(Allocation.id))
)


@read_once
def _stretches(uow: UnitOfWork, case_ids: tuple[int, ...]) -> tuple[_Stretch, ...]:
    """Who held and helped with some cases, the first one first."""
    if not case_ids:
        return ()
    return tuple(_Stretch._make(row) for row in uow.rows(_STRETCHES, case_ids=case_ids).all())


def count_changes(uow: UnitOfWork, case_ids: Sequence[int]) -> dict[int, int]:
    """How often the worker of each case changed; cases without a history are left out."""
    held: dict[int, list[int]] = defaultdict(list)
    for one in _stretches(uow, tuple(sorted(case_ids))):
        if one.role is AllocationRole.PRIMARY:
            held[one.case_id].append(one.practitioner_id)
    return {case_id: changes_of_worker(workers) for case_id, workers in held.items()}


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


_OF_FAMILIES = select(*_STRETCH).where(
    col(Allocation.case_id).in_(
        select(col(Case.id)).where(
            col(Case.contract_id) == bindparam("contract_id"),
            col(Case.family_key).in_(bindparam("families", expanding=True)),
        )
    )
)


def links_to(uow: UnitOfWork, cases: Sequence[ChosenCase]) -> dict[int, str]:
    """What ties a practitioner to the children or their families, in words, by practitioner."""
    ids = {case.id for case in cases}
    found = list(_stretches(uow, tuple(sorted(case.id for case in cases if case.was_held))))
    if families := _families(cases):
        contract_id = cases[0].contract_id
        rows = uow.rows(_OF_FAMILIES, families=families, contract_id=contract_id)
        found += [_Stretch._make(row) for row in rows]
    ties: dict[int, str] = {}
    for one in found:
        whose = "this child" if one.case_id in ids else "a sibling"
        words = f"{'Works' if one.ends_on is None else 'Worked'} with {whose}"
        closest = ties.get(one.practitioner_id, words)
        ties[one.practitioner_id] = min(closest, words, key=_CLOSEST.index)
    return ties


_CLOSEST = (
    "Works with a sibling",
    "Works with this child",
    "Worked with this child",
    "Worked with a sibling",
)


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


def list_holders(uow: UnitOfWork) -> set[int]:
    """The practitioners who hold an open case."""
    found = uow.session.scalars(
        select(col(Case.practitioner_id))
        .where(col(Case.practitioner_id).is_not(None), col(Case.ended_on).is_(None))
        .distinct()
    )
    return {one for one in found if one is not None}
