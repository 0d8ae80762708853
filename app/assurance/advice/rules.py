"""What advice is about, who asks for it, and how it counts as value of the contract."""

from datetime import date, timedelta

from app.kernel.days import show_date
from app.kernel.errors import Invalid
from app.kernel.labels import Labelled

WRITTEN_UP = timedelta(days=28)
LONGEST = 480


class Topic(Labelled):
    """What was asked about."""

    THRESHOLDS = "thresholds", "Thresholds"
    ASSESSMENT = "assessment", "Assessment practice"
    CHILD_PROTECTION = "child_protection", "Child protection"
    PLANNING = "planning", "Plans and reviews"
    LEGAL = "legal", "Court and pre-proceedings"
    RECORDING = "recording", "Recording and systems"
    PROCESS = "process", "Process and handover"
    OTHER = "other", "Something else"


class Asker(Labelled):
    """As what somebody of the council asked."""

    SOCIAL_WORKER = "social_worker", "Social worker"
    MANAGER = "manager", "Manager"
    EARLY_HELP = "early_help", "Early help worker"
    BUSINESS_SUPPORT = "business_support", "Business support"
    PARTNER = "partner", "Partner agency"


def check_advice(given_on: date, minutes: int, today: date) -> None:
    """Raise Invalid for a day ahead or too long ago, and for no time or more than a day of it."""
    if given_on > today:
        raise Invalid("given_on", f"{show_date(given_on)} lies ahead.")
    if given_on < today - WRITTEN_UP:
        raise Invalid("given_on", f"It is written down within {WRITTEN_UP.days} days.")
    if not 1 <= minutes <= LONGEST:
        raise Invalid("minutes", f"Write minutes from 1 to {LONGEST}.")
