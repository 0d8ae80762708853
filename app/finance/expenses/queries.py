"""Reads of expenses: those of a week, of a worker, and those that were signed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import bindparam, select
from sqlmodel import col

from app.access.models import User
from app.finance.expenses.models import ShiftExpense
from app.finance.expenses.rules import ExpenseKind
from app.finance.shifts.models import Timesheet
from app.people.models import Practitioner
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Spent:
    """One expense; it is signed with its week and then accepted with it."""

    expense_id: int
    practitioner_id: int
    name: str
    day: date
    week_ending: date
    kind: ExpenseKind
    pence: int
    receipt: str
    note: str
    signed: bool
    accepted: bool
    entered_by: str | None


_SPENT = (
    select(
        col(ShiftExpense.id),
        col(ShiftExpense.practitioner_id),
        col(Practitioner.name),
        col(ShiftExpense.day),
        col(ShiftExpense.week_ending),
        col(ShiftExpense.kind),
        col(ShiftExpense.pence),
        col(ShiftExpense.receipt),
        col(ShiftExpense.note),
        col(Timesheet.id).is_not(None),
        col(Timesheet.accepted_at).is_not(None),
        col(User.name),
    )
    .join(Practitioner, col(Practitioner.id) == col(ShiftExpense.practitioner_id))
    .outerjoin(
        Timesheet,
        (col(Timesheet.lot_id) == col(ShiftExpense.lot_id))
        & (col(Timesheet.week_ending) == col(ShiftExpense.week_ending)),
    )
    .outerjoin(User, col(User.id) == col(ShiftExpense.by_user_id))
    .order_by(col(ShiftExpense.day).desc(), col(ShiftExpense.id).desc())
)
_OF_LOT = _SPENT.where(
    col(ShiftExpense.lot_id) == bindparam("lot_id"),
    col(ShiftExpense.week_ending).between(bindparam("first"), bindparam("last")),
)
_OWN = _SPENT.where(
    col(ShiftExpense.practitioner_id) == bindparam("practitioner_id"),
    col(ShiftExpense.day) >= bindparam("since"),
)


def list_expenses(uow: UnitOfWork, lot_id: int, starts_on: date, ends_on: date) -> list[Spent]:
    """A lot's expenses of the weeks that end from one day to another, the latest first."""
    return [Spent(*row) for row in uow.rows(_OF_LOT, lot_id=lot_id, first=starts_on, last=ends_on)]


def signed_expenses(uow: UnitOfWork, lot_id: int, starts_on: date, ends_on: date) -> list[Spent]:
    """As `list_expenses`, those of signed weeks alone."""
    return [one for one in list_expenses(uow, lot_id, starts_on, ends_on) if one.signed]


def own_expenses(uow: UnitOfWork, practitioner_id: int, since: date) -> list[Spent]:
    """A worker's expenses from a day on, the latest first."""
    return [Spent(*row) for row in uow.rows(_OWN, practitioner_id=practitioner_id, since=since)]
