"""Makes the rows of supervision, actions and training that addresses name."""

from datetime import timedelta

from app.assurance.supervision.models import Supervision
from app.assurance.training.models import SystemProblem
from app.assurance.training.rules import Area
from app.cases.actions.models import CaseAction
from app.cases.actions.rules import Source, What
from tests.makers import a_case
from tests.world import TODAY, World


def rows_of_supervision(world: World, lot: str = "North") -> dict[str, int]:
    """An action on a case of the lot, a supervision that was drawn, and a system problem."""
    case_id = a_case(world, lot)
    contract_id = world.contract("Eastmoor" if lot == "Moor" else "Northshire")
    with world.setting_up() as uow:
        action = uow.add(
            CaseAction(
                case_id=case_id,
                lot_id=world.lot(lot),
                what=What.SEE_CHILD,
                owner_id=world.user("priya"),
                due_on=TODAY + timedelta(days=7),
                source=Source.DIRECTION,
                set_by=world.user("tess"),
                set_at=uow.now,
            )
        )
        supervision = uow.add(
            Supervision(
                contract_id=contract_id,
                practitioner_id=world.practitioner("sam" if lot == "South" else "priya"),
                supervisor_id=world.user("tom"),
                held_on=TODAY - timedelta(days=9),
                sampled_on=TODAY,
            )
        )
        problem = uow.add(
            SystemProblem(
                contract_id=contract_id,
                found_on=TODAY,
                found_by=world.user("tess"),
                area=Area.FORMS,
                words="The visit form loses its date",
            )
        )
        return {
            "action_id": action.id or 0,
            "supervision_id": supervision.id or 0,
            "problem_id": problem.id or 0,
        }
