"""What training is about, where systems fail, and how a problem is put right."""

from datetime import date, timedelta

from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled

WRITTEN_UP = timedelta(days=28)
LONGEST = 480
LARGEST = 200


class Topic(Labelled):
    """What a training session was about."""

    SYSTEM = "system", "The council’s case system"
    THRESHOLDS = "thresholds", "Thresholds"
    ASSESSMENT = "assessment", "Assessment and analysis"
    CHILD_PROTECTION = "child_protection", "Child protection"
    RECORDING = "recording", "Recording and chronologies"
    PLANS = "plans", "Plans that can be measured"
    SUPERVISION = "supervision", "Supervision"
    LEARNING = "learning", "Lessons from audits and reviews"


class Area(Labelled):
    """Which part of the council’s system a problem is in."""

    ACCESS = "access", "Access and passwords"
    FORMS = "forms", "Forms and templates"
    WORKFLOW = "workflow", "Steps and authorisation"
    REPORTS = "reports", "Reports"
    DATA = "data", "Wrong or missing data"
    SPEED = "speed", "Speed and outages"


class Standing(Labelled):
    """Where a system problem stands."""

    OPEN = "open", "Open"
    FIXED = "fixed", "Fixed, to look at again"
    SOLVED = "solved", "Solved"


def standing(fixed_on: date | None, solved_on: date | None) -> Standing:
    """A problem is solved once somebody looked again and found it gone."""
    if solved_on is not None:
        return Standing.SOLVED
    return Standing.OPEN if fixed_on is None else Standing.FIXED


def check_session(held_on: date, minutes: int, attended: int, today: date) -> None:
    """Raise Invalid, on the field at fault, for a session that cannot have been."""
    if held_on > today:
        raise Invalid("held_on", f"{show_date(held_on)} lies ahead.")
    if held_on < today - WRITTEN_UP:
        raise Invalid("held_on", f"It is written down within {WRITTEN_UP.days} days.")
    if not 1 <= minutes <= LONGEST:
        raise Invalid("minutes", f"Write minutes from 1 to {LONGEST}.")
    if not 1 <= attended <= LARGEST:
        raise Invalid("workers", f"Between 1 and {LARGEST} people came, of both sides together.")


def check_standing(now: Standing, wanted: Standing) -> None:
    """Refuse to fix what is fixed already, and to look again at what nobody fixed."""
    if now is not wanted:
        raise Refused(f"This problem is {now.label.lower()}.")
