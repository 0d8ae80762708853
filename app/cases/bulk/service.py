"""Choosing cases for one act, doing it to each by a command of its own, and undoing it."""

import logging
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlmodel import col, select, update

from app.access.actor import Actor
from app.cases.allocation import service as allocation
from app.cases.assessments import service as assessments
from app.cases.bulk import queries
from app.cases.bulk.models import BulkRow, BulkRun
from app.cases.bulk.rules import MOST, BulkAct
from app.cases.listing.queries import contract_of
from app.cases.register import service as register
from app.cases.register.filter import SORTS, CaseFilter
from app.cases.register.models import Case
from app.cases.register.queries import count_cases
from app.cases.register.rules import ChangeReason, Priority, PriorityReason
from app.cases.runs.rules import Result
from app.cases.triage import service as triage
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import DomainError, Invalid, Refused
from app.people import queries as people
from app.work.database import Database
from app.work.uow import UnitOfWork

log = logging.getLogger("clearway")
BROKE = "This case failed for a reason of ours and is as it was. Tell your administrator."
MOVED_SINCE = "Someone changed this case after the run, so it is left as it is."
_BEFORE: dict[BulkAct, Any] = {
    BulkAct.TRANSFER: Case.lot_id,
    BulkAct.CO_WORKER: Case.co_worker_id,
    BulkAct.PRIORITY: None,
    BulkAct.MIGRATE: None,
}
_NEEDED: dict[BulkAct, dict[str, str]] = {
    BulkAct.CO_WORKER: {"change_reason": "Choose the reason for the change."},
    BulkAct.PRIORITY: dict.fromkeys(
        ("priority", "priority_reason", "next_review_on"),
        "Priority, reason and next review are all needed.",
    ),
    BulkAct.MIGRATE: {"reason": "Enter the reason."},
}


@dataclass(frozen=True)
class Answers:
    """What the act needs to know, each for the acts that ask for it."""

    to_lot_id: int | None = None
    co_worker_id: int | None = None
    change_reason: ChangeReason | None = None
    priority: Priority | None = None
    priority_reason: PriorityReason | None = None
    next_review_on: date | None = None
    reason: str = ""


def choose(uow: UnitOfWork, act: BulkAct, wanted: CaseFilter) -> int:
    """Write down exactly the cases of a filter for an act; nothing is done to them yet."""
    with uow.command(Act.CASE_BULK):
        uow.actor.must(act.act)
        total = count_cases(uow, wanted)
        if not total:
            raise Invalid(
                "everything", "Tick at least one case, or choose all of a list that has some."
            )
        if total > MOST:
            raise Invalid(
                "everything",
                f"One act takes at most {MOST:,} cases and this list has {total:,}. Filter it "
                "further, for example by lot or state.",
            )
        contract_id = contract_of(uow, wanted.lot)
        rows = _chosen(uow, act, wanted, contract_id)
        run = uow.add(_run(uow, act, contract_id, wanted, len(rows)))
        uow.load(BulkRow, [{"run_id": run.id} | row for row in rows])
        return run.id or 0


def add_families(uow: UnitOfWork, run_id: int) -> int:
    """Choose also the open siblings of what was chosen; returns how many."""
    with uow.command(Act.CASE_BULK):
        run = queries.find_run(uow, run_id)
        if run.started_at is not None:
            raise Refused("This was started already.")
        siblings = queries.siblings_left(uow, run)
        had = {BulkAct.TRANSFER: 1, BulkAct.CO_WORKER: 2}.get(run.act)
        rows = [
            {"run_id": run.id, "case_id": one[0], "lot_id": one[1], "before": had and one[had]}
            for one in siblings
        ]
        uow.load(BulkRow, rows)
        uow.get(BulkRun, run_id).cases += len(rows)
        return len(rows)


def begin(uow: UnitOfWork, run_id: int, answers: Answers) -> None:
    """Say what the act is to do; `go_on` then does it to one case after the other."""
    with uow.command(Act.CASE_BULK):
        queries.find_run(uow, run_id)
        run = uow.get(BulkRun, run_id)
        uow.actor.must(run.act.act)
        if run.started_at is not None:
            raise Refused("This was started already.")
        target = _checked(uow, run, answers)
        run.change_reason = answers.change_reason
        run.priority, run.priority_reason = answers.priority, answers.priority_reason
        run.next_review_on, run.reason = answers.next_review_on, answers.reason or None
        run.started_at = uow.now
        uow.session.exec(update(BulkRow).where(col(BulkRow.run_id) == run_id).values(target=target))


def go_on(database: Database, actor: Actor, run_id: int) -> None:
    """Do the act to every case that waits; what is refused is told beside its case.

    A run that broke off goes on where it was.
    """
    with database.work(actor) as uow:
        waiting = uow.session.exec(
            select(BulkRow.id)
            .where(BulkRow.run_id == run_id, BulkRow.result == Result.WAITING)
            .order_by(col(BulkRow.id))
        ).all()
    for row_id in waiting:
        with database.work(actor) as uow:
            _try(uow, run_id, row_id or 0)
    with database.work(actor) as uow, uow.command(Act.CASE_BULK):
        uow.get(BulkRun, run_id).finished_at = uow.now


