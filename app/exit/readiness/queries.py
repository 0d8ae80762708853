"""Gathers what a contract's readiness to leave is judged by."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlmodel import col

from app.cases.register.models import Case
from app.contract.models import Contract
from app.exit.data_return import queries as data
from app.exit.readiness.rules import Facts
from app.exit.residual import queries as residual
from app.exit.residual.queries import Residual
from app.exit.steps.queries import StepRow
from app.exit.transition import queries as transition
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
    rooms = residual.list_rooms(uow, lots, {one.id: one.ends_on for one in contracts})
    returned = {one.contract_id for one in data.list_returns(uow) if one.received_at}
    kept = data.terms_by_contract(uow)
    undecided = transition.undecided_by_contract(uow)
    found = {}
    for one in contracts:
        contract_id = one.id or 0
        own = [lot for lot in lots if lot.contract_id == contract_id]
        lot_ids = {lot.lot_id for lot in own}
        found[contract_id] = Facts(
            contract_id=contract_id,
            steps=steps.get(contract_id, ()),
            open_cases=sum(lot.open for lot in own),
            without_plan=sum(lot.unplanned for lot in own),
            without_receiver=sum(lot.unnamed for lot in own),
            rooms=[room for room in rooms if room.lot_id in lot_ids],
            open_flags=flagged.get(contract_id, 0),
            undecided=undecided.get(contract_id, 0),
            returned=contract_id in returned,
            erasable=contract_id in kept,
            ends_on=one.ends_on,
            today=uow.today,
        )
    return found
