"""Makes cases with moves of chosen days, as earned value counts them."""

from datetime import date, datetime, time, timedelta

from app.cases.register.models import Case, CaseMove
from app.cases.states import CaseState
from app.kernel.days import london_instant
from tests.makers import a_case
from tests.world import STARTED, World


def moved(world: World, case_id: int, *states: CaseState, first: date = STARTED) -> None:
    """Moves of a case through some states, one a day from the first on."""
    with world.setting_up() as uow:
        case = uow.get(Case, case_id)
        before = case.state
        for number, after in enumerate(states):
            on = first + timedelta(days=number)
            uow.add(
                CaseMove(
                    case_id=case_id,
                    lot_id=case.lot_id,
                    at=_at(on),
                    made_on=on,
                    act="case.move",
                    before=None if number == 0 else before,
                    after=after,
                )
            )
            before = after


def a_moved_case(
    world: World, *states: CaseState, lot: str = "North", first: date = STARTED
) -> int:
    """A case of the opening list that came and went through some states, one a day."""
    case_id = a_case(world, lot, state=states[-1] if states[-1].is_open else CaseState.UNALLOCATED)
    moved(world, case_id, *states, first=first)
    return case_id


def _at(day: date) -> datetime:
    return london_instant(day, time(12))
