"""What can be unresolved about a child's protection, and when cover and answer are whole."""

from datetime import date

from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled

UNRESOLVED = "A child-protection issue is unresolved on this case."


class Trouble(Labelled):
    """What about a child's protection is not settled."""

    NO_STRATEGY = "no_strategy", "No strategy discussion held although the threshold is met"
    NO_CONFERENCE = "no_conference", "Conference not held in time"
    NO_WORKER = "no_worker", "Child under protection without a worker"
    NOT_SEEN = "not_seen", "Child under protection not seen in time"
    CORE_GROUP = "core_group", "Core group not held"
    SAFETY_PLAN = "safety_plan", "No working safety plan"
    RISK_AT_HOME = "risk_at_home", "A person who is a risk is in the home"
    MISSING = "missing", "Child missing, whereabouts not known"
    UNBORN = "unborn", "Birth near and no plan for it"
    DISPUTED = "disputed", "Agencies disagree about the risk"


class Answer(Labelled):
    """How an issue came to an end."""

    STEP_TAKEN = "step_taken", "The step that was lacking is taken"
    SAFE = "safe", "The child is safe; the risk has gone"
    CONFERENCE = "conference", "A conference decided"
    COURT = "court", "The court or the police acted"
    WITH_TEAM = "with_team", "A council team holds it under its own plan"


def check_covered(cover: str, action: str) -> None:
    """An issue names who covers tonight and what was done; neither may be empty."""
    if not action:
        raise Invalid("action_taken", "Say what was done.")
    if not cover:
        raise Invalid("cover", "Say who covers tonight.")


def check_open(resolved_on: date | None) -> None:
    """A resolved issue stands as it is; whatever comes after is a new one."""
    if resolved_on is not None:
        raise Refused("This issue is already resolved.")


def is_covered(covered_on: date, today: date) -> bool:
    """Whether somebody was named for tonight; cover named for an earlier night has run out."""
    return covered_on >= today
