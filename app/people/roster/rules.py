"""What a worker's terms must be, and what a week of the roster adds up to."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.kernel.days import show_date
from app.kernel.errors import Invalid
from app.people.rules import Employment, Post, check_employment, show_hours

MOST_MINUTES = 60 * 60
DAYS = {"1": "Mon", "2": "Tue", "3": "Wed", "4": "Thu", "5": "Fri", "6": "Sat", "7": "Sun"}


@dataclass(frozen=True)
class Terms:
    """What is agreed with a worker: their post, time with us, hours and days."""

    name: str
    post: Post
    qualified: bool
    starts_on: date
    ends_on: date | None
    weekly_minutes: int
    weekdays: str
    asye: bool
    home_lot_id: int | None
    case_limit: int


@dataclass(frozen=True)
class Cell:
    """A worker's week: the minutes worked, the points of them, and what is to be known of it."""

    in_post: bool
    minutes: int = 0
    points: int = 0
    word: str = ""


@dataclass(frozen=True)
class Week:
    """What a week of the roster adds up to; hours and points are the practitioners'."""

    practitioners: int
    managers: int
    minutes: int
    points: int


def check_terms(terms: Terms) -> None:
    """Raise Invalid, on the field at fault, for terms that cannot be meant."""
    if terms.post.holds_cases and terms.asye and not terms.qualified:
        raise Invalid("asye", "Somebody in their ASYE is a qualified social worker.")
    if not 0 < terms.weekly_minutes <= MOST_MINUTES:
        raise Invalid("weekly_minutes", f"Write between 1 and {MOST_MINUTES // 60} hours a week.")
    if not terms.weekdays or not set(terms.weekdays) <= DAYS.keys():
        raise Invalid("weekdays", "Choose the days of the week they work.")
    if not 1 <= terms.case_limit <= 100:
        raise Invalid("case_limit", "A limit is between 1 and 100 cases.")
    check_employment(Employment(terms.qualified, None, terms.starts_on, terms.ends_on))


def check_place(starts_on: date | None, ends_on: date | None) -> None:
    """Raise Invalid for somebody who leaves a lot before they come to it."""
    if starts_on is not None and ends_on is not None and ends_on < starts_on:
        raise Invalid("ends_on", f"This is before the first day, {show_date(starts_on)}.")


def add_up(cells: Sequence[tuple[Post, Cell]]) -> Week:
    """The sums of one week; a manager's hours are no capacity for cases."""
    practising = [cell for post, cell in cells if post.holds_cases and cell.in_post]
    managing = [cell for post, cell in cells if not post.holds_cases and cell.in_post]
    return Week(
        len(practising),
        len(managing),
        sum(cell.minutes for cell in practising),
        sum(cell.points for cell in practising),
    )


def full_time(minutes: int, full: int) -> str:
    """Full-time equivalents to two places, halves up: 0.80."""
    hundredths = (minutes * 200 + full) // (2 * full)
    return f"{hundredths // 100}.{hundredths % 100:02}"


def days_worked(weekdays: str) -> str:
    """Mon to Fri, or the days themselves."""
    if weekdays == "12345":
        return "Mon to Fri"
    return ", ".join(DAYS[day] for day in weekdays)


def shown(terms: Terms) -> dict[str, str]:
    """A worker's terms under the names that the form gives to its answers."""
    return {
        "Name": terms.name,
        "Post": terms.post.label,
        "Qualified social worker": "Yes" if terms.qualified else "No",
        "First day": show_date(terms.starts_on),
        "Last day": show_date(terms.ends_on) if terms.ends_on else "",
        "Hours a week": show_hours(terms.weekly_minutes),
        "Days": days_worked(terms.weekdays),
        "In their ASYE": "Yes" if terms.asye else "No",
        "Limit of cases": str(terms.case_limit),
    }
