"""Lays out an exit strategy, changes its steps and marks them done."""

from app.contract.models import Contract
from app.exit import queries
from app.exit.models import ExitStep
from app.exit.rules import StepTerms, check_done, check_step, check_undone, default_steps
from app.kernel.acts import Act
from app.kernel.days import show_date
from app.work.uow import UnitOfWork


def lay_default_plan(uow: UnitOfWork, contract_id: int) -> None:
    """Give a new contract its first steps, within the command that sets it up."""
    uow.must_be_in(Act.CONTRACT_CREATE, Act.DEMO_SEED)
    with uow.beyond_scope():
        contract = uow.get(Contract, contract_id)
        for terms in default_steps(contract.starts_on, contract.ends_on):
            uow.add(ExitStep(contract_id=contract_id, **vars(terms)))


def add_step(uow: UnitOfWork, contract_id: int, terms: StepTerms) -> None:
    """Add a step; Invalid for a number that is taken."""
    with uow.command(Act.EXIT_EDIT):
        uow.get(Contract, contract_id)
        check_step(terms, [one.number for one in queries.states_of(uow, contract_id)])
        uow.add(ExitStep(contract_id=contract_id, **vars(terms)))


def change_step(uow: UnitOfWork, step_id: int, terms: StepTerms, *, version: int) -> None:
    """Change a step; Conflict if someone else changed it first, Invalid for a taken number."""
    with uow.command(Act.EXIT_EDIT):
        step = uow.get(ExitStep, step_id)
        uow.expect(step, version, shown(step))
        others = queries.states_of(uow, step.contract_id)
        check_step(terms, [one.number for one in others if one.number != step.number])
        for name, value in vars(terms).items():
            setattr(step, name, value)


def mark_done(uow: UnitOfWork, step_id: int, *, version: int) -> None:
    """Mark a step done today; Refused for a gate that waits for the steps before it."""
    with uow.command(Act.EXIT_EDIT):
        step = uow.get(ExitStep, step_id)
        uow.expect(step, version, shown(step))
        steps = queries.states_of(uow, step.contract_id)
        check_done(next(one for one in steps if one.number == step.number), steps)
        step.done_on, step.done_by = uow.today, uow.actor.user_id


def mark_undone(uow: UnitOfWork, step_id: int, *, version: int) -> None:
    """Take a step's mark away; Refused where a later gate was passed on its strength."""
    with uow.command(Act.EXIT_EDIT):
        step = uow.get(ExitStep, step_id)
        uow.expect(step, version, shown(step))
        steps = queries.states_of(uow, step.contract_id)
        check_undone(next(one for one in steps if one.number == step.number), steps)
        step.done_on = step.done_by = None


def shown(step: ExitStep) -> dict[str, str]:
    """A step under the names that its form gives to its answers."""
    return {
        "Number": str(step.number),
        "Step": step.title,
        "Gate": "yes" if step.gate else "",
        "Due on": show_date(step.due_on),
        "Owner in the agency": step.agency_owner,
        "Owner in the council": step.council_owner,
    }
