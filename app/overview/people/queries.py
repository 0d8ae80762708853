"""Reads what practitioners carry beside what they can, and one practitioner's own cases."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import String, cast, func, literal, or_, select
from sqlmodel import col

from app.cases.register.models import Case
from app.cases.register.rules import band_of
from app.cases.states import CaseState
from app.cases.workload.queries import loads
from app.cases.workload.rules import Load, stage_of
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import NotFound
from app.overview.people.rules import Spread, share, spread
from app.people import queries as people
from app.people.points.rules import (
    Band,
    PointsTable,
    Stage,
    Travel,
    co_worker_points,
    points_of,
    travel_to,
)
from app.people.queries import Candidate
from app.people.roster.queries import find_person
from app.people.staying.queries import wishes
from app.people.staying.rules import Intent, Wish
from app.people.workers import list_workers, lots_by_worker
from app.work.uow import UnitOfWork

HELD = [state for state in CaseState if state.is_open and state is not CaseState.UNALLOCATED]


@dataclass(frozen=True)
class WorkerRow:
    """A practitioner with what they carry, in all lots of their contract."""

    candidate: Candidate
    lots: str
    load: Load
    families: int

    @property
    def share(self) -> int | None:
        """Points carried, as a percentage of what they can carry."""
        return share(self.load.points, self.candidate.points)

    @property
    def over(self) -> str:
        """Which of their limits they are over, in a few words; empty for none."""
        if self.load.cases > self.candidate.case_limit:
            return "Over the limit of cases"
        return "Over their points" if self.load.points > self.candidate.points else ""


@dataclass(frozen=True)
class Spreads:
    """How work is spread over those who can hold cases and those who hold some."""

    workers: int
    cases: Spread | None
    points: Spread | None
    shares: Spread | None


@dataclass(frozen=True)
class StayingRow:
    """A worker with what they say about staying, None before they were asked, and their cases."""

    worker_id: int
    name: str
    wish: Wish | None
    cases: int

    @property
    def stays(self) -> bool:
        return self.wish is not None and self.wish.intent is Intent.STAY


@dataclass(frozen=True)
class OwnCase:
    """One case of a practitioner, and how its points come about for them."""

    case_id: int
    reference: str
    helps: bool
    band: Band
    stage: Stage
    travel: Travel
    points: int


@dataclass(frozen=True)
class OwnWork:
    """What a practitioner carries, case by case, beside what they can."""

    cases: tuple[OwnCase, ...]
    available: int
    case_limit: int
    table: PointsTable

    @property
    def points(self) -> int:
        return sum(case.points for case in self.cases)

    @property
    def held(self) -> int:
        return sum(not case.helps for case in self.cases)


def list_loads(uow: UnitOfWork, lot_id: int | None = None) -> list[WorkerRow]:
    """The practitioners of the actor's lots, or of one of them, by name.

    Cases and points are read from the counters; families are counted over the open cases that
    these practitioners hold.
    """
    found = people.candidates(uow, lot_id, uow.today)
    carried = _carried(uow)
    families = _families(uow, [one.practitioner_id for one in found])
    places = lots_by_worker(uow)
    return [
        WorkerRow(
            one,
            ", ".join(name for _, name in places[one.practitioner_id]),
            carried.get(one.practitioner_id, Load()),
            families.get(one.practitioner_id, 0),
        )
        for one in found
    ]


def spreads(workers: Sequence[WorkerRow]) -> Spreads:
    """How work is spread; somebody who may hold no case and holds none is left out."""
    among = [one for one in workers if one.candidate.may_hold or one.load.cases]
    return Spreads(
        len(among),
        spread([one.load.cases for one in among]),
        spread([one.load.points for one in among]),
        spread([one.share for one in among if one.share is not None]),
    )


def own_work(uow: UnitOfWork, practitioner_id: int) -> OwnWork:
    """A practitioner's open cases, those they hold first, with the points of each and why.

    NotFound for a team manager, who holds none.
    """
    person = find_person(uow, practitioner_id, uow.today)
    worker, table = person.worker, person.carries.table
    if not worker.post.holds_cases:
        raise NotFound
    rows = uow.session.scalars(
        select(Case).where(
            col(Case.ended_on).is_(None),
            or_(
                col(Case.practitioner_id) == practitioner_id,
                col(Case.co_worker_id) == practitioner_id,
            ),
        )
    )
    cases = [_own_case(case, practitioner_id, worker.home_lot_id, table) for case in rows]
    ordered = sorted(cases, key=lambda case: (case.helps, case.reference))
    return OwnWork(tuple(ordered), person.carries.available, worker.case_limit, table)


def list_staying(uow: UnitOfWork) -> list[StayingRow]:
    """Everybody still here with what they say about staying; for the council, who may be named."""
    of_agency = uow.actor.may(Act.STAYING_RECORD)
    said = wishes(uow, consented=not of_agency)
    carried = _carried(uow)
    return [
        StayingRow(
            worker.id or 0,
            worker.name,
            said.get(worker.id or 0),
            carried.get(worker.id or 0, Load()).cases,
        )
        for worker in list_workers(uow, uow.today)
        if of_agency or worker.id in said
    ]


def _carried(uow: UnitOfWork) -> dict[int, Load]:
    """What each practitioner of the actor's contracts carries, from the counters."""
    carried: dict[int, Load] = {}
    for one in contract.list_contracts(uow):
        carried |= loads(uow, one.id or 0)
    return carried


def _own_case(
    case: Case, practitioner_id: int, home_lot_id: int | None, table: PointsTable
) -> OwnCase:
    band = band_of(
        case.priority, open_flags=case.open_flags, child_protection=case.child_protection
    )
    stage, travel = stage_of(case.state), travel_to(case.lot_id, home_lot_id)
    points = points_of(table, band, stage, travel)
    helps = case.practitioner_id != practitioner_id
    return OwnCase(
        case.id or 0,
        case.reference,
        helps,
        band,
        stage,
        travel,
        co_worker_points(table, points) if helps else points,
    )


def _families(uow: UnitOfWork, practitioner_ids: Collection[int]) -> dict[int, int]:
    """The families of the open cases that each practitioner holds; a lone child is one too."""
    holder = col(Case.practitioner_id)
    alone = literal("case ") + cast(col(Case.id), String)
    family = func.coalesce(col(Case.family_key), alone)
    counted = (
        select(holder, func.count(family.distinct()))
        # By state rather than by the day it ended, so that the index of workers serves.
        .where(holder.in_(practitioner_ids), col(Case.state).in_(HELD))
        .group_by(holder)
    )
    return {int(who): int(number) for who, number in uow.session.execute(counted) if who}
