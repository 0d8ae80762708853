"""Who may hold a case on a day, and in words why somebody may not."""

from dataclasses import dataclass
from datetime import date

from app.kernel.days import show_date
from app.kernel.errors import Invalid


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
    expires = person.registration_expires_on
    if expires is not None and expires < on:
        return f"Registration expired on {show_date(expires)}."
    return None
