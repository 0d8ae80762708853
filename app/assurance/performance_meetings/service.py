"""Acts of a performance meeting: it begins from the lists, decides case by case, and ends."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from app.assurance.performance_meetings import queries, rules
from app.assurance.performance_meetings.models import PerformanceItem, PerformanceMeeting
from app.assurance.performance_meetings.rules import Decision
from app.cases.actions import service as actions
from app.cases.actions.rules import Source, Wanted, What
from app.cases.drift import service as drift
from app.cases.drift.rules import Aside
from app.contract import queries as contract
from app.kernel.acts import Act
from app.kernel.errors import Invalid, Refused
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Decided:
    """What a meeting decides about a case; `owner_id` and `what` are of an action."""

    decision: Decision
    owner_id: int | None = None
    what: What = What.OTHER
    day: date | None = None
    note: str = ""


def begin(uow: UnitOfWork, lot_id: int, present: str) -> int:
    """Open a lot's meeting today with the agenda that its lists make; returns its id."""
    with uow.command(Act.PERFORMANCE_MEETING_HOLD):
        contract.find_lot(uow, lot_id)
        open_one = select(PerformanceMeeting.id).where(
            PerformanceMeeting.lot_id == lot_id, col(PerformanceMeeting.closed_at).is_(None)
        )
        if uow.session.exec(open_one).first() is not None:
            raise Refused("This lot’s last meeting has not ended yet: end it first.")
        lists = queries.beginning(uow, lot_id)
        figures = {name: value for name, value in vars(lists).items() if name != "found"}
        meeting = uow.add(
            PerformanceMeeting(
                lot_id=lot_id,
                held_on=uow.today,
                present=present,
                **figures,
                opened_by=uow.actor.user_id,
                opened_at=uow.now,
            )
        )
        for place, (case_id, topics) in enumerate(rules.agenda(lists.found), 1):
            words = " ".join(topics)
            uow.add(
                PerformanceItem(
                    meeting_id=meeting.id or 0,
                    case_id=case_id,
                    lot_id=lot_id,
                    place=place,
                    topics=words,
                )
            )
    return meeting.id or 0


def decide(uow: UnitOfWork, item_id: int, said: Decided) -> PerformanceItem:
    """Decide about one case: an action on it is set, it is put aside, or it is only noted."""
    with uow.command(Act.PERFORMANCE_MEETING_HOLD):
        item = uow.get(PerformanceItem, item_id)
        meeting = uow.get(PerformanceMeeting, item.meeting_id)
        rules.check_open(closed=meeting.closed_at is not None)
        if item.decision is not None:
            raise Refused("The meeting has decided about this case already.")
        rules.check_decision(said.decision, owned=said.owner_id is not None, day=said.day)
        item.action_id = _apply(uow, item.case_id, said)
        item.decision, item.day, item.note = said.decision, said.day, said.note
        item.decided_by, item.decided_at = uow.actor.user_id, uow.now
    return item


def end(uow: UnitOfWork, meeting_id: int) -> None:
    """End a meeting: its minutes stand, and what it did not reach comes back next week."""
    with uow.command(Act.PERFORMANCE_MEETING_HOLD):
        meeting = uow.get(PerformanceMeeting, meeting_id)
        rules.check_open(closed=meeting.closed_at is not None)
        meeting.closed_by, meeting.closed_at = uow.actor.user_id, uow.now


def _apply(uow: UnitOfWork, case_id: int, said: Decided) -> int | None:
    """Change the case as decided; the id of an action that it sets."""
    if said.day is None:
        return None
    if said.decision is Decision.ASIDE:
        try:
            drift.leave_off(uow, case_id, Aside.AGREED, said.day, said.note)
        except Invalid as fault:
            raise Invalid("day", fault.sentence) from fault
    if said.decision is not Decision.ACTION or said.owner_id is None:
        return None
    wanted = Wanted(said.what, said.owner_id, said.day, Source.PERFORMANCE_MEETING, said.note)
    try:
        return actions.set_action(uow, case_id, wanted)
    except Invalid as fault:
        field = "day" if fault.field == "due_on" else fault.field
        raise Invalid(field, fault.sentence) from fault
