"""The stage of work that a state stands for, and what a worker's cases add up to in points."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from app.cases.states import CaseState
from app.people.points.rules import (
    Band,
    PointsTable,
    Stage,
    co_worker_points,
    points_of,
    travel_to,
)

_STAGES = {
    CaseState.UNALLOCATED: Stage.TO_START,
    CaseState.ALLOCATED: Stage.TO_START,
    CaseState.ASSESSING: Stage.ASSESSING,
    CaseState.AGREED: Stage.HANDOVER,
}


def stage_of(state: CaseState) -> Stage:
    """How far the work on an open case has come; from its submission it waits for decisions."""
    return _STAGES.get(state, Stage.DECISION)


class Carried(NamedTuple):
    """So many cases of one lot, band and stage, held and helped with by one worker."""

    lot_id: int
    band: Band
    stage: Stage
    held: int = 1
    co_worked: int = 0


@dataclass(frozen=True)
class Load:
    """What a worker carries in every lot of the contract; points are whole."""

    cases: int = 0
    co_worked: int = 0
    unstarted: int = 0
    points: int = 0


def load_of(carried: Iterable[Carried], home_lot_id: int | None, table: PointsTable) -> Load:
    """What cases add up to for a worker who lives in one lot, by a version of the points table.

    A case counts in full for who holds it and by the table's share for who helps.
    """
    cases = co_worked = unstarted = points = 0
    for one in carried:
        each = points_of(table, one.band, one.stage, travel_to(one.lot_id, home_lot_id))
        cases += one.held
        co_worked += one.co_worked
        unstarted += one.held if one.stage is Stage.TO_START else 0
        points += one.held * each + one.co_worked * co_worker_points(table, each)
    return Load(cases, co_worked, unstarted, points)
