"""Plans a lot's budget and records what was spent."""

from collections.abc import Sequence
from datetime import date

from app.cases.listing.queries import must_name_no_case
from app.contract import queries as contract
from app.contract.models import Contract
from app.finance import queries
from app.finance.models import Budget, Cost
from app.finance.rules import Entry, Plan, check_entry, check_plan
from app.kernel.acts import Act
from app.kernel.days import week_ending
from app.work.uow import UnitOfWork


def plan_budget(uow: UnitOfWork, lot_id: int, weeks: Sequence[tuple[date, int]]) -> None:
    """Add a lot's planned pence by week, within the command that sets the contract up."""
    uow.must_be_in(Act.CONTRACT_CREATE, Act.DEMO_SEED)
    with uow.beyond_scope():
        for day, pence in weeks:
            uow.add(Budget(lot_id=lot_id, week_ending=week_ending(day), planned_pence=pence))


def set_budget(uow: UnitOfWork, lot_id: int, plan: Plan) -> None:
    """Plan a lot's weeks that have no budget yet, for the council.

    Raises Invalid, on the field at fault, for what cannot be meant and for a week that has one.
    """
    with uow.command(Act.PRICE_SET):
        agreed = uow.get(Contract, contract.find_lot(uow, lot_id).contract_id)
        planned = queries.planned_weeks(uow, lot_id)
        check_plan(plan, planned, starts_on=agreed.starts_on, ends_on=agreed.ends_on)
        for friday in plan.fridays:
            uow.add(Budget(lot_id=lot_id, week_ending=friday, planned_pence=plan.pence))


def record_cost(uow: UnitOfWork, lot_id: int, entry: Entry) -> None:
    """Record what a lot cost in a week; Invalid, on the field at fault, for what cannot be."""
    with uow.command(Act.MONEY_RECORD):
        lot = contract.find_lot(uow, lot_id)
        friday = week_ending(entry.day)
        check_entry(
            entry,
            recorded=queries.recorded(uow, lot_id, friday, entry.kind),
            contract_starts_on=uow.get(Contract, lot.contract_id).starts_on,
            today=uow.today,
        )
        must_name_no_case(uow, lot.contract_id, {"note": entry.note})
        uow.add(
            Cost(
                lot_id=lot_id,
                week_ending=friday,
                kind=entry.kind,
                pence=entry.pence,
                note=entry.note,
                recorded_at=uow.now,
                recorded_by=uow.actor.user_id,
            )
        )
