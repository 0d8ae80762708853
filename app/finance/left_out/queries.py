"""Reads of what was signed in a lot and is paid by no price."""

from datetime import date

from app.finance.evidence.rules import ExpenseDone, ShiftDone
from app.finance.expenses.queries import signed_expenses
from app.finance.left_out.rules import LeftOut, left_out
from app.finance.prices.queries import prices
from app.finance.shifts.queries import worked
from app.work.uow import UnitOfWork


def of_lot(uow: UnitOfWork, lot_id: int, first: date, last: date) -> list[LeftOut]:
    """What of a lot's signed days no price pays for, from one day to another."""
    shifts = [
        ShiftDone(one.shift_id, one.practitioner_id, one.band, one.day, one.minutes)
        for one in worked(uow, lot_id, first, last)
    ]
    expenses = [
        ExpenseDone(one.expense_id, one.practitioner_id, one.day, one.pence)
        for one in signed_expenses(uow, lot_id, first, last)
    ]
    return left_out(prices(uow, lot_id), shifts, expenses)
