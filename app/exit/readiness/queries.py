"""Gathers what a contract's readiness to leave is judged by."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select
from sqlmodel import col

from app.cases.register.models import Case
from app.contract.models import Contract
from app.exit.readiness.rules import Facts
from app.exit.residual import queries as residual
from app.exit.residual.queries import Residual
from app.exit.steps.queries import StepRow
from app.work.uow import UnitOfWork

_FLAGGED = (
    select(col(Case.contract_id), func.count())
    .where(col(Case.open_flags) > 0, col(Case.ended_on).is_(None))
    .group_by(col(Case.contract_id))
)


def facts_by_contract(
    uow: UnitOfWork,
    contracts: Sequence[Contract],
    steps: Mapping[int, Sequence[StepRow]],
    lots: Sequence[Residual],
) -> dict[int, Facts]:
    """The facts of each contract; `lots` are those of all of them."""
    flagged: dict[int, int] = {one: int(number) for one, number in uow.rows(_FLAGGED)}
    rooms = residual.list_rooms(uow)
    return {one.id or 0: _facts(uow, one, steps, lots, rooms, flagged) for one in contracts}


def _facts(
    uow: UnitOfWork,
    one: Contract,
    steps: Mapping[int, Sequence[StepRow]],
    lots: Sequence[Residual],
    rooms: Sequence[Any],
    flagged: Mapping[int, int],
) -> Facts:
    own = [lot for lot in lots if lot.contract_id == one.id]
    lot_ids = {lot.lot_id for lot in own}
    return Facts(
        contract_id=one.id or 0,
        steps=steps.get(one.id or 0, ()),
        open_cases=sum(lot.open for lot in own),
        without_plan=sum(lot.unplanned for lot in own),
        without_receiver=sum(lot.unnamed for lot in own),
        rooms=[room for room in rooms if room.lot_id in lot_ids],
        open_flags=flagged.get(one.id or 0, 0),
        undecided=0,
        returned=False,
        erasable=True,
        ends_on=one.ends_on,
        today=uow.today,
    )
