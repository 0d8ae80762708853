"""Who is responsible while a case is handed over, and what the steps of a handover must say."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from app.cases.states import CaseState
from app.kernel.errors import Invalid, Refused
from app.kernel.labels import Labelled

CHECK_BACK = timedelta(days=14)


class Responsibility(Labelled):
    """Who answers for a case that is handed over; derived from what happened, never typed."""

    AGENCY = "agency", "The agency leads"
    SUPPORTED = "supported", "The agency leads, the receiving team supports"
    TEAM = "team", "The receiving team leads"


class RejectReason(Labelled):
    """Why a receiving team does not take a case over."""

    FILE = "file", "The file is not ready"
    PLAN = "plan", "The plan does not fit the child’s needs"
    THRESHOLD = "threshold", "Below the team’s threshold"
    TEAM = "team", "It is for another team"
    CAPACITY = "capacity", "The team cannot take it in"
    FAMILY = "family", "The family did not know or does not agree"


class Grade(Labelled):
    """How good a part of a file is, on the four points that inspections use."""

    OUTSTANDING = "outstanding", "Outstanding"
    GOOD = "good", "Good"
    REQUIRES_IMPROVEMENT = "requires_improvement", "Requires improvement"
    INADEQUATE = "inadequate", "Inadequate"


# The parts of a file that a transferring manager grades, by the name of their column.
ASPECTS = {
    "record": "The record is complete and up to date",
    "voice": "The child’s voice is heard",
    "risk": "Risks are weighed",
    "plan": "The plan is clear and dated",
}


@dataclass(frozen=True)
class Audit:
    """A transferring manager's grades of one file."""

    record: Grade
    voice: Grade
    risk: Grade
    plan: Grade
    note: str = ""

    @property
    def inadequate(self) -> tuple[str, ...]:
        """The parts that must be mended before the case is handed over."""
        grades = {name: getattr(self, name) for name in ASPECTS}
        return tuple(ASPECTS[name] for name, grade in grades.items() if grade is Grade.INADEQUATE)


def responsibility(state: CaseState, requested_at: datetime | None) -> Responsibility | None:
    """Who answers for a case; None where it ended otherwise than by a handover.

    A team that was asked supports; it leads only once it has accepted.
    """
    if state is CaseState.HANDED_OVER:
        return Responsibility.TEAM
    if not state.is_open:
        return None
    asked = state is CaseState.AGREED and requested_at is not None
    return Responsibility.SUPPORTED if asked else Responsibility.AGENCY


@dataclass(frozen=True)
class Mending:
    """Who mends what an audit found, and by when; `owner_id` is a user."""

    owner_id: int
    due_on: date


def check_audit(audit: Audit, mending: Mending | None) -> None:
    """What is graded inadequate is explained, and mended by somebody; Invalid names the field."""
    if audit.inadequate and not audit.note:
        raise Invalid("note", "Write what is inadequate, so that it can be mended.")
    if audit.note and mending is None:
        raise Invalid("owner_id", "Choose who mends it, and by when.")


def check_request(asked_of: str, obstacles: tuple[str, ...]) -> None:
    """A request names a person and leaves nothing of the checklist behind."""
    if obstacles:
        raise Refused(" ".join(obstacles))
    if not asked_of.strip():
        raise Invalid("asked_of", "Enter the person of the receiving team who is asked.")
