"""Reads the steps of exit strategies and who agreed their gates."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Integer, literal_column, select
from sqlmodel import col

from app.access.models import User
from app.access.roles import Organisation
from app.exit.steps.models import ExitStep, GateSignature
from app.exit.steps.rules import StepState, StepTerms, entries
from app.plans.rules import hash_of, wording
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class StepRow(StepState):
    """A step as the page shows it."""

    step_id: int
    version: int
    done_by: str | None
    words: str


@dataclass(frozen=True)
class Signed:
    """Who agreed to a gate for a side, and when."""

    organisation: Organisation
    by: str | None
    at: datetime
    # The digest of the words that were read, which are the step's as long as the two are equal.
    words: str


def list_steps(uow: UnitOfWork) -> dict[int, list[StepRow]]:
    """The steps of each of the actor's contracts, in order."""
    found = uow.session.execute(
        select(ExitStep, col(User.name))
        .join(User, col(User.id) == col(ExitStep.done_by), isouter=True)
        .order_by(col(ExitStep.contract_id), col(ExitStep.number))
    )
    steps: dict[int, list[StepRow]] = {}
    for step, done_by in found:
        row = StepRow(
            **vars(terms_of(step)),
            done_on=step.done_on,
            step_id=step.id or 0,
            version=step.version,
            done_by=done_by,
            words=words_of(step),
        )
        steps.setdefault(step.contract_id, []).append(row)
    return steps


_NEXT = (
    select(col(ExitStep.due_on), col(ExitStep.title))
    .where(col(ExitStep.done_on).is_(None))
    .order_by(col(ExitStep.due_on), col(ExitStep.contract_id), col(ExitStep.number))
    # As a number in words: SQLite would plan anew for each value in its place.
    .limit(literal_column("3", Integer))
)


def list_next(uow: UnitOfWork) -> list[tuple[date, str]]:
    """When the first three steps that are overdue or come next are due, and what they are."""
    return [(due_on, title) for due_on, title in uow.rows(_NEXT).all()]


def list_signatures(uow: UnitOfWork) -> dict[int, list[Signed]]:
    """Who agreed to each gate of the actor's contracts, by step, the first one first."""
    found = uow.session.execute(
        select(
            col(GateSignature.step_id),
            col(GateSignature.organisation),
            col(User.name),
            col(GateSignature.signed_at),
            col(GateSignature.words_hash),
        )
        .join(User, col(User.id) == col(GateSignature.signed_by), isouter=True)
        .order_by(col(GateSignature.id))
    )
    signatures: dict[int, list[Signed]] = {}
    for step_id, *signed in found:
        signatures.setdefault(step_id, []).append(Signed(*signed))
    return signatures


def signatures_of(uow: UnitOfWork, step_id: int) -> list[GateSignature]:
    """The signatures under one gate, to be checked or taken back."""
    found = select(GateSignature).where(col(GateSignature.step_id) == step_id)
    return list(uow.session.scalars(found))


def find_step(uow: UnitOfWork, step_id: int) -> ExitStep:
    """The step, or NotFound when it is absent or not the actor's."""
    return uow.get(ExitStep, step_id)


def states_of(uow: UnitOfWork, contract_id: int) -> Sequence[StepState]:
    """The steps of one contract, in order."""
    return list_steps(uow).get(contract_id, [])


def terms_of(step: ExitStep) -> StepTerms:
    return StepTerms(
        step.number,
        step.title,
        step.workstream,
        step.gate,
        step.due_on,
        step.agency_owner,
        step.council_owner,
    )


def state_of(step: ExitStep) -> StepState:
    return StepState(**vars(terms_of(step)), done_on=step.done_on)


def words_of(step: ExitStep) -> str:
    """The digest of exactly what a step says, by which a signature is known to be under it."""
    return hash_of(wording(entries(terms_of(step))))
