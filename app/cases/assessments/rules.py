"""When an assessment may be started, submitted and authorised, and by whom."""

from dataclasses import dataclass
from datetime import date

from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled


class NotSeenReason(Labelled):
    """Why a child was not seen during an assessment; a manager has to accept it."""

    UNBORN = "unborn", "Unborn child"
    MOVED = "moved", "The family moved out of the area"
    WHEREABOUTS = "whereabouts_unknown", "Whereabouts unknown"
    REFUSED = "refused", "The family refused"
    SEEN_BY_OTHER = "seen_by_other", "Seen by another authority"


@dataclass(frozen=True)
class Work:
    """An assessment as its rules look at it."""

    started_on: date
    seen_on: date | None
    not_seen_reason: NotSeenReason | None
    submitted_by: int | None


def check_day(field: str, day: date, *, not_before: date, today: date, since: str) -> None:
    """A day that something happened on lies between what came before it and today."""
    if day > today:
        raise Invalid(field, f"{show_date(day)} has not come yet.")
    if day < not_before:
        raise Invalid(field, f"{show_date(day)} is before {since} on {show_date(not_before)}.")


def check_submission(work: Work, reason: NotSeenReason | None) -> None:
    """A child was seen since the assessment began, or there is a reason why not."""
    if work.seen_on is None and reason is None:
        raise Invalid(
            "not_seen_reason", "Record when the child was seen, or choose why they were not."
        )


def check_authorisation(work: Work, *, by: int | None, accepts_not_seen: bool) -> None:
    """The authoriser is not the author, and accepts it when the child was not seen."""
    if by is not None and by == work.submitted_by:
        raise Refused("The person who submitted an assessment cannot also authorise it.")
    if work.seen_on is None and not accepts_not_seen:
        raise Invalid(
            "accepts_not_seen", "Tick to accept why the child was not seen, or return it."
        )
