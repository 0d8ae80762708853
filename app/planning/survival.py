"""How long stays last, when many of them have not ended yet: the Kaplan–Meier curve."""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Stays:
    """`count` equal stays: seen until an age in days, and ended at it or still going on."""

    age: int
    ended: bool
    count: int = 1


@dataclass(frozen=True)
class Survival:
    """The share of stays that last longer than an age; it falls at the ages at which some ended."""

    ages: tuple[int, ...]
    shares: tuple[float, ...]
    ended: int

    def at(self, age: int) -> float:
        """The share of stays that last longer than `age` days; 1 before the first end."""
        known = bisect_right(self.ages, age)
        return self.shares[known - 1] if known else 1.0

    def age_at(self, share: float) -> int | None:
        """The first age that at most this share of stays outlasts; None where more still stay."""
        return next(
            (age for age, left in zip(self.ages, self.shares, strict=True) if left <= share), None
        )


def kaplan_meier(stays: Iterable[Stays]) -> Survival:
    """The product-limit curve (Kaplan and Meier 1958).

    A stay that is still going on at the age at which another ends counts as there for it.
    """
    ended: dict[int, int] = {}
    seen: dict[int, int] = {}
    for stay in stays:
        seen[stay.age] = seen.get(stay.age, 0) + stay.count
        ended[stay.age] = ended.get(stay.age, 0) + (stay.count if stay.ended else 0)
    there, share = sum(seen.values()), 1.0
    ages, shares = [], []
    for age in sorted(seen):
        if ended[age]:
            share *= 1 - ended[age] / there
            ages.append(age)
            shares.append(share)
        there -= seen[age]
    return Survival(tuple(ages), tuple(shares), sum(ended.values()))
