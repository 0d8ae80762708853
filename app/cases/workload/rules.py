"""The stage of work that a state stands for, and what a worker's cases add up to in points."""

from collections.abc import Iterable
from typing import NamedTuple

from app.cases.states import CaseState
from app.people.points.rules import Band, EveryPoints, Stage, travel_to

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


class Load(NamedTuple):
    """What a worker carries in every lot of the contract; points are whole."""

    cases: int = 0
    co_worked: int = 0
    unstarted: int = 0
    points: int = 0


def load_of(carried: Iterable[Carried], home_lot_id: int | None, each: EveryPoints) -> Load:
    """What cases add up to for a worker who lives in one lot, by what each kind counts for.

    A case counts in full for who holds it and by the table's share for who helps.
    """
    cases = co_worked = unstarted = points = 0
    for lot_id, band, stage, held, helped in carried:
        full, share = each[band, stage, travel_to(lot_id, home_lot_id)]
        cases += held
        co_worked += helped
        unstarted += held if stage is Stage.TO_START else 0
        points += held * full + helped * share
    return Load(cases, co_worked, unstarted, points)
