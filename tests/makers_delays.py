"""Makes delays and performance meetings where a test needs only their rows."""

from app.assurance.performance_meetings.models import PerformanceItem, PerformanceMeeting
from app.cases.delays.models import Delay
from app.cases.delays.rules import DelayReason
from app.cases.states import CaseState
from tests.makers import a_case
from tests.world import TODAY, World


def rows_of_delays(world: World, lot: str = "North") -> dict[str, int]:
    """A delay of a case in the lot and a meeting about it, by the names of their ids."""
    worker = {"North": "priya", "South": "sam"}.get(lot)
    facts = {"practitioner_id": world.practitioner(worker)} if worker else {}
    case_id = a_case(world, lot, state=CaseState.ALLOCATED, allocated_on=TODAY, **facts)
    reason = DelayReason.SPECIALIST
    with world.setting_up() as uow:
        delay = uow.add(
            Delay(
                case_id=case_id,
                lot_id=world.lot(lot),
                reason=reason,
                holder=reason.holder,
                owner_id=world.user("tess"),
                begins_on=TODAY,
                expected_end=TODAY,
            )
        )
        meeting = uow.add(
            PerformanceMeeting(
                lot_id=world.lot(lot),
                held_on=TODAY,
                present="Both managers",
                open_cases=1,
                overdue=0,
                drifting=0,
                late_delays=1,
                opened_at=uow.now,
            )
        )
        item = uow.add(
            PerformanceItem(
                meeting_id=meeting.id or 0,
                case_id=case_id,
                lot_id=world.lot(lot),
                place=1,
                topics="delay",
            )
        )
        return {"delay_id": delay.id or 0, "meeting_id": meeting.id or 0, "item_id": item.id or 0}
