"""Reads of runs: a caseload with a proposed receiver for each case, and what came of a run."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, or_
from sqlalchemy.orm import aliased
from sqlmodel import col, select

from app.access.models import User
from app.cases.allocation import queries as allocation
from app.cases.allocation.queries import ChosenCase
from app.cases.register.models import Case
from app.cases.register.rules import AllocationRole
from app.cases.runs.models import AllocationRun, AllocationRunRow
from app.cases.runs.rules import MOST, Held, Result, RunKind, Taker, share_out
from app.cases.states import CaseState
from app.cases.workload import queries as workload
from app.cases.workload.rules import Load
from app.kernel.errors import NotFound
from app.people import queries as people
from app.people.models import Practitioner
from app.people.points.rules import PointsTable
from app.people.queries import Candidate
from app.people.workers import find_worker
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Moving:
    """One case of a caseload that is to be passed on; `receivers` may take it."""

    case: ChosenCase
    role: AllocationRole
    proposed: int | None
    receivers: tuple[tuple[int, str], ...]


@dataclass(frozen=True)
class Caseload:
    """What somebody holds and helps with, who might take it, and how many cases that is."""

    practitioner: Practitioner
    total: int
    rows: tuple[Moving, ...]

    @property
    def is_whole(self) -> bool:
        return self.total == len(self.rows)


def caseload(uow: UnitOfWork, practitioner_id: int) -> Caseload:
    """The open cases of a practitioner that the actor sees, with a proposal for each.

    NotFound for somebody who works in none of the actor's lots. At most `MOST` cases are read; the
    total is exact.
    """
    leaver = find_worker(uow, practitioner_id)
    theirs = or_(
        col(Case.practitioner_id) == practitioner_id, col(Case.co_worker_id) == practitioner_id
    )
    total = uow.session.scalar(
        select(func.count()).select_from(Case).where(theirs, col(Case.ended_on).is_(None))
    )
    cases = allocation.of_practitioner(uow, practitioner_id, MOST)
    in_lots = _candidates(uow, cases, practitioner_id)
    table = people.points_table(uow, leaver.contract_id)
    carried = workload.loads(uow, leaver.contract_id, table)
    proposed = _proposed(
        [c for c in cases if c.practitioner_id == practitioner_id],
        in_lots,
        carried,
        table,
        _going(uow),
    )
    rows = tuple(
        Moving(
            case,
            AllocationRole.PRIMARY
            if case.practitioner_id == practitioner_id
            else AllocationRole.CO_WORKER,
            proposed.get(case.id),
            tuple(
                (one.practitioner_id, _said(one, carried))
                for one in in_lots[case.lot_id]
                if one.practitioner_id != case.practitioner_id
            ),
        )
        for case in cases
    )
    return Caseload(leaver, int(total or 0), rows)


def _candidates(
    uow: UnitOfWork, cases: Sequence[ChosenCase], leaver_id: int
) -> dict[int, list[Candidate]]:
    """Whoever may hold a case today, by lot, without the one who goes."""
    return {
        lot_id: [
            one
            for one in people.candidates(uow, lot_id, uow.today)
            if one.may_hold and one.practitioner_id != leaver_id
        ]
        for lot_id in {case.lot_id for case in cases}
    }


def _going(uow: UnitOfWork) -> set[int | None]:
    """Whose caseload was passed on already because they leave or will be away."""
    return set(
        uow.session.exec(
            select(AllocationRun.practitioner_id).where(col(AllocationRun.away_from) >= uow.today)
        )
    )


def _proposed(
    cases: Sequence[ChosenCase],
    in_lots: dict[int, list[Candidate]],
    carried: dict[int, Load],
    table: PointsTable,
    going: Collection[int | None],
) -> dict[int, int | None]:
    takers: dict[int, Taker] = {}
    for lot_id, candidates in in_lots.items():
        for one in candidates:
            who = one.practitioner_id
            load = carried.get(who, Load()).points
            stays = one.ends_on is None and who not in going
            taker = Taker(who, one.home_lot_id, one.points, load, stays)
            takers.setdefault(who, taker).lot_ids.add(lot_id)
    held = [Held(case.id, case.lot_id, case.family_key, case.band, case.stage) for case in cases]
    return share_out(held, list(takers.values()), table)


def _said(one: Candidate, carried: dict[int, Load]) -> str:
    load = carried.get(one.practitioner_id, Load())
    cases = "1 case" if load.cases == 1 else f"{load.cases} cases"
    return f"{one.name} ({cases}, {load.points} of {one.points} points)"


@dataclass(frozen=True)
class RunRow:
    """What came of one case."""

    case_id: int
    reference: str
    to: str | None
    role: AllocationRole
    result: Result
    sentence: str
    state: CaseState

    @property
    def waits(self) -> bool:
        """Whether the case was refused and still has nobody."""
        return self.result is Result.REFUSED and self.state is CaseState.UNALLOCATED


@dataclass(frozen=True)
class RunView:
    """A run with everything that came of it."""

    id: int
    kind: RunKind
    practitioner_id: int | None
    practitioner: str | None
    away_from: date | None
    at: datetime
    by: str | None
    finished_at: datetime | None
    rows: tuple[RunRow, ...]

    def count(self, result: Result) -> int:
        return sum(row.result is result for row in self.rows)


_LEAVER = aliased(Practitioner)


def run_view(uow: UnitOfWork, run_id: int) -> RunView:
    """A run as far as the actor may see its cases; NotFound where they see none of them."""
    uow.get(AllocationRun, run_id)
    columns: tuple[Any, ...] = (
        AllocationRun.id,
        AllocationRun.kind,
        AllocationRun.practitioner_id,
        _LEAVER.name,
        AllocationRun.away_from,
        AllocationRun.at,
        User.name,
        AllocationRun.finished_at,
    )
    rows = tuple(_rows_of(uow, run_id))
    if not rows:
        raise NotFound
    head = uow.session.execute(
        select(*columns)
        .select_from(AllocationRun)
        .outerjoin(_LEAVER, col(_LEAVER.id) == col(AllocationRun.practitioner_id))
        .outerjoin(User, col(User.id) == col(AllocationRun.by_user_id))
        .where(AllocationRun.id == run_id)
    ).one()
    return RunView(*(*head, rows))


def _rows_of(uow: UnitOfWork, run_id: int) -> list[RunRow]:
    columns: tuple[Any, ...] = (
        AllocationRunRow.case_id,
        Case.reference,
        Practitioner.name,
        AllocationRunRow.role,
        AllocationRunRow.result,
        AllocationRunRow.sentence,
        Case.state,
    )
    found = uow.session.execute(
        select(*columns)
        .select_from(AllocationRunRow)
        .join(Case, col(Case.id) == AllocationRunRow.case_id)
        .outerjoin(Practitioner, col(Practitioner.id) == col(AllocationRunRow.practitioner_id))
        .where(AllocationRunRow.run_id == run_id)
        .order_by(col(AllocationRunRow.id))
    ).all()
    return [RunRow(*row) for row in found]


def split(
    cases: Sequence[ChosenCase], asked: Collection[int]
) -> tuple[list[ChosenCase], list[tuple[str, str]]]:
    """The cases that can be allocated together, and those left out with the reason in words.

    Those of the first case's lot that nobody holds yet; what is not the actor's is not named.
    Who was left out may be a sibling of one who was not.
    """
    waiting = [case for case in cases if case.practitioner_id is None]
    lot_id = waiting[0].lot_id if waiting else None
    kept = [case for case in waiting if case.lot_id == lot_id]
    left = [
        (case.reference, f"Held by {case.practitioner}: change its worker instead.")
        for case in cases
        if case.practitioner_id is not None
    ]
    left += [
        (case.reference, f"It is of {case.lot}: allocate it with others of that lot.")
        for case in waiting
        if case.lot_id != lot_id
    ]
    gone = len(asked) - len(cases)
    if gone:
        left.append((f"{gone} more", "Ended, or not yours to see."))
    return [replace(case, others=True) for case in kept] if left else kept, left
