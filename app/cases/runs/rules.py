"""Kinds of runs and what comes of each case, and a fair proposal of who takes whose cases."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from app.cases.register.rules import ChangeReason
from app.kernel.acts import Act
from app.kernel.errors import Invalid
from app.people.points.rules import Band, PointsTable, Stage, points_of, travel_to

MOST = 200


class RunKind(StrEnum):
    """Why several cases are given out at once."""

    CHOSEN = "chosen"
    LEAVER = "leaver"
    ABSENCE = "absence"

    @property
    def label(self) -> str:
        return _LABELS[self]

    @property
    def act(self) -> Act:
        return Act.CASE_ALLOCATE if self is RunKind.CHOSEN else Act.CASE_REALLOCATE

    @property
    def change_reason(self) -> ChangeReason:
        """What the history of each case says of a caseload that is passed on."""
        return ChangeReason.LEFT_ROLE if self is RunKind.LEAVER else ChangeReason.ABSENCE


_LABELS = {
    RunKind.CHOSEN: "Chosen cases",
    RunKind.LEAVER: "Leaves the team",
    RunKind.ABSENCE: "Is away for long",
}


class Result(StrEnum):
    """What came of one case of a run."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"


def check_size(number: int) -> None:
    """Raise Invalid for a run of nothing, or of more cases than are given out at once."""
    if not number:
        raise Invalid("give", "Choose at least one case and who is to have it.")
    if number > MOST:
        raise Invalid("give", f"Give out at most {MOST} cases at once; {number} are chosen.")


@dataclass(frozen=True)
class Held:
    """One case that needs somebody else."""

    case_id: int
    lot_id: int
    family_key: str | None
    band: Band
    stage: Stage


@dataclass
class Taker:
    """Somebody who may take cases in some lots; `load` grows as cases are shared out."""

    practitioner_id: int
    home_lot_id: int | None
    points: int
    load: int
    stays: bool
    lot_ids: set[int] = field(default_factory=set)

    def takes(self, case: Held, table: PointsTable) -> int:
        """Points of the case for this worker."""
        return points_of(table, case.band, case.stage, travel_to(case.lot_id, self.home_lot_id))


def share_out(
    cases: Iterable[Held], takers: Sequence[Taker], table: PointsTable
) -> dict[int, int | None]:
    """Who should take each case: families together, who stays first, then the least loaded.

    The heaviest families are placed first. A case whose lot has nobody to take it gets None.
    """
    families: dict[tuple[int, str], list[Held]] = defaultdict(list)
    for case in cases:
        families[case.lot_id, case.family_key or f"case {case.case_id}"].append(case)
    weight = {key: _weight(own, table) for key, own in families.items()}
    proposed: dict[int, int | None] = {}
    for key in sorted(families, key=lambda key: (-weight[key], key)):
        own = families[key]
        able = [taker for taker in takers if key[0] in taker.lot_ids]
        best = min(able, key=lambda taker: _strain(taker, own, table), default=None)
        for case in own:
            proposed[case.case_id] = best.practitioner_id if best else None
        if best:
            best.load += sum(best.takes(case, table) for case in own)
    return proposed


def _weight(cases: Sequence[Held], table: PointsTable) -> int:
    return sum(getattr(table, case.band.value) for case in cases)


def _strain(taker: Taker, cases: Sequence[Held], table: PointsTable) -> tuple[bool, float, int]:
    after = taker.load + sum(taker.takes(case, table) for case in cases)
    return not taker.stays, after / max(taker.points, 1), taker.practitioner_id
