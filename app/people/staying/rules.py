"""What may be recorded and told of a worker's wish to stay."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from app.kernel.days import show_date
from app.kernel.errors import Invalid


class Intent(StrEnum):
    """What a worker says about staying with the council."""

    UNDECIDED = "undecided"
    STAY = "stay"
    LEAVE = "leave"

    @property
    def label(self) -> str:
        return {"undecided": "Undecided", "stay": "Would stay", "leave": "Will not stay"}[
            self.value
        ]


@dataclass(frozen=True)
class Wish:
    """A worker's wish: the post, and from when; `consent_on` is when they let the council know."""

    intent: Intent
    consent_on: date | None
    post: str
    starts_on: date | None


def check_wish(wish: Wish, today: date) -> None:
    """Raise Invalid, on the field at fault, for what cannot be recorded."""
    if wish.consent_on is not None and wish.consent_on > today:
        raise Invalid("consent_on", f"This is after today, {show_date(today)}.")
    if wish.intent is not Intent.STAY and (wish.post or wish.starts_on):
        raise Invalid("intent", "A post and a day belong to somebody who would stay.")


def shown(wish: Wish) -> dict[str, str]:
    """A wish under the names that its form gives to its answers."""
    return {
        "What they say": wish.intent.label,
        "Agreed to be named on": show_date(wish.consent_on) if wish.consent_on else "",
        "Post they would take": wish.post,
        "First day": show_date(wish.starts_on) if wish.starts_on else "",
    }
