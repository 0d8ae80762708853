"""What earlier handovers tell of those to come, and what is to come to a team."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.agreements.intakes.rules import WEEK
from app.kernel.days import week_ending
from app.planning.overload import FEWEST, Coming


@dataclass(frozen=True)
class Past:
    """Of a lot's last handovers: the weeks from agreement to request; of its plans, how many held.

    `decided` are the last plans to hand over that the council decided, `agreed` those it agreed.
    """

    took: tuple[int, ...]
    decided: int
    agreed: int

    @property
    def is_known(self) -> bool:
        """Whether there is enough to tell what is to come."""
        return len(self.took) >= FEWEST and self.decided >= FEWEST

    @property
    def chance(self) -> float:
        """How likely a plan that is proposed is agreed."""
        return self.agreed / self.decided if self.decided else 1.0

    def words(self, share: float) -> str:
        """The same in words that go before “of the agreement”."""
        weeks = self.within(share)
        return f"within {weeks} week{'' if weeks == 1 else 's'}" if weeks else "in the week"

    def within(self, share: float) -> int:
        """The weeks within which so large a share of the handovers was ready."""
        ordered = sorted(self.took)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else 0


@dataclass(frozen=True)
class Agreed:
    """A handover that waits for the team: when it is meant to come and since when it is agreed."""

    booked: date | None
    target_on: date
    agreed_on: date
    is_requested: bool


def coming(
    agreed: Iterable[Agreed], proposed: Sequence[int], past: Past, today: date
) -> list[Coming]:
    """Who is to come to a team, week by week from this one; `proposed` are numbers by week.

    What has no week, or one that is over, is taken to come near its target.
    """
    this_week = week_ending(today)

    def place(one: Agreed) -> int:
        meant = one.booked if one.booked and one.booked >= this_week else one.target_on
        return max(0, (week_ending(meant) - this_week) // WEEK)

    found = [
        Coming(place(one), None if one.is_requested else (today - one.agreed_on) // WEEK)
        for one in agreed
    ]
    for week, number in enumerate(proposed):
        found += [Coming(week, 0, past.chance)] * number
    return found
