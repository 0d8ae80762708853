"""What a condition must say, and who may record that it is met."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.access.roles import Role
from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused

MOST = 5
LONGEST = 200
FAR = timedelta(days=366)
# Beside whoever owns it: those who answer for the case on either side.
MEETING = frozenset({Role.TEAM_MANAGER, Role.DISTRICT_MANAGER})


@dataclass(frozen=True)
class Wanted:
    """What is asked for, one condition a line, with the day and the person for all of them."""

    lines: tuple[str, ...]
    due_on: date
    owner_id: int


def check_wanted(wanted: Wanted, *, today: date, owners: Collection[int]) -> None:
    """Find fault with the first answer that nobody could meet; Invalid names its field."""
    if not wanted.lines:
        raise Invalid("conditions", "Write at least one condition, one a line.")
    if len(wanted.lines) > MOST:
        raise Invalid("conditions", f"Write at most {MOST} conditions, one a line.")
    if any(len(line) > LONGEST for line in wanted.lines):
        raise Invalid("conditions", f"A condition is at most {LONGEST} characters long.")
    if wanted.due_on < today:
        raise Invalid("due_on", f"{show_date(wanted.due_on)} is in the past.")
    if wanted.due_on > today + FAR:
        raise Invalid("due_on", f"{show_date(wanted.due_on)} is more than a year away.")
    if wanted.owner_id not in owners:
        raise Invalid("owner_id", "Choose somebody who works in the case’s lot.")


def check_meeter(role: Role | None, *, is_owner: bool) -> None:
    """Its owner, a team manager or the District Manager says that a condition is met."""
    if not is_owner and role not in MEETING:
        raise Refused("Only its owner, a team manager or the District Manager records this.")


def lines_of(text: str) -> tuple[str, ...]:
    """The conditions in a text, one a line."""
    return tuple(line.strip(" -\t") for line in text.splitlines() if line.strip(" -\t"))


def unmet(conditions: Sequence[tuple[str, date]]) -> str:
    """What is left to be met, in a sentence; empty where nothing is."""
    if not conditions:
        return ""
    listed = "; ".join(f"{what} (by {show_date(due_on)})" for what, due_on in conditions)
    return f"The council agreed on conditions that are not met yet: {listed}."
