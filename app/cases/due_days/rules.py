"""What a change of the calendar must say."""

from dataclasses import dataclass
from datetime import date

from app.contract.rules import CalendarAct
from app.kernel.calendar import Counting
from app.kernel.errors import Invalid


@dataclass(frozen=True)
class CalendarWish:
    """One change: how clocks count from now on, or a day off more or less."""

    act: CalendarAct
    reason: str
    counting: Counting | None = None
    day: date | None = None


def check_wish(wish: CalendarWish) -> None:
    """Raise Invalid, on the field at fault, for a change that does not say what it changes."""
    counts = wish.act is CalendarAct.COUNTING
    if counts and wish.counting is None:
        raise Invalid("counting", "Choose how working days are counted.")
    if counts and wish.day is not None:
        raise Invalid("day", "Leave the day empty: only the way of counting changes.")
    if not counts and wish.day is None:
        raise Invalid("day", "Enter the day.")
    if not counts and wish.counting is not None:
        raise Invalid("counting", "Leave this as it is: only a day changes.")
