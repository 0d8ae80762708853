"""Triage order: the stated rule by which cases are put before a manager."""

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
