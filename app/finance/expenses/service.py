"""Records what workers spent."""

from sqlmodel import col, select

from app.contract import queries as contract
from app.finance.expenses.models import ShiftExpense
from app.finance.expenses.rules import Expense, check_expense, first_unsigned
from app.finance.shifts.models import Timesheet
from app.kernel.acts import Act
from app.kernel.days import week_ending
from app.kernel.errors import Invalid, NotFound, Refused
from app.people.workers import find_worker
from app.work.uow import UnitOfWork


def record(uow: UnitOfWork, lot_id: int, expense: Expense) -> None:
    """Record what a worker spent for a lot; Invalid, on the field at fault, for what cannot be.

    It is signed with the week of its day or, where that is signed already, with the next.
    """
    with uow.command(Act.SHIFT_RECORD):
        _record(uow, lot_id, expense)


def record_own(uow: UnitOfWork, lot_id: int, expense: Expense) -> None:
    """As `record`, by the worker who spent it."""
    with uow.command(Act.SHIFT_OWN):
        if expense.practitioner_id != uow.actor.practitioner_id:
            raise NotFound
        _record(uow, lot_id, expense)


def remove(uow: UnitOfWork, expense_id: int) -> None:
    """Take an expense back while its week is not signed."""
    with uow.command(Act.SHIFT_RECORD):
        _remove(uow, uow.get(ShiftExpense, expense_id))


def remove_own(uow: UnitOfWork, expense_id: int) -> None:
    """As `remove`, by the worker who spent it."""
    with uow.command(Act.SHIFT_OWN):
        row = uow.get(ShiftExpense, expense_id)
        if row.practitioner_id != uow.actor.practitioner_id:
            raise NotFound
        _remove(uow, row)


def _record(uow: UnitOfWork, lot_id: int, expense: Expense) -> None:
    lot = contract.find_lot(uow, lot_id)
    worker = find_worker(uow, expense.practitioner_id)
    if worker.contract_id != lot.contract_id:
        raise NotFound
    check_expense(expense, uow.today)
    if expense.day < worker.starts_on:
        raise Invalid("day", "They did not work with us yet.")
    same = select(ShiftExpense.id).where(
        ShiftExpense.practitioner_id == expense.practitioner_id,
        ShiftExpense.receipt == expense.receipt,
    )
    # In any lot: a receipt is paid once, whoever sees the lot that it was first put to.
    with uow.beyond_scope():
        if uow.session.exec(same).first() is not None:
            raise Invalid("receipt", "This receipt is recorded already.")
    friday = week_ending(expense.day)
    signed = select(col(Timesheet.week_ending)).where(
        Timesheet.lot_id == lot_id, col(Timesheet.week_ending) >= friday
    )
    uow.add(
        ShiftExpense(
            lot_id=lot_id,
            week_ending=first_unsigned(friday, set(uow.session.exec(signed))),
            by_user_id=uow.actor.user_id,
            at=uow.now,
            **vars(expense),
        )
    )


def _remove(uow: UnitOfWork, row: ShiftExpense) -> None:
    signed = select(Timesheet.id).where(
        Timesheet.lot_id == row.lot_id, Timesheet.week_ending == row.week_ending
    )
    if uow.session.exec(signed).first() is not None:
        raise Refused("It is signed with its week, so it stays.")
    uow.remove(row)
