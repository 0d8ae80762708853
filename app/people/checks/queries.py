"""Reads of workers' checks."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists
from sqlmodel import col, select

from app.db.among import among_ids
from app.people.checks.models import Checks, InductionDone, InductionStep
from app.people.checks.rules import RECORDED, Check, Known, Light, checks_of, worst
from app.people.models import Practitioner
from app.people.rules import Post
from app.people.workers import list_workers
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Step:
    """A step of the induction, and when a worker did it."""

    step_id: int
    name: str
    done_id: int | None
    done_on: date | None


@dataclass(frozen=True)
class CheckedWorker:
    """A worker with every check of theirs."""

    worker_id: int
    name: str
    post: Post
    checks: tuple[Check, ...]

    @property
    def light(self) -> Light:
        return worst(self.checks)


@dataclass(frozen=True)
class Expiry:
    """A check that runs out, or has run out."""

    worker_id: int
    name: str
    check: Check
    expires_on: date


def list_checked(uow: UnitOfWork, lot_id: int | None, on: date) -> list[CheckedWorker]:
    """The workers of the actor's lots, or of one, who have not left, each with their checks."""
    workers = list_workers(uow, on, lot_id)
    checks = checks_by_worker(uow, workers, on)
    return [
        CheckedWorker(worker.id or 0, worker.name, worker.post, checks[worker.id or 0])
        for worker in workers
    ]


def expiries(checked: Sequence[CheckedWorker], until: date) -> list[Expiry]:
    """What runs out up to a day, or has run out already, the first first."""
    found = [
        Expiry(worker.worker_id, worker.name, check, check.expires_on)
        for worker in checked
        for check in worker.checks
        if check.expires_on is not None and check.expires_on <= until
    ]
    return sorted(found, key=lambda one: (one.expires_on, one.name))


def find_checks(uow: UnitOfWork, worker_id: int) -> Checks | None:
    """What is recorded of a worker, if anything is."""
    return uow.session.exec(select(Checks).where(Checks.practitioner_id == worker_id)).first()


def list_steps(uow: UnitOfWork, contract_id: int, worker_id: int) -> list[Step]:
    """The steps that a contract asks for, in order, with what a worker has done of them."""
    found = uow.session.exec(
        select(
            col(InductionStep.id),
            col(InductionStep.name),
            col(InductionDone.id),
            col(InductionDone.done_on),
        )
        .outerjoin(
            InductionDone,
            and_(
                col(InductionDone.step_id) == col(InductionStep.id),
                col(InductionDone.practitioner_id) == worker_id,
            ),
        )
        .where(InductionStep.contract_id == contract_id, col(InductionStep.asked))
        .order_by(col(InductionStep.position), col(InductionStep.id))
    ).all()
    return [Step(step_id or 0, name, done_id, done_on) for step_id, name, done_id, done_on in found]


def checks_by_worker(
    uow: UnitOfWork, workers: Sequence[Practitioner], on: date
) -> dict[int, tuple[Check, ...]]:
    """Every check of some workers on a day, by worker; two queries however many they are."""
    ids = [worker.id or 0 for worker in workers]
    rows = uow.session.exec(select(Checks).where(col(Checks.practitioner_id).in_(ids))).all()
    recorded = {row.practitioner_id: row for row in rows}
    to_do = induction_to_do(uow, ids)
    return {
        worker_id: checks_of(known_of(worker, recorded.get(worker_id)), tuple(to_do[worker_id]), on)
        for worker, worker_id in zip(workers, ids, strict=True)
    }


def known_of(worker: Practitioner, recorded: Checks | None) -> Known:
    """What is recorded of a worker, as the rules take it; nothing is known without a row."""
    known = {name: getattr(recorded, name) for name in RECORDED} if recorded else {}
    return Known(registration_expires_on=worker.registration_expires_on, **known)


_DONE = exists().where(
    col(InductionDone.step_id) == col(InductionStep.id),
    col(InductionDone.practitioner_id) == col(Practitioner.id),
)
_TO_DO = (
    select(Practitioner.id, InductionStep.name)
    .join(
        InductionStep,
        and_(
            col(InductionStep.contract_id) == col(Practitioner.contract_id),
            col(InductionStep.asked),
        ),
    )
    .where(among_ids(col(Practitioner.id), "practitioner_ids"), ~_DONE)
    .order_by(col(InductionStep.position), col(InductionStep.id))
)


def induction_to_do(uow: UnitOfWork, practitioner_ids: Sequence[int]) -> dict[int, list[str]]:
    """The steps that their contract asks for and they have not done, in order, by worker."""
    found = uow.rows(_TO_DO, practitioner_ids=practitioner_ids)
    to_do: dict[int, list[str]] = defaultdict(list)
    for worker_id, name in found.all():
        to_do[worker_id or 0].append(name)
    return to_do
