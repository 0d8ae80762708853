"""What a performance meeting talks about, in which order, and what it may decide."""

from collections.abc import Iterable
from datetime import date

from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled

# What a meeting of an hour can talk about.
MOST = 40


class Topic(Labelled):
    """Why a case is talked about, the gravest reason first."""

    DRIFT = "drift", "Drifts"
    DELAY = "delay", "Delay past its expected end"
    RETURNED = "returned", "Returned with points to fix"
    OVERDUE = "overdue", "Assessment overdue"


class Decision(Labelled):
    """What the meeting decides about one case."""

    ACTION = "action", "Somebody acts by a day"
    ASIDE = "aside", "It waits with good reason: off the list of drifting cases until a day"
    NOTED = "noted", "Noted: it moves, nothing more is needed"


def agenda(found: Iterable[tuple[int, Topic]], most: int = MOST) -> list[tuple[int, list[Topic]]]:
    """Each case once with its topics: those with most topics first, then as they were found."""
    topics: dict[int, list[Topic]] = {}
    for case_id, topic in found:
        known = topics.setdefault(case_id, [])
        if topic not in known:
            known.append(topic)
    return sorted(topics.items(), key=lambda line: -len(line[1]))[:most]


def check_decision(decision: Decision, *, owned: bool, day: date | None) -> None:
    """Raise Invalid for a decision that leaves unsaid who acts, or by when."""
    if decision is Decision.ACTION and not owned:
        raise Invalid("owner_id", "Choose who acts.")
    if decision is Decision.NOTED and (owned or day is not None):
        raise Invalid("decision", "Who acts and by when belong to an action: leave them empty.")
    if decision is not Decision.NOTED and day is None:
        raise Invalid("day", "Say by when.")


def check_open(*, closed: bool) -> None:
    """Raise Refused once the minutes stand."""
    if closed:
        raise Refused("This meeting has ended: its minutes stand.")