def undo(uow: UnitOfWork, run_id: int) -> int:
    """Begin a run that gives each case of a finished one back what it had; returns its id."""
    with uow.command(Act.CASE_BULK):
        queries.find_run(uow, run_id)
        run = uow.get(BulkRun, run_id)
        uow.actor.must(run.act.act)
        if not run.act.undoing or run.finished_at is None or run.undoes is not None:
            raise Refused("This cannot be undone.")
        if queries.undone_by(uow, run_id):
            raise Refused("This was undone already.")
        rows = uow.session.exec(
            select(BulkRow).where(BulkRow.run_id == run_id, BulkRow.result == Result.DONE)
        ).all()
        back = uow.add(_run(uow, run.act, run.contract_id, CaseFilter(), len(rows)))
        back.undoes, back.started_at = run_id, uow.now
        back.change_reason = ChangeReason.OTHER if run.act is BulkAct.CO_WORKER else None
        uow.load(BulkRow, [_back(uow, back, row) for row in rows])
        return back.id or 0


def _run(
    uow: UnitOfWork, act: BulkAct, contract_id: int, wanted: CaseFilter, cases: int
) -> BulkRun:
    return BulkRun(
        contract_id=contract_id,
        act=act,
        made_by=uow.actor.user_id,
        made_at=uow.now,
        filter=wanted.url("").removeprefix("?"),
        cases=cases,
    )


def _chosen(
    uow: UnitOfWork, act: BulkAct, wanted: CaseFilter, contract_id: int
) -> list[dict[str, Any]]:
    order = (col(c).desc() if wanted.down else col(c) for c in SORTS[wanted.sort][1])
    before = _BEFORE[act]
    columns: tuple[Any, ...] = (Case.id, Case.lot_id, Case.id if before is None else before)
    found = uow.session.execute(
        select(*columns)
        .where(*wanted.criteria(uow.today), Case.contract_id == contract_id)
        .order_by(*order)
    ).all()
    return [
        {"case_id": case_id, "lot_id": lot_id, "before": None if before is None else had}
        for case_id, lot_id, had in found
    ]


def _checked(uow: UnitOfWork, run: BulkRun, answers: Answers) -> int | None:
    """The lot or worker that every case gets; Invalid for an answer that is missing or wrong."""
    target = None
    if run.act is BulkAct.TRANSFER:
        target = answers.to_lot_id
        if target not in {
            lot.id for lot in contract.list_lots(uow) if lot.contract_id == run.contract_id
        }:
            raise Invalid("to_lot_id", "Choose the lot to move the cases to.")
    if run.act is BulkAct.CO_WORKER:
        target = answers.co_worker_id
        if target not in dict(people.list_practitioners(uow)):
            raise Invalid("co_worker_id", "Choose the co-worker.")
    for field, sentence in _NEEDED.get(run.act, {}).items():
        if not getattr(answers, field):
            raise Invalid(field, sentence)
    return target


def _back(uow: UnitOfWork, back: BulkRun, row: BulkRow) -> dict[str, Any]:
    case = register.find(uow, row.case_id)
    same = case.version == row.version_after
    return {
        "run_id": back.id,
        "case_id": row.case_id,
        "lot_id": case.lot_id,
        "before": row.target,
        "target": row.before,
        "result": Result.WAITING if same else Result.REFUSED,
        "sentence": "" if same else MOVED_SINCE,
    }


def _try(uow: UnitOfWork, run_id: int, row_id: int) -> None:
    run, row = uow.get(BulkRun, run_id), uow.get(BulkRow, row_id)
    if row.result is not Result.WAITING:
        return
    case_id, result, sentence = row.case_id, Result.DONE, ""
    try:
        _do(uow, run, row)
    except DomainError as refusal:
        result, sentence = Result.REFUSED, refusal.sentence
    except Exception:
        log.exception("Failed: bulk run %s, row %s", run_id, row_id)
        result, sentence = Result.REFUSED, BROKE
    with uow.housekeeping():
        version = uow.session.scalar(select(col(Case.version)).where(col(Case.id) == case_id))
        uow.session.exec(
            update(BulkRow)
            .where(col(BulkRow.id) == row_id, col(BulkRow.result) == Result.WAITING)
            .values(result=result, sentence=sentence[:400], version_after=version)
        )


def _do(uow: UnitOfWork, run: BulkRun, row: BulkRow) -> None:
    """The act on one case, exactly as its own page would do it."""
    if run.act is BulkAct.TRANSFER:
        register.transfer(uow, row.case_id, row.target or 0)
        return
    if run.act is BulkAct.MIGRATE:
        assessments.migrate(uow, row.case_id, run.reason or "")
        return
    case = register.find(uow, row.case_id)
    if run.act is BulkAct.CO_WORKER:
        if case.practitioner_id is None:
            raise Refused("Nobody holds this case, so nobody can be helped with it.")
        reason = run.change_reason or ChangeReason.OTHER
        allocation.reallocate(uow, row.case_id, case.practitioner_id, reason, row.target)
    elif run.priority and run.priority_reason and run.next_review_on:
        triage.prioritise(
            uow,
            row.case_id,
            run.priority,
            run.priority_reason,
            run.next_review_on,
            child_protection=case.child_protection,
        )
