"""Plans a lot's budget and records what was spent."""

from collections.abc import Sequence
from datetime import date

from app.cases.listing.queries import must_name_no_case
from app.contract import queries as contract
from app.contract.models import Contract
from app.finance import queries
from app.finance.models import Budget, BudgetChange, Cost
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


def set_budget(uow: UnitOfWork, lot_id: int, plan: Plan, *, reason: str = "") -> None:
    """Plan a lot's weeks for the council, or plan them anew, of which the change is kept.

    Raises Invalid, on the field at fault, for what cannot be meant, and for a week that has a
    budget where no reason is given.
    """
    with uow.command(Act.PRICE_SET):
        agreed = uow.get(Contract, contract.find_lot(uow, lot_id).contract_id)
        weeks = {row.week_ending: row for row in queries.list_budget(uow, lot_id)}
        planned = {friday: row.planned_pence for friday, row in weeks.items()}
        check_plan(plan, planned, starts_on=agreed.starts_on, ends_on=agreed.ends_on, reason=reason)
        must_name_no_case(uow, agreed.id or 0, {"reason": reason})
        if reason:
            uow.add(
                BudgetChange(
                    lot_id=lot_id,
                    first_ending=plan.fridays[0],
                    last_ending=plan.fridays[-1],
                    before_pence=sum(planned.get(friday, 0) for friday in plan.fridays),
                    after_pence=plan.pence * len(plan.fridays),
                    reason=reason,
                    at=uow.now,
                    by_user_id=uow.actor.user_id,
                )
            )
        for friday in plan.fridays:
            if friday in weeks:
                weeks[friday].planned_pence = plan.pence
            else:
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
