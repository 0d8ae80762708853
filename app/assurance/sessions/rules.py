"""Which support sessions there are, who has them with whom, and when the next one is due."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.access.roles import Role
from app.kernel.days import london_date, show_date
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled

WRITTEN_UP = timedelta(days=28)
# What is sealed stays closed for so long to whoever came in by a link to a new password.
AFTER_LINK = timedelta(days=7)
OWED = (Role.PRACTITIONER, Role.TEAM_MANAGER)
# The project manager’s own supervisor is outside the contract; coaching is for all of them.
SUPPORTED = (*OWED, Role.AGENCY_PROJECT_MANAGER)


class Kind(Labelled):
    """What a session is for."""

    PERSONAL = "personal", "Personal supervision"
    WELFARE = "welfare", "Welfare supervision"
    REFLECTIVE = "reflective", "Reflective session"
    COACHING = "coaching", "Coaching"


class Theme(Labelled):
    """What a session was about, in one word each; counted without whose session it was."""

    WORKLOAD = "workload", "Workload"
    WELLBEING = "wellbeing", "Health and wellbeing"
    DISTRESS = "distress", "Distressing work"
    SAFETY = "safety", "Safety at work"
    TEAM = "team", "Working together"
    SKILLS = "skills", "Skills and learning"
    FUTURE = "future", "Plans for the future"
    PRACTICAL = "practical", "Travel, equipment and systems"


@dataclass(frozen=True)
class Meeting:
    """A session as it is written down; `liaison_on` is when the head of service was spoken with."""

    kind: Kind
    supervisee_id: int
    held_on: date
    liaison_on: date | None = None


def check_meeting(meeting: Meeting, with_role: Role | None, today: date) -> None:
    """Raise Invalid, on the field at fault, for a session that cannot have been."""
    if with_role not in SUPPORTED:
        raise Invalid("supervisee_id", "Choose somebody of the agency’s team.")
    if meeting.kind is Kind.WELFARE and with_role is Role.PRACTITIONER:
        raise Invalid("kind", "Welfare supervision is for managers: choose personal supervision.")
    if meeting.held_on > today:
        raise Invalid("held_on", f"{show_date(meeting.held_on)} lies ahead.")
    if meeting.held_on < today - WRITTEN_UP:
        raise Invalid("held_on", f"It is written down within {WRITTEN_UP.days} days.")
    if meeting.liaison_on is None:
        return
    if meeting.kind is not Kind.WELFARE:
        raise Invalid("liaison_on", "Only welfare supervision goes with this liaison.")
    if meeting.liaison_on > today:
        raise Invalid("liaison_on", f"{show_date(meeting.liaison_on)} lies ahead.")


def check_link(used_at: datetime | None, now: datetime) -> None:
    """Raise Refused to somebody who lately chose their password by a link that another made."""
    if used_at is not None and now < used_at + AFTER_LINK:
        raise Refused(
            f"You chose a new password by a link on {show_date(london_date(used_at))}. What is"
            f" sealed opens again on {show_date(london_date(used_at + AFTER_LINK))}, so that"
            " nobody reads it by a link that was meant for you."
        )


def owed(role: Role) -> Kind:
    """The session that is owed to somebody: welfare supervision to managers, else personal."""
    return Kind.PERSONAL if role is Role.PRACTITIONER else Kind.WELFARE
