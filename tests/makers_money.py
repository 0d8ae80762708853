"""Makes cases with moves of chosen days, and the rows that routes of money are about."""

from datetime import date, datetime, time, timedelta
from typing import Any

from app.cases.register.models import Case, CaseMove
from app.cases.states import CaseState
from app.finance.earned_points.models import EarnedTerms
from app.finance.earned_points.rules import STANDARD, figures
from app.finance.expenses.models import ShiftExpense
from app.finance.expenses.rules import ExpenseKind
from app.finance.shifts.models import ShiftDifference
from app.finance.shifts.rules import Kind
from app.kernel.days import london_instant, week_ending
from tests.makers import a_case
from tests.world import STARTED, TODAY, World


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


def rows_of_money(world: World, lot: str = "North") -> dict[str, int]:
    """A difference, an expense and, in North, a draft of the terms of earned value."""
    who = world.practitioner("sam" if lot == "South" else "priya")
    facts: dict[str, Any] = {"lot_id": world.lot(lot), "practitioner_id": who, "day": TODAY}
    with world.setting_up() as uow:
        differed = uow.add(ShiftDifference(kind=Kind.SICK, at=uow.now, **facts))
        spent = uow.add(
            ShiftExpense(
                week_ending=week_ending(TODAY),
                kind=ExpenseKind.TRAVEL,
                pence=1_840,
                receipt=f"{lot}-1",
                at=uow.now,
                **facts,
            )
        )
        if lot == "North":
            terms: dict[str, Any] = figures(STANDARD)
            contract_id = world.contract()
            uow.add(EarnedTerms(contract_id=contract_id, number=1, reason="", at=uow.now, **terms))
        ids = {"shift_difference_id": differed.id or 0, "expense_id": spent.id or 0}
    return ids | {"terms_number": 1}


def _at(day: date) -> datetime:
    return london_instant(day, time(12))
