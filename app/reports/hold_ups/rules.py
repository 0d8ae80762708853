"""Whose hold-up it was: working days by side, with what is small hidden from outsiders."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from app.kernel.clock import Holder
from app.kernel.labels import Labelled
from app.kernel.small_numbers import suppress


class Side(Labelled):
    """Who held the clock: either side of the contract, or anybody else."""

    AGENCY = "agency", "Agency"
    COUNCIL = "council", "Council"
    OTHERS = "others", "Partners, family and court"


_SIDES = {Holder.AGENCY: Side.AGENCY, Holder.COUNCIL: Side.COUNCIL}


@dataclass(frozen=True)
class HoldUp:
    """A lot's working days by side, in the order of `Side`; None where they are hidden."""

    lot_id: int
    week_ending: date
    days: tuple[int | None, ...]
    total: int

    def share(self, side: Side) -> str:
        """The side's part of all days, n/a where there is none."""
        days = self.days[list(Side).index(side)]
        if days is None:
            return "c"
        return f"{100 * days / self.total:.0f} %" if self.total else "n/a"


def hold_ups(found: Iterable[tuple[int, date, Holder, int]], *, exact: bool) -> list[HoldUp]:
    """Each lot's weeks in the order in which they are found.

    Unless `exact`, few days are hidden, which tell of one family, and what would give them away:
    within a week, and so that no lot's week is left with one number hidden.
    """
    counted: dict[tuple[date, int], dict[Side, int]] = defaultdict(lambda: dict.fromkeys(Side, 0))
    for lot_id, week, holder, days in found:
        counted[week, lot_id][_SIDES.get(holder, Side.OTHERS)] += days
    weeks: dict[date, dict[int, Mapping[Side, int]]] = defaultdict(dict)
    for (week, lot_id), by_side in counted.items():
        weeks[week][lot_id] = by_side
    return [
        HoldUp(lot_id, week, days, sum(lots[lot_id].values()))
        for week, lots in weeks.items()
        for lot_id, days in zip(lots, _rows(lots.values(), exact=exact), strict=True)
    ]


def _rows(lots: Iterable[Mapping[Side, int]], *, exact: bool) -> list[tuple[int | None, ...]]:
    rows = [tuple(by_side[side] for side in Side) for by_side in lots]
    return list(rows) if exact else list(suppress(rows).rows)
