"""Lays out an exit strategy, changes its steps, marks them done and agrees its gates."""

from app.access.roles import Organisation
from app.cases.listing.queries import must_name_no_case
from app.contract.models import Contract
from app.exit.steps import queries
from app.exit.steps.models import ExitStep, GateSignature
from app.exit.steps.rules import (
    StepTerms,
    check_change,
    check_done,
    check_gate,
    check_own,
    check_step,
    check_undone,
    default_steps,
    entries,
)
from app.kernel.acts import Act
from app.work.uow import UnitOfWork

ACTS = {
    Organisation.AGENCY: Act.EXIT_AGREE_AGENCY,
    Organisation.COUNCIL: Act.EXIT_AGREE_COUNCIL,
}


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
        must_name_no_case(uow, contract_id, {"title": terms.title})
        uow.add(ExitStep(contract_id=contract_id, **vars(terms)))


def change_step(uow: UnitOfWork, step_id: int, terms: StepTerms, *, version: int) -> None:
    """Change a step; a signature under its old words falls.

    Conflict if someone else changed it first, Invalid for a taken number, Refused for a gate that
    has been passed.
    """
    with uow.command(Act.EXIT_EDIT):
        step = _found(uow, step_id, version)
        check_change(queries.state_of(step))
        others = queries.states_of(uow, step.contract_id)
        check_step(terms, [one.number for one in others if one.number != step.number])
        must_name_no_case(uow, step.contract_id, {"title": terms.title})
        if terms == queries.terms_of(step):
            return
        for name, value in vars(terms).items():
            setattr(step, name, value)
        _take_back(uow, step_id)


def mark_done(uow: UnitOfWork, step_id: int, *, version: int) -> None:
    """Mark a step done today; Refused for a gate, which both sides agree."""
    with uow.command(Act.EXIT_EDIT):
        step = _found(uow, step_id, version)
        check_done(queries.state_of(step))
        step.done_on, step.done_by = uow.today, uow.actor.user_id


def mark_undone(uow: UnitOfWork, step_id: int, *, version: int) -> None:
    """Take a step's mark away; of a gate, with one's own side's signature, never the other's.

    Refused where a later gate was passed on its strength, and for a gate not agreed by one's side.
    """
    with uow.command(Act.EXIT_EDIT):
        step = _found(uow, step_id, version)
        check_undone(queries.state_of(step), queries.states_of(uow, step.contract_id))
        if step.gate:
            signed = queries.signatures_of(uow, step_id)
            own = [one for one in signed if one.organisation is uow.actor.organisation]
            check_own(len(own))
            for signature in own:
                uow.remove(signature)
        step.done_on = step.done_by = None


def agree_gate(uow: UnitOfWork, step_id: int, side: Organisation, words: str) -> None:
    """Agree to a gate for one's own side; the second of the two passes it.

    `words` is the digest of what was read: Conflict, with the new words, where they were changed.
    """
    with uow.command(ACTS[side]):
        step = queries.find_step(uow, step_id)
        signed = {one.organisation for one in queries.signatures_of(uow, step_id)}
        steps = queries.states_of(uow, step.contract_id)
        check_gate(queries.state_of(step), steps, signed, side)
        if words != queries.words_of(step):
            raise uow.conflict({ExitStep: [step_id]}, entries(queries.terms_of(step)))
        uow.add(
            GateSignature(
                contract_id=step.contract_id,
                step_id=step_id,
                organisation=side,
                words_hash=words,
                signed_by=uow.actor.user_id,
                signed_at=uow.now,
            )
        )
        if signed:
            step.done_on, step.done_by = uow.today, uow.actor.user_id


def _found(uow: UnitOfWork, step_id: int, version: int) -> ExitStep:
    step = queries.find_step(uow, step_id)
    uow.expect(step, version, entries(queries.terms_of(step)))
    return step


def _take_back(uow: UnitOfWork, step_id: int) -> None:
    for signature in queries.signatures_of(uow, step_id):
        uow.remove(signature)
