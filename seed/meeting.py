"""What both sides of the demo's contract met about, what is said of its figures, and its start."""

import json
from datetime import date, timedelta

from app.access.models import User
from app.agreements.meetings.queries import fingerprint
from app.contract.models import Contract
from app.kernel.days import show_date
from app.reports.commentary import queries as commentary
from app.reports.commentary.models import Commentary, CommentarySentence
from app.reports.commentary.rules import sentences
from app.reports.meetings.models import ContractMeeting, MeetingAction, MeetingItem
from app.reports.meetings.rules import Kind, Outcome
from app.reports.meetings.service import lay_out
from app.reports.then_and_now.service import keep
from app.work.uow import UnitOfWork
from seed.diary import Diary, at
from seed.setting import District, Setting

# What was brought along, what came of it, and what somebody was to do in how many days.
REVIEWED: tuple[tuple[str, str, str, str, int], ...] = (
    (
        "The receiving teams take fewer cases than are agreed",
        "A second weekly place in the slowest team is tried for six weeks.",
        "Publish the second weekly place",
        "council",
        9,
    ),
    (
        "Two practitioners leave before the end",
        "Their cases are handed on with a joint visit each.",
        "Name who takes over their cases",
        "agency",
        24,
    ),
    (
        "The threshold for early help is read differently in two lots",
        "Five pairs of cases are read together.",
        "Bring five pairs of cases to the next review",
        "council",
        12,
    ),
)


def load_meetings(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """A review whose minutes stand, what is planned next, and a commentary; within a command."""
    first = setting.districts[0]
    for district in setting.districts:
        keep(uow, district.lot_id)
    _commentary(uow, first)
    _review(uow, first, today)
    diary = Diary.of_england()
    _planned(uow, first, Kind.WEEKLY, today, first.lot_id)
    _planned(uow, first, Kind.BOARD, diary.working(today + timedelta(days=11)))


def _commentary(uow: UnitOfWork, first: District) -> None:
    """Drafted by the agency, looked over and issued by the council."""
    row = uow.add(
        Commentary(
            contract_id=first.contract_id,
            number=1,
            as_at=uow.now,
            drafted_by=first.project_manager,
            issued_by=first.council_manager,
            issued_at=uow.now,
        )
    )
    for position, one in enumerate(sentences(commentary.gather(uow, first.contract_id)), 1):
        edited = position == 1
        uow.add(
            CommentarySentence(
                contract_id=first.contract_id,
                commentary_id=row.id or 0,
                position=position,
                topic=one.topic,
                drafted=one.text,
                text=one.text.rstrip(".") + ": to be talked about." if edited else one.text,
                facts=commentary.to_json(one.facts),
                link=one.link,
                edited_by=first.council_manager if edited else None,
                edited_at=uow.now if edited else None,
            )
        )


def _review(uow: UnitOfWork, first: District, today: date) -> None:
    """The last monthly review: one action was done, one is late and one has time."""
    held_on = Diary.of_england().working(today - timedelta(days=16))
    held_at = at(held_on, 14 * 60)
    meeting = uow.add(
        ContractMeeting(
            contract_id=first.contract_id,
            kind=Kind.CONTRACT,
            held_on=held_on,
            present="Both project managers, the commissioner, the three District Managers",
            planned_by=first.project_manager,
            planned_at=held_at - timedelta(days=5),
            as_at=held_at,
            issued_by=first.council_manager,
            issued_at=held_at + timedelta(days=1),
        )
    )
    owners = {"council": first.council_manager, "agency": first.project_manager}
    contract = uow.get(Contract, first.contract_id).name
    lines = [
        ("Meeting", f"{Kind.CONTRACT.label} of {contract}"),
        ("Held on", show_date(held_on)),
        ("Present", meeting.present),
    ]
    for position, (text, note, what, side, days) in enumerate(REVIEWED, 1):
        due_on, owner = held_on + timedelta(days=days), owners[side]
        item = uow.add(
            MeetingItem(
                contract_id=first.contract_id,
                meeting_id=meeting.id or 0,
                position=position,
                text=text,
                outcome=Outcome.DECIDED,
                note=note,
                written_by=first.project_manager,
                written_at=held_at,
            )
        )
        done = held_on + timedelta(days=6) if position == 1 else None
        uow.add(
            MeetingAction(
                contract_id=first.contract_id,
                item_id=item.id or 0,
                what=what,
                owner_id=owner,
                due_on=due_on,
                set_by=first.project_manager,
                set_at=held_at,
                ended_on=done,
                ended_by=owner if done else None,
                how="Published for six weeks." if done else "",
            )
        )
        asked = f"{what}: {uow.get(User, owner).name}, by {show_date(due_on)}"
        said = "\n".join((text, Outcome.DECIDED.label, note, asked))
        lines.append((f"{position}. Brought along", said))
    meeting.minutes = json.dumps(lines, ensure_ascii=False)
    meeting.minutes_hash = fingerprint(lines)


def _planned(
    uow: UnitOfWork, first: District, kind: Kind, held_on: date, lot_id: int | None = None
) -> None:
    """A meeting with the agenda that the figures of today make."""
    meeting = uow.add(
        ContractMeeting(
            contract_id=first.contract_id,
            kind=kind,
            of_lot_id=lot_id,
            held_on=held_on,
            present="Team managers and the District Manager" if lot_id else "",
            planned_by=first.project_manager,
            planned_at=uow.now,
            as_at=uow.now,
        )
    )
    lay_out(uow, meeting)
