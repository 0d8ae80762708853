"""Reads of workers' checks."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import and_, exists
from sqlmodel import col, select

from app.people.checks.models import Checks, InductionDone, InductionStep
from app.people.checks.rules import Check, Known, checks_of
from app.people.models import Practitioner
from app.work.uow import UnitOfWork


def checks_by_worker(
    uow: UnitOfWork, workers: Sequence[Practitioner], on: date
) -> dict[int, tuple[Check, ...]]:
    """Every check of some workers on a day, by worker; two queries however many they are."""
    ids = [worker.id or 0 for worker in workers]
    rows = uow.session.exec(select(Checks).where(col(Checks.practitioner_id).in_(ids))).all()
    recorded = {row.practitioner_id: row for row in rows}
    to_do = _induction_to_do(uow, ids)
    return {
        worker_id: checks_of(known_of(worker, recorded.get(worker_id)), to_do[worker_id], on)
        for worker, worker_id in zip(workers, ids, strict=True)
    }


def known_of(worker: Practitioner, recorded: Checks | None) -> Known:
    """What is recorded of a worker, as the rules take it; nothing is known without a row."""
    if recorded is None:
        return Known(registration_expires_on=worker.registration_expires_on)
    return Known(
        recorded.registration_number,
        worker.registration_expires_on,
        recorded.dbs_on,
        recorded.dbs_update_service,
        recorded.references,
        recorded.qualified_on,
        recorded.experience_exception,
        recorded.right_to_work_on,
        recorded.right_to_work_expires_on,
        recorded.approved_on,
    )


def _induction_to_do(uow: UnitOfWork, practitioner_ids: Sequence[int]) -> dict[int, list[str]]:
    """The steps that their contract asks for and they have not done, in order, by worker."""
    done = exists().where(
        col(InductionDone.step_id) == col(InductionStep.id),
        col(InductionDone.practitioner_id) == col(Practitioner.id),
    )
    found = uow.session.exec(
        select(Practitioner.id, InductionStep.name)
        .join(
            InductionStep,
            and_(
                col(InductionStep.contract_id) == col(Practitioner.contract_id),
                col(InductionStep.asked),
            ),
        )
        .where(col(Practitioner.id).in_(practitioner_ids), ~done)
        .order_by(col(InductionStep.position), col(InductionStep.id))
    ).all()
    to_do: dict[int, list[str]] = defaultdict(list)
    for worker_id, name in found:
        to_do[worker_id or 0].append(name)
    return to_do
