"""Reads the exit strategy and which open case would go to whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.cases.register.models import Case, CaseMove
from app.cases.states import ENDED, CaseState
from app.contract import queries as contract
from app.contract.models import Lot, ReceivingTeam
from app.exit.models import ExitStep
from app.exit.rules import StepState
from app.kernel.paging import Slice, place
from app.plans.models import OutcomePlan
from app.plans.rules import Outcome
from app.work.uow import UnitOfWork

PAGE_SIZE = 50
_VERSION = aliased(OutcomePlan)


class Receiver(StrEnum):
    """Whether the plan in force names a council team."""

    NAMED = "named"
    NONE = "none"

    @property
    def label(self) -> str:
        return "A receiving team" if self is Receiver.NAMED else "None"


@dataclass(frozen=True)
class StepRow(StepState):
    """A step as the page shows it."""

    step_id: int
    version: int
    done_by: str | None


@dataclass(frozen=True)
class Residual:
    """A lot's open cases, and how many of them have no receiving team."""

    lot_id: int
    contract_id: int
    lot: str
    open: int
    none: int


@dataclass(frozen=True)
class ResidualRow:
    """An open case and where its plan in force sends it."""

    case_id: int
    reference: str
    lot: str
    state: CaseState
    due_on: date | None
    outcome: Outcome | None
    team: str | None


def list_steps(uow: UnitOfWork) -> dict[int, list[StepRow]]:
    """The steps of each of the actor's contracts, in order."""
    found = uow.session.execute(
        select(ExitStep, col(User.name))
        .join(User, col(User.id) == col(ExitStep.done_by), isouter=True)
        .order_by(col(ExitStep.contract_id), col(ExitStep.number))
    )
    steps: dict[int, list[StepRow]] = {}
    for step, done_by in found:
        steps.setdefault(step.contract_id, []).append(_row(step, done_by))
    return steps


def find_step(uow: UnitOfWork, step_id: int) -> ExitStep:
    """The step, or NotFound when it is absent or not the actor's."""
    return uow.get(ExitStep, step_id)


def states_of(uow: UnitOfWork, contract_id: int) -> Sequence[StepState]:
    """The steps of one contract, in order."""
    return list_steps(uow).get(contract_id, [])


def count_residual(uow: UnitOfWork) -> list[Residual]:
    """Each lot's open cases, and those without a receiving team."""
    named = func.count(col(OutcomePlan.receiving_team_id))
    counted = uow.session.execute(
        _with_plan(
            select(col(Case.lot_id), func.count(col(Case.id)), named).select_from(Case)
        ).group_by(col(Case.lot_id))
    )
    open_cases = {lot_id: (number, number - there) for lot_id, number, there in counted}
    return [
        Residual(lot.id, lot.contract_id, lot.name, *open_cases.get(lot.id, (0, 0)))
        for lot in contract.list_lots(uow)
        if lot.id is not None
    ]


def list_residual(
    uow: UnitOfWork, lot_id: int | None, receiver: Receiver | None, page: str | None
) -> Slice[ResidualRow]:
    """A page of the residual list, those longest due first."""
    kept = _criteria(lot_id, receiver)
    counted = _with_plan(select(func.count(col(Case.id))).select_from(Case)).where(*kept)
    where = place(page, total=uow.session.scalar(counted) or 0, size=PAGE_SIZE)
    found = uow.session.execute(
        _with_plan(
            select(
                col(Case.id),
                col(Case.reference),
                col(Lot.name),
                col(Case.state),
                col(Case.due_on),
                col(OutcomePlan.outcome),
                col(ReceivingTeam.name),
            )
            .select_from(Case)
            .join(Lot, col(Lot.id) == col(Case.lot_id))
        )
        .join(
            ReceivingTeam,
            col(ReceivingTeam.id) == col(OutcomePlan.receiving_team_id),
            isouter=True,
        )
        .where(*kept)
        .order_by(col(Case.due_on), col(Case.id))
        .limit(PAGE_SIZE)
        .offset(where.offset)
    )
    return Slice.at(where, [ResidualRow(*row) for row in found])


def _with_plan(cases: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    """Open cases beside the plan in force: the latest one, if it is of the running episode."""
    # Looked up case by case, since most plans are of cases that have ended.
    latest = (
        select(func.max(col(_VERSION.number)))
        .where(col(_VERSION.case_id) == col(Case.id))
        .correlate(Case)
        .scalar_subquery()
    )
    ended_before = (
        select(func.count())
        .where(col(CaseMove.case_id) == col(Case.id), col(CaseMove.before).in_(ENDED))
        .correlate(Case)
        .scalar_subquery()
    )
    in_force = and_(
        col(OutcomePlan.case_id) == col(Case.id),
        col(OutcomePlan.number) == latest,
        col(OutcomePlan.episode) == ended_before + 1,
    )
    return cases.join(OutcomePlan, in_force, isouter=True).where(col(Case.ended_on).is_(None))


def _criteria(lot_id: int | None, receiver: Receiver | None) -> list[ColumnElement[bool]]:
    kept = []
    if lot_id is not None:
        kept.append(col(Case.lot_id) == lot_id)
    if receiver is Receiver.NONE:
        kept.append(col(OutcomePlan.receiving_team_id).is_(None))
    elif receiver is Receiver.NAMED:
        kept.append(col(OutcomePlan.receiving_team_id).is_not(None))
    return kept


def _row(step: ExitStep, done_by: str | None) -> StepRow:
    return StepRow(
        number=step.number,
        title=step.title,
        gate=step.gate,
        due_on=step.due_on,
        agency_owner=step.agency_owner,
        council_owner=step.council_owner,
        done_on=step.done_on,
        step_id=step.id or 0,
        version=step.version,
        done_by=done_by,
    )
