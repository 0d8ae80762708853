"""The steps of pre-proceedings, what may end them, and when a review is overdue."""

from datetime import date, timedelta

from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled

SATURDAY = 5
# The formal period is up to sixteen weeks; a review is never put off longer than eight.
LONGEST = timedelta(weeks=16)
LONGEST_TO_REVIEW = timedelta(weeks=8)


class Step(Labelled):
    """What happens within pre-proceedings."""

    LETTER = "letter", "Letter before proceedings sent"
    MEETING = "meeting", "Pre-proceedings meeting held"
    REVIEW = "review", "Review meeting held"
    FAMILY_MEETING = "family_meeting", "Family group decision-making meeting held"
    ASSESSMENT = "assessment", "Specialist assessment came in"


class Decision(Labelled):
    """How pre-proceedings end."""

    STEP_DOWN = "step_down", "Step down: the risk is managed under a plan"
    COURT = "court", "Issue care proceedings"
    OTHER_CARE = "other_care", "Another arrangement for the child’s care"


def check_open(gateway_on: date, *, referred_on: date, today: date) -> None:
    """The gateway meeting has happened, and not before the child was referred."""
    if gateway_on > today:
        raise Invalid("gateway_on", "The gateway meeting has not happened yet.")
    if gateway_on < referred_on:
        raise Invalid("gateway_on", "The gateway meeting is before the referral.")


def check_review(next_review_on: date, *, today: date) -> None:
    """The next review is a weekday to come, within eight weeks."""
    if next_review_on <= today:
        raise Invalid("next_review_on", "The next review is on a later day than today.")
    if next_review_on.weekday() >= SATURDAY:
        raise Invalid("next_review_on", "No review is held at a weekend.")
    if next_review_on > today + LONGEST_TO_REVIEW:
        raise Invalid("next_review_on", "Review it within eight weeks.")


def check_step(on: date, *, gateway_on: date, decided_on: date | None, today: date) -> None:
    """A step has happened, after the gateway, while nothing is decided."""
    check_running(decided_on)
    if on > today:
        raise Invalid("on", "This day has not come yet.")
    if on < gateway_on:
        raise Invalid("on", "This day is before the gateway meeting.")


def check_running(decided_on: date | None) -> None:
    """Pre-proceedings that were decided stand as they are."""
    if decided_on is not None:
        raise Refused("These pre-proceedings are decided already.")


def runs_long(gateway_on: date, today: date) -> bool:
    """Whether they run longer than the formal period."""
    return today > gateway_on + LONGEST
