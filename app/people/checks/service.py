"""Records a worker's checks, and the steps of a contract's induction."""

from collections.abc import Collection

from sqlmodel import col, select

from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Invalid, NotFound
from app.people.checks.models import Checks, InductionDone, InductionStep
from app.people.checks.queries import find_checks, known_of, list_steps
from app.people.checks.rules import Known, check_known, shown
from app.people.models import Practitioner
from app.people.workers import find_worker
from app.work.uow import UnitOfWork


def record(
    uow: UnitOfWork, worker_id: int, known: Known, done: Collection[int], *, version: int
) -> None:
    """Record what is known of a worker and which steps of the induction they have done.

    `version` is that of the checks the form began from, 0 where nothing was recorded. Raises
    Invalid, on the field at fault, for what cannot be, and Conflict where someone was faster.
    """
    with uow.command(Act.CHECKS_RECORD):
        worker = find_worker(uow, worker_id)
        check_known(known, uow.today)
        _check_number(uow, worker, known.registration_number)
        kept = find_checks(uow, worker_id)
        if kept is None:
            uow.add(_row(worker, known))
        else:
            uow.expect(kept, version, shown(known_of(worker, kept)))
            _write(kept, known)
        worker.registration_expires_on = known.registration_expires_on
        _tick(uow, worker, done)


def add_step(uow: UnitOfWork, contract_id: int, name: str) -> None:
    """Ask a further step of every worker's induction; one that was asked before is asked again."""
    with uow.command(Act.CHECKS_RECORD):
        contract.find_contract(uow, contract_id)
        steps = uow.session.exec(
            select(InductionStep).where(InductionStep.contract_id == contract_id)
        ).all()
        same = next((step for step in steps if step.name.casefold() == name.casefold()), None)
        if same is None:
            position = max((step.position for step in steps), default=0) + 1
            uow.add(InductionStep(contract_id=contract_id, name=name, position=position))
        elif same.asked:
            raise Invalid("name", f"“{same.name}” is a step of the induction already.")
        else:
            same.asked = True


def drop_step(uow: UnitOfWork, contract_id: int, step_id: int) -> None:
    """Ask a step no longer; what was done of it is kept."""
    with uow.command(Act.CHECKS_RECORD):
        step = uow.get(InductionStep, step_id)
        if step.contract_id != contract_id:
            raise NotFound
        step.asked = False


def _row(worker: Practitioner, known: Known) -> Checks:
    row = Checks(contract_id=worker.contract_id, practitioner_id=worker.id or 0)
    _write(row, known)
    return row


def _write(row: Checks, known: Known) -> None:
    for name, value in known._asdict().items():
        if name != "registration_expires_on":
            setattr(row, name, value)


def _check_number(uow: UnitOfWork, worker: Practitioner, number: str) -> None:
    if not number:
        return
    other = uow.session.exec(
        select(Checks.id).where(
            Checks.contract_id == worker.contract_id,
            Checks.registration_number == number,
            col(Checks.practitioner_id) != worker.id,
        )
    ).first()
    if other is not None:
        raise Invalid("registration_number", "Another worker has this number. Check both.")


def _tick(uow: UnitOfWork, worker: Practitioner, done: Collection[int]) -> None:
    worker_id = worker.id or 0
    steps = list_steps(uow, worker.contract_id, worker_id)
    if not set(done) <= {step.step_id for step in steps}:
        raise Invalid("steps", "Choose steps of this induction.")
    for step in steps:
        if step.step_id in done and step.done_on is None:
            uow.add(
                InductionDone(
                    contract_id=worker.contract_id,
                    practitioner_id=worker_id,
                    step_id=step.step_id,
                    done_on=uow.today,
                )
            )
        elif step.step_id not in done and step.done_id is not None:
            uow.remove(uow.get(InductionDone, step.done_id))
