"""Which of the handovers that wait are shown."""

from dataclasses import dataclass

from app.kernel.counts import Count
from app.kernel.labels import Labelled


class Show(Labelled):
    """Some of the handovers that wait."""

    ALL = "all", "All that wait"
    TO_ACCEPT = "to-accept", "To accept"

    @classmethod
    def read(cls, word: str | None) -> "Show":
        """What an address asks for; all of them where it asks for nothing that there is."""
        return next((one for one in cls if one == word), cls.ALL)


@dataclass(frozen=True)
class TeamWeek:
    """What waits for a receiving team, and what it accepted this week beside what it can take.

    Another authority is a row of its own in each lot that sends it cases; its intake is not known.
    """

    team: str
    lot: str
    weekly_intake: int | None
    waiting: Count
    accepted: int

    @property
    def room(self) -> int | None:
        """Handovers the team can still take this week; negative when over its intake."""
        return None if self.weekly_intake is None else self.weekly_intake - self.accepted

    @property
    def is_short(self) -> bool:
        """Whether more waits than the team can still take this week."""
        return self.room is not None and self.waiting.is_above(self.room)
