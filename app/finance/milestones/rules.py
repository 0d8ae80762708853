"""What a milestone is, when it is late, and what the council certifies."""

from dataclasses import dataclass
from datetime import date

from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.kernel.money import Pence, show

LARGEST = 500_000_000
"""Five million pounds: more for one milestone is a slip of the keyboard."""


@dataclass(frozen=True)
class MilestoneTerms:
    """What is to be achieved by a day, and what is paid for it; `vat` is in basis points.

    `releases` says that what was retained is paid out once it is achieved.
    """

    title: str
    clause: str
    due_on: date
    pence: int
    vat: int = 0
    releases: bool = False


def check_milestone(terms: MilestoneTerms, *, starts_on: date, ends_on: date) -> None:
    """Raise Invalid, on the field at fault, for a milestone that cannot be meant."""
    if not terms.clause:
        raise Invalid("clause", "Name the clause of the contract that says so.")
    if not starts_on <= terms.due_on <= ends_on:
        term = f"from {show_date(starts_on)} to {show_date(ends_on)}"
        raise Invalid("due_on", f"The contract runs {term}.")
    if terms.pence < 0:
        raise Invalid("pence", "A payment is never below nought.")
    if terms.pence > LARGEST:
        raise Invalid("pence", f"This is at most {show(Pence(LARGEST))}.")
    if not terms.pence and not terms.releases:
        raise Invalid("pence", "Enter what is paid, or tick that the retention is paid out.")


def check_open(*, certified: bool) -> None:
    """Raise Refused for a milestone that is certified."""
    if certified:
        raise Refused("This milestone is certified already.")


def check_shown(*, evidence: str, certified: bool) -> None:
    """Raise Refused where nothing can be certified, or is any more."""
    check_open(certified=certified)
    if not evidence:
        raise Refused("The agency has not said yet what shows that it is achieved.")


def check_certificate(
    achieved_on: date, *, evidence: str, starts_on: date, today: date, certified: bool
) -> None:
    """Raise Refused or Invalid where nothing can be certified, or not for that day."""
    check_shown(evidence=evidence, certified=certified)
    if achieved_on > today:
        raise Invalid("achieved_on", f"{show_date(achieved_on)} has not come yet.")
    if achieved_on < starts_on:
        raise Invalid("achieved_on", f"The contract starts on {show_date(starts_on)}.")


def days_late(due_on: date, achieved_on: date | None, today: date) -> int:
    """How many days after its day a milestone was achieved, or is still not; 0 in time."""
    return max(0, ((achieved_on or today) - due_on).days)
