"""How many open cases of each lot belong to each cohort, small numbers hidden."""

from collections.abc import Mapping
from dataclasses import dataclass

from app.cases.register.rules import Cohort
from app.kernel.small_numbers import SMALLEST_SHOWN


@dataclass(frozen=True)
class LotCohorts:
    """One lot's open cases by cohort, in the order of the cohorts; None is hidden."""

    lot_id: int
    lot: str
    open: int
    counts: tuple[int | None, ...]


def lay_out(
    lots: Mapping[int, tuple[str, int]], found: Mapping[tuple[int, Cohort], int], *, exact: bool
) -> tuple[LotCohorts, ...]:
    """Each lot, given by its name and open cases, with how many of them each cohort has.

    Unless `exact`, 1 to 5 are hidden, and so is all but 1 to 5. Children belong to several
    cohorts and no sums over lots are given, so that no number tells another.
    """
    return tuple(
        LotCohorts(
            lot_id,
            name,
            total,
            tuple(_shown(found.get((lot_id, one), 0), total, exact=exact) for one in Cohort),
        )
        for lot_id, (name, total) in lots.items()
    )


def _shown(count: int, total: int, *, exact: bool) -> int | None:
    small = 0 < count < SMALLEST_SHOWN or 0 < total - count < SMALLEST_SHOWN
    return None if small and not exact else count
