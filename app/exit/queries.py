"""Reads the exit strategy and which open case would go to whom."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import aliased
from sqlmodel import col

from app.access.models import User
from app.cases.register.models import Case
from app.cases.scope.models import CaseCounter
from app.cases.states import ENDED, CaseState
from app.contract import queries as contract
from app.contract.models import Lot, ReceivingTeam
from app.exit.models import ExitStep
from app.exit.rules import StepState
from app.kernel.labels import Labelled
from app.kernel.paging import Slice, place
from app.plans.models import OutcomePlan
from app.plans.rules import Outcome
from app.work.uow import UnitOfWork

PAGE_SIZE = 50
_VERSION = aliased(OutcomePlan)


class Way(Labelled):
    """How the plan in force would end a case."""

    HANDOVER = "handover", "Planned to go to a team or authority"
    CLOSURE = "closure", "Planned to close"
    HAND_BACK = "hand_back", "Planned to be handed back"
    NONE = "none", "No plan yet"


_COUNTED = (
    select(col(CaseCounter.lot_id), col(CaseCounter.planned), func.sum(col(CaseCounter.cases)))
    .where(col(CaseCounter.state).not_in(ENDED))
    .group_by(col(CaseCounter.lot_id), col(CaseCounter.planned))
)


@dataclass(frozen=True)
class StepRow(StepState):
    """A step as the page shows it."""

    step_id: int
    version: int
    done_by: str | None


@dataclass(frozen=True)
class Residual:
    """A lot's open cases, and how many of them would go each way; these add up."""

    lot_id: int
    contract_id: int
    lot: str
    ways: Mapping[Way, int]

    @property
    def open(self) -> int:
        return sum(self.ways.values())

    @property
    def unplanned(self) -> int:
        return self.ways[Way.NONE]


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
    """Each lot's open cases by the way their plan in force would end them."""
    ways: dict[int, Counter[Way]] = defaultdict(Counter)
    for lot_id, planned, number in uow.rows(_COUNTED):
        ways[lot_id][Way(planned) if planned else Way.NONE] += int(number)
    return [
        Residual(lot.id, lot.contract_id, lot.name, {way: ways[lot.id][way] for way in Way})
        for lot in contract.list_lots(uow)
        if lot.id is not None
    ]


def list_residual(
    uow: UnitOfWork, lot_id: int | None, way: Way | None, page: str | None
) -> Slice[ResidualRow]:
    """A page of the residual list, those longest due first."""
    kept = _criteria(lot_id, way)
    total = sum(
        one.ways[each]
        for one in count_residual(uow)
        for each in ([way] if way else Way)
        if lot_id in (None, one.lot_id)
    )
    where = place(page, total=total, size=PAGE_SIZE)
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
    """Open cases beside the plan in force, which is the latest where one is in force."""
    latest = (
        select(func.max(col(_VERSION.number)))
        .where(col(_VERSION.case_id) == col(Case.id))
        .correlate(Case)
        .scalar_subquery()
    )
    in_force = and_(
        col(OutcomePlan.case_id) == col(Case.id),
        col(OutcomePlan.number) == latest,
        col(Case.planned) != "",
    )
    return cases.join(OutcomePlan, in_force, isouter=True).where(col(Case.ended_on).is_(None))


def _criteria(lot_id: int | None, way: Way | None) -> list[ColumnElement[bool]]:
    kept = []
    if lot_id is not None:
        kept.append(col(Case.lot_id) == lot_id)
    if way is not None:
        kept.append(col(Case.planned) == ("" if way is Way.NONE else way.value))
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
