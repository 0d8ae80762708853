"""Makes what reports, meetings and commentaries begin with."""

from datetime import date

from app.contract.models import Target
from app.performance.measures import service
from app.performance.measures.models import MeasureReading
from app.performance.measures.rules import Cohort, Measure
from app.reports.commentary.models import Commentary, CommentarySentence
from app.reports.commentary.rules import Topic
from app.reports.meetings.models import ContractMeeting, MeetingAction, MeetingItem
from app.reports.meetings.rules import Kind
from tests.makers_agreements import a_proposal
from tests.world import World


def a_lot_that_calls_for_talk(world: World) -> None:
    """One case open in North with a proposal before the council, where nothing was to be left."""
    a_proposal(world)
    with world.setting_up() as uow:
        for target in world.rows(Target):
            uow.get(Target, target.id).opening_backlog = 0


def a_reading(
    world: World,
    measure: Measure,
    starts_on: date,
    ends_on: date,
    counted: int,
    of: int,
    lot: str = "North",
    version: int = 0,
) -> None:
    """What a measure of all work came to in a whole week or month."""
    with world.setting_up() as uow:
        uow.add(
            MeasureReading(
                lot_id=world.lot(lot),
                measure=measure,
                cohort=Cohort.ALL,
                monthly=(ends_on - starts_on).days > 6,
                starts_on=starts_on,
                ends_on=ends_on,
                numerator=counted,
                denominator=of,
                version=version,
                in_force=True,
                read_at=uow.now,
            )
        )


def rows_of_reports(world: World, lot: str = "North") -> dict[str, int]:
    """A weekly meeting of a lot and an issued commentary, by the names that paths give their ids.

    Nobody but those of the lot, and both project managers, reads the meeting.
    """
    contract_id = world.contract("Eastmoor" if lot == "Moor" else "Northshire")
    own = {"contract_id": contract_id}
    with world.setting_up() as uow, uow.beyond_scope():
        meeting = uow.add(
            ContractMeeting(
                **own,
                kind=Kind.WEEKLY,
                of_lot_id=world.lot(lot),
                held_on=uow.today,
                planned_at=uow.now,
                as_at=uow.now,
            )
        )
        item = uow.add(
            MeetingItem(**own, meeting_id=meeting.id or 0, position=1, text="The office move")
        )
        action = uow.add(
            MeetingAction(
                **own,
                item_id=item.id or 0,
                what="Book the rooms",
                owner_id=world.user("tess"),
                due_on=uow.today,
                set_at=uow.now,
            )
        )
        number = 1 + len(world.rows(Commentary))
        commentary = uow.add(Commentary(**own, number=number, as_at=uow.now, issued_at=uow.now))
        sentence = uow.add(
            CommentarySentence(
                **own,
                commentary_id=commentary.id or 0,
                position=1,
                topic=Topic.WORK,
                drafted="All is well.",
                text="All is well.",
                facts="{}",
                link="/progress",
            )
        )
        return {
            "contract_meeting_id": meeting.id or 0,
            "meeting_item_id": item.id or 0,
            "meeting_action_id": action.id or 0,
            "commentary_id": commentary.id or 0,
            "sentence_id": sentence.id or 0,
        }


def a_version(world: World, measure: Measure, number: int, within: int) -> None:
    """A version of a measure that allows so many days."""
    with world.acting("paula") as uow:
        service.draft(
            uow,
            world.contract(),
            measure,
            f"Within {within} days.",
            within,
            reason="Board",
            began_from=number - 1,
        )
