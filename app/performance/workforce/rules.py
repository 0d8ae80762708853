"""What a count of a lot's workforce may say."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.kernel.days import show_date
from app.kernel.errors import Invalid

# What is counted in hundredths of full-time equivalents.
EQUIVALENTS = ("staff", "agency", "vacancies", "leavers")
# Hundredths of full-time equivalents; whole people.
MOST, MOST_CONTRACTED = 2_000_00, 500
# The count before a contract's start is what its first figures rest on.
BEFORE_START = timedelta(days=366)


@dataclass(frozen=True)
class Counted:
    """Who was counted on a day, in hundredths of full-time equivalents, and who says so.

    `leavers` left in the twelve months up to the day; `contracted` are whole workers.
    """

    as_at: date
    staff: int
    agency: int
    vacancies: int
    leavers: int
    contracted: int
    source: str


def check(counted: Counted, today: date, starts_on: date) -> None:
    """Raise Invalid, on the field at fault, for a count that cannot be meant."""
    first = starts_on - BEFORE_START
    if counted.as_at > today:
        raise Invalid("as_at", "This day has not come yet.")
    if counted.as_at < first:
        raise Invalid("as_at", f"Count no day before {show_date(first)}.")
    for name in EQUIVALENTS:
        if getattr(counted, name) > MOST:
            raise Invalid(name, f"A lot has at most {MOST // 100:,} full-time equivalents.")
    if counted.contracted > MOST_CONTRACTED:
        raise Invalid("contracted", f"A lot has at most {MOST_CONTRACTED} contracted workers.")
    if not counted.staff + counted.agency:
        raise Invalid("staff", "Nobody is in post by this count. Count who works there.")
    if counted.leavers > counted.staff:
        raise Invalid("leavers", "More left than are in post. Check both figures.")


def show_equivalents(hundredths: int) -> str:
    """1,204.50, as the national return has it."""
    return f"{hundredths / 100:,.2f}"
