"""Who may hold a case on a day, and in words why somebody may not."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.kernel.days import show_date
from app.kernel.errors import Invalid

# Minutes of a full-time week, 37 hours, and Monday to Friday.
FULL_TIME = 37 * 60
WEEKDAYS = "12345"
_HOURS = re.compile(r"([0-9]{1,2})(?:[.,]([0-9]{1,2})|:([0-5][0-9]))?")


class Post(StrEnum):
    """The posts of a children's social work team, as the national return of agency workers has."""

    SOCIAL_WORKER = "social_worker"
    SENIOR_SOCIAL_WORKER = "senior_social_worker"
    ADVANCED_PRACTITIONER = "advanced_practitioner"
    TEAM_MANAGER = "team_manager"

    @property
    def label(self) -> str:
        return self.value.replace("_", " ").capitalize()

    @property
    def holds_cases(self) -> bool:
        return self is not Post.TEAM_MANAGER


HOLDING = tuple(post for post in Post if post.holds_cases)


@dataclass(frozen=True)
class Employment:
    """What decides whether a practitioner may hold a case."""

    qualified: bool
    registration_expires_on: date | None
    starts_on: date
    ends_on: date | None


def check_employment(person: Employment) -> None:
    """Raise Invalid for somebody who leaves before they start."""
    if person.ends_on is not None and person.ends_on < person.starts_on:
        raise Invalid("ends_on", f"This is before the start on {show_date(person.starts_on)}.")


def exclusion(person: Employment, on: date) -> str | None:
    """Why the practitioner may not hold a case on that day; None where they may.

    The last day of work and the day on which a registration expires still count.
    """
    if not person.qualified:
        return "Not a qualified social worker."
    if person.starts_on > on:
        return f"Starts on {show_date(person.starts_on)}."
    if person.ends_on is not None and person.ends_on < on:
        return f"Left on {show_date(person.ends_on)}."
    return registration_fault(person.registration_expires_on, on)


def registration_fault(expires_on: date | None, on: date) -> str | None:
    """Why a registration does not count on that day; one of unknown expiry never does."""
    if expires_on is None:
        return "Registration: expiry not recorded."
    if expires_on < on:
        return f"Registration expired on {show_date(expires_on)}."
    return None


def minutes_of(typed: str) -> int:
    """Minutes from hours as people type them: 37, 37.5 or 37:30; ValueError with a sentence."""
    found = _HOURS.fullmatch(typed.strip())
    if not found:
        raise ValueError("Write hours as a number up to 99, for example 37, 22.5 or 22:30.")
    hours, hundredths, minutes = found.groups()
    part = int((hundredths or "").ljust(2, "0")) * 60 // 100
    return int(hours) * 60 + int(minutes or 0) + part


def show_hours(minutes: int) -> str:
    """37, or 22:30."""
    hours, rest = divmod(minutes, 60)
    return f"{hours}:{rest:02}" if rest else str(hours)
