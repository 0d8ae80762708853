"""Whose hold-up it was: working days by side, with what is small hidden from outsiders."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from app.kernel.clock import Holder
from app.kernel.labels import Labelled
from app.kernel.small_numbers import is_small, suppress


class Side(Labelled):
    """Who held the clock: either side of the contract, or anybody else."""

    AGENCY = "agency", "Agency"
    COUNCIL = "council", "Council"
    OTHERS = "others", "Partners, family and court"


# Lot, Friday of the week, holder and working days.
Stated = tuple[int, date, Holder, int]
_SIDES = {Holder.AGENCY: Side.AGENCY, Holder.COUNCIL: Side.COUNCIL}


@dataclass(frozen=True)
class HoldUp:
    """A lot's working days by side, in the order of `Side`; None where they are hidden.

    They are of the week that ends on that Friday, or of a period of four that does.
    """

    lot_id: int
    ends_on: date
    days: tuple[int | None, ...]
    total: int | None

    def share(self, side: Side) -> str:
        """The side's part of all days, n/a where there is none."""
        days = self.days[list(Side).index(side)]
        if days is None or self.total is None:
            return "c"
        return f"{100 * days / self.total:.0f}%" if self.total else "n/a"


def by_week(found: Iterable[Stated]) -> list[HoldUp]:
    """Each lot's weeks in the order in which they are found."""
    weeks = _add_up((week, lot_id, holder, days) for lot_id, week, holder, days in found)
    return [
        HoldUp(lot_id, week, row, sum(row))
        for week, lots in weeks.items()
        for lot_id, row in lots.items()
    ]


def by_period(found: Iterable[Stated], periods: Sequence[Sequence[date]]) -> list[HoldUp]:
    """Each lot's complete periods, the latest first, as people outside the teams may see them.

    A few days tell of one family: they are hidden, and so is what would give them away. Periods
    never overlap, so that no difference of two tells what one hides.
    """
    of = {friday: weeks[-1] for weeks in periods for friday in weeks}
    whole = _add_up(
        (of[week], lot_id, holder, days) for lot_id, week, holder, days in found if week in of
    )
    return [
        HoldUp(lot_id, last, hidden, None if is_small(sum(row)) else sum(row))
        for last, lots in sorted(whole.items(), reverse=True)
        for (lot_id, row), hidden in zip(
            lots.items(), suppress(list(lots.values())).rows, strict=True
        )
    ]


def _add_up(
    found: Iterable[tuple[date, int, Holder, int]],
) -> dict[date, dict[int, tuple[int, ...]]]:
    """Days by side of each lot, by the last day of what they are of."""
    counted: dict[date, dict[int, Counter[Side]]] = defaultdict(lambda: defaultdict(Counter))
    for ends_on, lot_id, holder, days in found:
        counted[ends_on][lot_id][_SIDES.get(holder, Side.OTHERS)] += days
    return {
        ends_on: {lot_id: tuple(one[side] for side in Side) for lot_id, one in lots.items()}
        for ends_on, lots in counted.items()
    }
