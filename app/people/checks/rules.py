"""Which checks a worker has passed on a day, and in words what each of them lacks."""

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from functools import lru_cache
from typing import NamedTuple

from app.kernel.days import show_date
from app.kernel.errors import Invalid
from app.people.rules import registration_fault

# A check that runs out within so many days is amber.
SOON = 30
REFERENCES, MOST_REFERENCES = 2, 9
# Years of work after qualifying that the rules on agency workers ask for.
YEARS_QUALIFIED = 3
# A DBS certificate is renewed after three years; on the update service its status is looked up
# every year.
DBS_YEARS, DBS_UPDATE_YEARS = 3, 1
_NUMBER = re.compile(r"SW[0-9]{1,8}")


class Light(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"


class Kind(StrEnum):
    """The checks, in the order in which they are shown and in which they exclude."""

    REGISTRATION = "registration"
    DBS = "dbs"
    REFERENCES = "references"
    EXPERIENCE = "experience"
    RIGHT_TO_WORK = "right_to_work"
    APPROVAL = "approval"
    INDUCTION = "induction"

    @property
    def label(self) -> str:
        return _LABELS[self]


_LABELS = {
    Kind.REGISTRATION: "Social Work England registration",
    Kind.DBS: "DBS",
    Kind.REFERENCES: "References",
    Kind.EXPERIENCE: "Years since qualifying",
    Kind.RIGHT_TO_WORK: "Right to work",
    Kind.APPROVAL: "Council approval",
    Kind.INDUCTION: "Induction",
}


class Known(NamedTuple):
    """What is recorded of a worker; an empty value is unknown, and unknown is red."""

    registration_number: str = ""
    registration_expires_on: date | None = None
    dbs_on: date | None = None
    dbs_update_service: bool = False
    references: int = 0
    qualified_on: date | None = None
    experience_exception: str = ""
    right_to_work_on: date | None = None
    right_to_work_expires_on: date | None = None
    approved_on: date | None = None


LABELS = {
    "registration_number": "Registration number",
    "registration_expires_on": "Registration expires on",
    "dbs_on": "DBS certificate or last look at the update service",
    "dbs_update_service": "On the DBS update service",
    "references": "References received",
    "qualified_on": "Qualified on",
    "experience_exception": "Exception for less than three years",
    "right_to_work_on": "Right to work checked on",
    "right_to_work_expires_on": "Right to work ends on",
    "approved_on": "Approved by the council on",
}
# What is kept beside a worker; when the registration ends is one of their terms.
RECORDED = tuple(name for name in LABELS if name != "registration_expires_on")


class Check(NamedTuple):
    """One check on a day; `words` say what is known or lacking, `expires_on` when it runs out."""

    kind: Kind
    light: Light
    words: str
    expires_on: date | None = None


@lru_cache(maxsize=2_000)
def checks_of(known: Known, to_do: tuple[str, ...], on: date) -> tuple[Check, ...]:
    """Every check of a worker on a day; `to_do` are the steps of the induction still missing."""
    return (
        _registration(known, on),
        _dbs(known, on),
        _references(known.references),
        _experience(known, on),
        _right_to_work(known, on),
        _approval(known, on),
        _induction(to_do),
    )


def check_known(known: Known, today: date) -> None:
    """Raise Invalid, on the field at fault, for what cannot be recorded on a day."""
    if known.registration_number and not _NUMBER.fullmatch(known.registration_number):
        raise Invalid("registration_number", "Write the number as SW and its digits: SW123456.")
    for name in ("dbs_on", "qualified_on", "right_to_work_on", "approved_on"):
        day: date | None = getattr(known, name)
        if day is not None and day > today:
            raise Invalid(name, f"This is after today, {show_date(today)}.")
    if known.references > MOST_REFERENCES:
        raise Invalid("references", f"At most {MOST_REFERENCES} are counted.")
    if known.right_to_work_expires_on is not None and known.right_to_work_on is None:
        raise Invalid("right_to_work_on", "Enter the day on which the right to work was checked.")


def shown(known: Known) -> dict[str, str]:
    """What is recorded, under the names that its form gives to its answers."""
    return {LABELS[name]: _words(value) for name, value in known._asdict().items()}


def _words(value: object) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return show_date(value) if isinstance(value, date) else str(value or "")


def reds(checks: Sequence[Check]) -> tuple[str, ...]:
    """What keeps a worker from holding a case, in words, the first check first."""
    return tuple(check.words for check in checks if check.light is Light.RED)


def worst(checks: Sequence[Check]) -> Light:
    """The light of the check that stands worst; green without any."""
    lights = {check.light for check in checks}
    return next((light for light in (Light.RED, Light.AMBER) if light in lights), Light.GREEN)


def years_after(day: date, years: int) -> date:
    """The same day years later; 28 February for the one that only leap years have."""
    if (day.month, day.day) == (2, 29):
        day = day.replace(day=28)
    return day.replace(year=day.year + years)


def _registration(known: Known, on: date) -> Check:
    expires_on = known.registration_expires_on
    if not known.registration_number:
        return Check(Kind.REGISTRATION, Light.RED, "Registration: number not recorded.", expires_on)
    fault = registration_fault(expires_on, on)
    if fault or expires_on is None:
        return Check(Kind.REGISTRATION, Light.RED, fault or "", expires_on)
    return _lasting(
        Kind.REGISTRATION,
        f"{known.registration_number}, until {show_date(expires_on)}.",
        f"Registration expires on {show_date(expires_on)}.",
        expires_on,
        on,
    )


def _dbs(known: Known, on: date) -> Check:
    if known.dbs_on is None or known.dbs_on > on:
        return Check(Kind.DBS, Light.RED, "DBS: not recorded.")
    expires_on = years_after(
        known.dbs_on, DBS_UPDATE_YEARS if known.dbs_update_service else DBS_YEARS
    )
    what = "DBS update service, looked up on" if known.dbs_update_service else "DBS certificate of"
    words = f"{what} {show_date(known.dbs_on)}"
    if expires_on < on:
        return Check(Kind.DBS, Light.RED, f"{words}: out of date.", expires_on)
    soon = f"{words}, good until {show_date(expires_on)}."
    return _lasting(Kind.DBS, soon, soon, expires_on, on)


def _references(received: int) -> Check:
    words = f"References: {received} of {REFERENCES} received."
    return Check(Kind.REFERENCES, Light.RED if received < REFERENCES else Light.GREEN, words)


def _experience(known: Known, on: date) -> Check:
    if known.qualified_on is None:
        return Check(Kind.EXPERIENCE, Light.RED, "Qualifying date not recorded.")
    words = f"Qualified on {show_date(known.qualified_on)}"
    if years_after(known.qualified_on, YEARS_QUALIFIED) <= on:
        return Check(Kind.EXPERIENCE, Light.GREEN, f"{words}.")
    if known.experience_exception:
        exception = f"{words}; exception: {known.experience_exception}"
        return Check(Kind.EXPERIENCE, Light.AMBER, exception)
    short = f"{words}, less than {YEARS_QUALIFIED} years ago, and no exception is recorded."
    return Check(Kind.EXPERIENCE, Light.RED, short)


def _right_to_work(known: Known, on: date) -> Check:
    seen_on, expires_on = known.right_to_work_on, known.right_to_work_expires_on
    if seen_on is None or seen_on > on:
        return Check(Kind.RIGHT_TO_WORK, Light.RED, "Right to work: not checked.", expires_on)
    words = f"Right to work checked on {show_date(seen_on)}"
    if expires_on is None:
        return Check(Kind.RIGHT_TO_WORK, Light.GREEN, f"{words}.")
    if expires_on < on:
        ended = f"Right to work ended on {show_date(expires_on)}."
        return Check(Kind.RIGHT_TO_WORK, Light.RED, ended, expires_on)
    soon = f"{words}, until {show_date(expires_on)}."
    return _lasting(Kind.RIGHT_TO_WORK, soon, soon, expires_on, on)


def _approval(known: Known, on: date) -> Check:
    if known.approved_on is None or known.approved_on > on:
        return Check(Kind.APPROVAL, Light.RED, "Not yet approved by the council.")
    return Check(Kind.APPROVAL, Light.GREEN, f"Approved on {show_date(known.approved_on)}.")


def _induction(to_do: Sequence[str]) -> Check:
    if not to_do:
        return Check(Kind.INDUCTION, Light.GREEN, "Induction complete.")
    return Check(Kind.INDUCTION, Light.RED, f"Induction to do: {', '.join(to_do)}.")


def _lasting(kind: Kind, words: str, soon: str, expires_on: date, on: date) -> Check:
    """A check that counts until a day; amber in the last days before it."""
    ends_soon = (expires_on - on).days <= SOON
    return Check(
        kind, Light.AMBER if ends_soon else Light.GREEN, soon if ends_soon else words, expires_on
    )
