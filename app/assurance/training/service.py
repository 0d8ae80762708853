"""Acts of training: a session is kept; a system problem is found, fixed, looked at again."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from app.assurance.training import rules
from app.assurance.training.models import SystemProblem, TrainingAttendance, TrainingSession
from app.assurance.training.rules import Area, Standing, Topic
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Invalid
from app.people.workers import names_of_workers
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Held:
    """A session as it is written down; `workers` are ours, people of the council are counted."""

    contract_id: int
    held_on: date
    topic: Topic
    title: str
    minutes: int
    workers: Collection[int] = ()
    council_people: int = 0


def record(uow: UnitOfWork, held: Held) -> int:
    """Write down a training session and who came; returns its id."""
    with uow.command(Act.TRAINING_RECORD):
        contract.find_contract(uow, held.contract_id)
        workers = sorted(set(held.workers))
        if not set(workers) <= names_of_workers(uow).keys():
            raise Invalid("workers", "Choose workers of the list.")
        attended = len(workers) + held.council_people
        rules.check_session(held.held_on, held.minutes, attended, uow.today)
        told = {name: value for name, value in vars(held).items() if name != "workers"}
        session = uow.add(TrainingSession(**told, given_by=uow.actor.user_id or 0))
        for worker_id in workers:
            uow.add(
                TrainingAttendance(
                    contract_id=held.contract_id,
                    session_id=session.id or 0,
                    practitioner_id=worker_id,
                )
            )
        return session.id or 0


def report(
    uow: UnitOfWork, contract_id: int, area: Area, words: str, session_id: int | None
) -> None:
    """Put a problem of the council's system on the list that both sides share."""
    with uow.command(Act.TRAINING_RECORD):
        contract.find_contract(uow, contract_id)
        if session_id is not None:
            uow.get(TrainingSession, session_id)
        uow.add(
            SystemProblem(
                contract_id=contract_id,
                found_on=uow.today,
                found_by=uow.actor.user_id or 0,
                session_id=session_id,
                area=area,
                words=words,
            )
        )


def fix(uow: UnitOfWork, problem_id: int, done: str) -> None:
    """Say what was done about a problem; somebody looks again whether it holds."""
    with uow.command(Act.PROBLEM_FIX):
        problem = _standing(uow, problem_id, Standing.OPEN)
        problem.fixed_on, problem.fixed_by, problem.fix = uow.today, uow.actor.user_id, done


def look_again(uow: UnitOfWork, problem_id: int, *, holds: bool) -> None:
    """A fix holds, and the problem is solved; or it does not, and the problem is open again."""
    with uow.command(Act.TRAINING_RECORD):
        problem = _standing(uow, problem_id, Standing.FIXED)
        if holds:
            problem.solved_on, problem.solved_by = uow.today, uow.actor.user_id
        else:
            problem.fixed_on = problem.fixed_by = None
            problem.returned += 1


def _standing(uow: UnitOfWork, problem_id: int, wanted: Standing) -> SystemProblem:
    problem = uow.get(SystemProblem, problem_id)
    rules.check_standing(rules.standing(problem.fixed_on, problem.solved_on), wanted)
    return problem
