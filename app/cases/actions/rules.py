"""What a dated action on a case may be, where it comes from and how it ends."""

from dataclasses import dataclass
from datetime import date, timedelta

from app.kernel.days import show_date
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled

LONGEST = timedelta(weeks=26)


class What(Labelled):
    """What is to be done."""

    SEE_CHILD = "see_child", "See the child"
    SPEAK_FAMILY = "speak_family", "Speak with the family"
    FINISH_ASSESSMENT = "finish_assessment", "Finish the assessment"
    UPDATE_PLAN = "update_plan", "Write or update the outcome plan"
    CHASE_PARTNER = "chase_partner", "Chase a partner agency"
    STRATEGY_DISCUSSION = "strategy_discussion", "Hold a strategy discussion"
    MEETING = "meeting", "Arrange a meeting"
    ADVICE = "advice", "Get legal or specialist advice"
    RECORD = "record", "Bring the council’s record up to date"
    PREPARE_ENDING = "prepare_ending", "Prepare the handover or closure"
    MEND_FILE = "mend_file", "Mend what a file audit found"
    OTHER = "other", "Something else"


class Source(Labelled):
    """What a decision on an action was taken in."""

    SUPERVISION = "supervision", "Supervision"
    PERFORMANCE_MEETING = "performance_meeting", "Performance meeting"
    AGREEMENT_MEETING = "agreement_meeting", "Agreement meeting"
    WEEKLY_MEETING = "weekly_meeting", "Weekly operational meeting"
    ESCALATION = "escalation", "Escalation"
    DELAY_REPLY = "delay_reply", "Reply to a delay"
    DIRECTION = "direction", "A manager’s direction"
    FILE_AUDIT = "file_audit", "File audit"


class Ending(Labelled):
    """How an action ended."""

    DONE = "done", "Done"
    DROPPED = "dropped", "Dropped"


@dataclass(frozen=True)
class Wanted:
    """An action as it is asked for; `owner_id` is a user."""

    what: What
    owner_id: int
    due_on: date
    source: Source
    note: str = ""


def check_wanted(wanted: Wanted, today: date) -> None:
    """Raise Invalid for a day that is past or too far off, and for something else unsaid."""
    if wanted.due_on < today:
        raise Invalid("due_on", f"{show_date(wanted.due_on)} is in the past.")
    if wanted.due_on > today + LONGEST:
        raise Invalid("due_on", f"Choose a day by {show_date(today + LONGEST)}.")
    if wanted.what is What.OTHER and not wanted.note:
        raise Invalid("note", "Say in a few words what is to be done.")


def check_open(ending: Ending | None) -> None:
    """Raise Refused for an action that has ended: it is never ended twice."""
    if ending is not None:
        raise Refused(f"This action was {ending.label.lower()} already.")
