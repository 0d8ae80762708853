"""Makes what the pages of progress, money and exit begin with."""

from datetime import date, timedelta

from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.scope import service as ledger
from app.cases.scope.rules import Term
from app.cases.scope.service import Place, Shift
from app.cases.states import CaseState
from app.exit.steps import service as exit_strategy
from app.finance import service as finance
from app.finance.models import Cost
from app.finance.rules import CostKind
from tests.makers import a_case
from tests.world import STARTED, World


def a_cleared_case(
    world: World, lot: str = "North", outcome: str = "close_nfa", on: date | None = None
) -> int:
    """A case that was closed with an outcome, today unless said otherwise."""
    case_id = a_case(world, lot)
    with world.setting_up() as uow:
        case = uow.get(Case, case_id)
        before = register.place_of(case)
        case.state, case.outcome, case.ended_on = CaseState.CLOSED, outcome, on or uow.today
        uow.session.flush()
        after = Place(case.lot_id, case.state, None)
        shift = Shift(case_id, before, after, Term.CLEARED, outcome, case.ended_on)
        ledger.post(uow, [shift])
    return case_id


def a_budget(world: World, lot: str = "North", weeks: int = 10, pence: int = 1_000_000) -> None:
    """The same amount planned for each week from the contract's start."""
    with world.setting_up() as uow:
        plan = [(STARTED + timedelta(weeks=week), pence) for week in range(weeks)]
        finance.plan_budget(uow, world.lot(lot), plan)


def a_cost(
    world: World,
    pence: int,
    lot: str = "North",
    week: int = 0,
    kind: CostKind = CostKind.STAFF,
) -> None:
    """An entry in one of the weeks since the contract's start."""
    with world.setting_up() as uow:
        friday = STARTED + timedelta(days=4, weeks=week)
        uow.add(
            Cost(
                lot_id=world.lot(lot),
                week_ending=friday,
                kind=kind,
                pence=pence,
                recorded_at=uow.now,
            )
        )


def an_exit_plan(world: World) -> None:
    """The steps that a contract begins with."""
    with world.setting_up() as uow:
        exit_strategy.lay_default_plan(uow, world.contract())
