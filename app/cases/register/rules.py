"""Triage order by its stated rule, the roles in which a case is held, and reasons for a change."""

from enum import StrEnum

TRIAGE_RULE = (
    "Open safeguarding flag first, then priority (urgent, high, medium, low), then children under "
    "one and unborn, then the longest since referral."
)
FLAG_OPEN = "A safeguarding flag is open on this case."


class Priority(StrEnum):
    """How urgent a case is to allocate and see; words, not colours of performance."""

    URGENT = "urgent"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"

    @property
    def label(self) -> str:
        return self.value.capitalize()


YOUNGEST = frozenset({"Unborn", "Under 1"})
_PRIORITY_RANK = {
    Priority.URGENT: 0,
    Priority.HIGH: 1,
    Priority.MEDIUM: 2,
    Priority.LOW: 3,
}


def triage_rank(*, open_flags: int, priority: Priority, age_band: str) -> int:
    """A case's place in triage, lowest first; cases of one rank are taken by referral date."""
    flagged = 0 if open_flags else 100
    return flagged + 10 * _PRIORITY_RANK[priority] + (0 if age_band in YOUNGEST else 1)


class AllocationRole(StrEnum):
    PRIMARY = "primary"
    CO_WORKER = "co_worker"


class ChangeReason(StrEnum):
    """Why a case changes worker: the sector's standard list of reasons."""

    label: str

    def __new__(cls, value: str, label: str) -> "ChangeReason":
        reason = str.__new__(cls, value)
        reason._value_ = value
        reason.label = label
        return reason

    MANAGING_CASELOADS = "MANAGE", "Managing caseloads"
    FIRST_CONTACT = "FCONTA", "First contact or re-referral"
    LEFT_ROLE = "LEFTRL", "Worker left the role"
    RESTRUCTURE = "ORGRST", "Restructure"
    STANDARD_TRANSFER = "TSPROC", "Transfer by the standard process"
    ABSENCE = "ABSENC", "Absence or return from absence"
    CHILD_ASKED = "CHCHAN", "The child asked for a change"
    CARER_ASKED = "PCCHAN", "A parent or carer asked for a change"
    WORKER_DIED = "SWDIED", "Worker died"
    OTHER = "OTHERS", "Other"
