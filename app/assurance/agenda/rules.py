"""Why a case is on the agenda of supervision, and where it stands on it."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from app.kernel.labels import Labelled

# An outcome plan's day is on the agenda from so long before it.
NEAR = timedelta(days=14)


class Topic(Labelled):
    """Why a case is on the agenda, the gravest first."""

    ISSUE = "issue", "Unresolved child protection"
    FLAG = "flag", "Safeguarding flag open"
    DRIFT = "drift", "Drifts"
    DELAY = "delay", "Delayed"
    RETURNED = "returned", "Returned with points"
    OVERDUE = "overdue", "Assessment overdue"
    PLAN = "plan", "Plan’s day is near"
    NOT_DISCUSSED = "not_discussed", "Not discussed in time"

    @property
    def is_grave(self) -> bool:
        return self in (Topic.ISSUE, Topic.FLAG)


def topics_of(found: Mapping[Topic, str]) -> tuple[tuple[Topic, str], ...]:
    """Why a case is on the agenda, with a few words each, the gravest first."""
    return tuple((topic, found[topic]) for topic in Topic if topic in found)


def order_of(topics: Sequence[tuple[Topic, str]]) -> tuple[int, int]:
    """Where a case stands on the agenda: by its gravest topic, and then by how many it has."""
    places = list(Topic)
    return (places.index(topics[0][0]) if topics else len(places), -len(topics))
