"""Makes what the agreement desk keeps beside proposals: meetings, conditions, disagreements."""

from datetime import timedelta

from app.access.models import Deputy
from app.agreements.conditions.models import Condition
from app.agreements.disagreements.models import Disagreement
from app.agreements.meetings.models import AgendaItem, AgreementMeeting
from app.agreements.proposals.models import Proposal
from tests.world import TODAY, World


def rows_of_desk(world: World, proposal_id: int, lot: str = "North") -> dict[str, int]:
    """One row of each kind in a lot, by the name that their paths give to its id."""
    case_id, lot_id = world.row(Proposal, proposal_id).case_id, world.lot(lot)
    about = {"case_id": case_id, "lot_id": lot_id, "proposal_id": proposal_id}
    with world.setting_up() as uow, uow.beyond_scope():
        meeting = uow.add(
            AgreementMeeting(lot_id=lot_id, title="Desk", held_on=TODAY, planned_at=uow.now)
        )
        uow.add(AgendaItem(**about, meeting_id=meeting.id or 0, position=1))
        condition = uow.add(
            Condition(
                **about,
                what="Ring the school",
                due_on=TODAY,
                owner_id=world.user("priya"),
                set_at=uow.now,
            )
        )
        disagreement = uow.add(Disagreement(**about, raised_at=uow.now))
        deputy = uow.add(
            Deputy(
                lot_id=lot_id,
                contract_id=world.contract("Eastmoor" if lot == "Moor" else "Northshire"),
                user_id=world.user("dina"),
                starts_on=TODAY + timedelta(days=30),
                ends_on=TODAY + timedelta(days=31),
                named_at=uow.now,
            )
        )
        return {
            "agenda_id": meeting.id or 0,
            "position": 1,
            "condition_id": condition.id or 0,
            "disagreement_id": disagreement.id or 0,
            "deputy_id": deputy.id or 0,
        }
