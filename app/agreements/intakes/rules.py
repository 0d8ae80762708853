"""Which weeks an intake may be published for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.contract.rules import LARGEST_INTAKE
from app.kernel.days import show_date, week_ending
from app.kernel.errors import Invalid

WEEK = timedelta(weeks=1)
FURTHEST = 104


@dataclass(frozen=True)
class Offer:
    """What a team takes in a week; `version` is 0 where it is what the team usually takes."""

    intake: int
    locked: bool = False
    note: str = ""
    version: int = 0
    published_by: str | None = None


def weeks_from(first: date, number: int) -> list[date]:
    """The Fridays that name so many weeks, beginning with the week of a day."""
    return [week_ending(first) + WEEK * place for place in range(number)]


def weeks_to_publish(first: date, last: date, intake: int, today: date) -> Iterator[date]:
    """The weeks from one day's to another's; Invalid, on the field at fault, for what is no run."""
    if intake > LARGEST_INTAKE:
        raise Invalid("intake", f"A team takes at most {LARGEST_INTAKE} children a week.")
    if week_ending(first) < week_ending(today):
        raise Invalid("first", f"The week of {show_date(first)} is over.")
    if last < first:
        raise Invalid("last", f"The first week is that of {show_date(first)}, so this comes later.")
    if week_ending(last) > week_ending(today) + WEEK * FURTHEST:
        raise Invalid("last", "An intake is published for at most two years ahead.")
    return iter(weeks_from(first, (week_ending(last) - week_ending(first)) // WEEK + 1))
