"""What of a person's desk is worth a digest today, and which proposals are chased by it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Waits:
    """A proposal that waits: since when, for how many working days and how often it was chased."""

    proposal_id: int
    proposed_at: datetime
    days: int
    within: int
    chased: int
    most: int

    @property
    def is_late(self) -> bool:
        return self.days > self.within

    @property
    def is_chased(self) -> bool:
        """Whether today's digest chases it: late, and not chased often enough yet."""
        return self.is_late and self.chased < self.most


def is_due(desk: Sequence[Waits], last_sent: datetime | None) -> bool:
    """A digest goes when something is new since the last one or is still to be chased."""
    return any(one.is_chased or last_sent is None or one.proposed_at > last_sent for one in desk)


def subject(desk: Sequence[Waits]) -> str:
    """The one line of a digest; it names no child and no case."""
    number, late = len(desk), sum(one.is_late for one in desk)
    waits = "proposal waits" if number == 1 else "proposals wait"
    return f"{number} {waits} for your decision" + (f", {late} of them late" if late else "")
