"""What a safeguarding flag says, and when it may be acknowledged and resolved."""

from dataclasses import dataclass
from datetime import datetime

from app.kernel.errors import Refused
from app.kernel.labels import Labelled

HOUR = 3600


class Concern(Labelled):
    """What the worker is worried about now."""

    PHYSICAL_HARM = "physical_harm", "Physical harm"
    SEXUAL_HARM = "sexual_harm", "Sexual harm"
    EMOTIONAL_HARM = "emotional_harm", "Emotional harm"
    NEGLECT = "neglect", "Neglect"
    DOMESTIC_ABUSE = "domestic_abuse", "Domestic abuse"
    EXPLOITATION = "exploitation", "Exploitation"
    MISSING = "missing", "Missing child"
    NOT_SEEN = "not_seen", "The child cannot be seen"
    UNSAFE_CONTACT = "unsafe_contact", "Contact with a person who is a risk"
    OTHER = "other", "Another immediate concern"


@dataclass(frozen=True)
class Standing:
    """How far a flag has got."""

    acknowledged: bool
    resolved: bool


def check_acknowledge(flag: Standing) -> None:
    """A flag is acknowledged once."""
    if flag.acknowledged:
        raise Refused("This flag is already acknowledged.")


def check_resolve(flag: Standing) -> None:
    """A flag is resolved once, by someone who took notice of it first."""
    if flag.resolved:
        raise Refused("This flag is already resolved.")
    if not flag.acknowledged:
        raise Refused("Acknowledge the flag before you resolve it.")


def hours_waiting(raised_at: datetime, now: datetime) -> int:
    """Whole hours from a flag's raising to `now`."""
    return int((now - raised_at).total_seconds()) // HOUR
