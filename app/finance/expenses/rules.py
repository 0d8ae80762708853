"""What an expense may be."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta

from app.kernel.days import show_date
from app.kernel.errors import Invalid
from app.kernel.labels import Labelled
from app.kernel.money import Pence, show

LARGEST_EXPENSE = 200_000
"""Two thousand pounds: more for one receipt is a slip of the keyboard."""


class ExpenseKind(Labelled):
    """What an expense was for."""

    TRAVEL = "travel", "Travel"
    LODGING = "lodging", "Overnight stay"
    MEALS = "meals", "Meals"
    OTHER = "other", "Other"


@dataclass(frozen=True)
class Expense:
    """An expense as it was typed."""

    practitioner_id: int
    day: date
    kind: ExpenseKind
    pence: int
    receipt: str
    note: str = ""


def check_expense(expense: Expense, today: date) -> None:
    """Raise Invalid, on the field at fault, for an expense that cannot be meant."""
    if expense.day > today:
        raise Invalid("day", f"This is after today, {show_date(today)}.")
    if expense.pence <= 0:
        raise Invalid("pence", "Enter an amount above nought.")
    if expense.pence > LARGEST_EXPENSE:
        raise Invalid("pence", f"One receipt is at most {show(Pence(LARGEST_EXPENSE))}.")
    if not expense.receipt:
        raise Invalid("receipt", "Give the receipt’s reference.")


def first_unsigned(friday: date, signed: Collection[date]) -> date:
    """The first week from one on that is not signed yet."""
    while friday in signed:
        friday += timedelta(weeks=1)
    return friday
