"""Reads of bulk acts: one's own runs, the preview, what came of each case."""

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlmodel import col, func, select

from app.cases.bulk.models import BulkRow, BulkRun
from app.cases.bulk.rules import BulkAct, obstacle
from app.cases.register.filter import CaseFilter, filter_of
from app.cases.register.models import Case
from app.cases.runs.rules import Result
from app.cases.states import CaseState
from app.contract.models import Lot
from app.kernel import paging
from app.kernel.clock import AssessmentType
from app.kernel.errors import NotFound
from app.people.models import Practitioner
from app.work.uow import UnitOfWork

PAGE_SIZE = 100
MOST_RUNS = 50


@dataclass(frozen=True)
class RunView:
    """One bulk act as the person who asked for it sees it."""

    id: int
    contract_id: int
    act: BulkAct
    made_at: datetime
    wanted: CaseFilter
    cases: int
    undoes: int | None
    started_at: datetime | None
    finished_at: datetime | None


class RowView(NamedTuple):
    """One case of a run as it stands now."""

    case_id: int
    reference: str
    lot: str
    state: CaseState
    kind: AssessmentType
    practitioner: str | None
    result: Result
    sentence: str

    def obstacle(self, act: BulkAct) -> str:
        return obstacle(act, self.state, self.kind)


def find_run(uow: UnitOfWork, run_id: int) -> RunView:
    """A run of one's own, or NotFound."""
    run = uow.get(BulkRun, run_id)
    if run.made_by != uow.actor.user_id:
        raise NotFound
    return _view(run)


def undone_by(uow: UnitOfWork, run_id: int) -> int | None:
    """The run that undid this one."""
    return uow.session.exec(select(BulkRun.id).where(BulkRun.undoes == run_id)).first()


def list_runs(uow: UnitOfWork) -> list[RunView]:
    """One's own runs, the newest first."""
    own = select(BulkRun).where(BulkRun.made_by == uow.actor.user_id)
    found = uow.session.exec(own.order_by(col(BulkRun.id).desc()).limit(MOST_RUNS)).all()
    return [_view(run) for run in found]


def list_rows(uow: UnitOfWork, run: RunView, page: str | None) -> paging.Slice[RowView]:
    """One page of a run's cases; once it runs, those that were refused come first."""
    place = paging.place(page, total=_total(uow, run.id), size=PAGE_SIZE)
    columns: tuple[Any, ...] = (
        Case.id,
        Case.reference,
        Lot.name,
        Case.state,
        Case.assessment_type,
        Practitioner.name,
        BulkRow.result,
        BulkRow.sentence,
    )
    found = uow.session.execute(
        select(*columns)
        .select_from(BulkRow)
        .join(Case, col(Case.id) == BulkRow.case_id)
        .join(Lot, col(Lot.id) == Case.lot_id)
        .outerjoin(Practitioner, col(Practitioner.id) == Case.practitioner_id)
        .where(BulkRow.run_id == run.id)
        .order_by((col(BulkRow.sentence) == "").asc(), col(BulkRow.id))
        .offset(place.offset)
        .limit(place.size)
    ).all()
    return paging.Slice.at(place, [RowView._make(row) for row in found])


def count_results(uow: UnitOfWork, run_id: int) -> dict[Result, int]:
    """How many of a run's cases came to what."""
    counted = (
        select(col(BulkRow.result), func.count())
        .where(BulkRow.run_id == run_id)
        .group_by(col(BulkRow.result))
    )
    found = uow.session.execute(counted).all()
    return {one: sum(number for result, number in found if result is one) for one in Result}


def count_obstacles(uow: UnitOfWork, run: RunView) -> Counter[str]:
    """How many cases of a run cannot go through its act, by why; those that can have no why."""
    counted = (
        select(col(Case.state), col(Case.assessment_type), func.count())
        .join(BulkRow, col(BulkRow.case_id) == Case.id)
        .where(BulkRow.run_id == run.id)
        .group_by(col(Case.state), col(Case.assessment_type))
    )
    reasons: Counter[str] = Counter()
    for state, kind, number in uow.session.execute(counted):
        reasons[obstacle(run.act, state, kind)] += number
    return reasons


def siblings_left(uow: UnitOfWork, run: RunView) -> list[Any]:
    """The open cases of the chosen cases' families that are not chosen: id, lot and co-worker."""
    chosen = select(BulkRow.case_id).where(BulkRow.run_id == run.id)
    families = select(Case.family_key).where(
        col(Case.id).in_(chosen), col(Case.family_key).is_not(None)
    )
    columns: tuple[Any, ...] = (Case.id, Case.lot_id, Case.co_worker_id)
    return list(
        uow.session.execute(
            select(*columns)
            .where(
                Case.contract_id == run.contract_id,
                col(Case.family_key).in_(families),
                col(Case.ended_on).is_(None),
                col(Case.id).not_in(chosen),
            )
            .order_by(col(Case.id))
        ).all()
    )


def _total(uow: UnitOfWork, run_id: int) -> int:
    counted = select(func.count()).select_from(BulkRow).where(BulkRow.run_id == run_id)
    return int(uow.session.scalar(counted) or 0)


def _view(run: BulkRun) -> RunView:
    return RunView(
        run.id or 0,
        run.contract_id,
        run.act,
        run.made_at,
        filter_of(run.filter),
        run.cases,
        run.undoes,
        run.started_at,
        run.finished_at,
    )
