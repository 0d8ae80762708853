"""Acts of agreement meetings: planning one, deciding in turn, confirming, issuing the minutes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from app.agreements.meetings import queries, rules
from app.agreements.meetings.models import AgendaItem, AgreementMeeting
from app.agreements.meetings.queries import ItemView, MeetingView
from app.agreements.meetings.rules import Heard
from app.agreements.proposals import queries as proposals
from app.agreements.proposals import service as deciding
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import Answer
from app.contract import queries as contract
from app.db.tables import Row
from app.kernel.acts import Act
from app.kernel.errors import DomainError, Refused
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Plan:
    """What a meeting is to be."""

    lot_id: int
    title: str
    held_on: date
    present: str = ""


def plan(uow: UnitOfWork, wanted: Plan, proposal_ids: Sequence[int]) -> int:
    """Put proposals that wait on the agenda of a meeting, in the order given; returns its id."""
    with uow.command(Act.AGENDA_PLAN):
        contract.find_lot(uow, wanted.lot_id)
        waiting = {one.id: one for one in proposals.list_out_of(uow, wanted.lot_id)}
        chosen = list(dict.fromkeys(proposal_ids))
        rules.check_agenda(wanted.held_on, chosen, waiting=waiting, today=uow.today)
        meeting = uow.add(
            AgreementMeeting(**vars(wanted), planned_by=uow.actor.user_id, planned_at=uow.now)
        )
        for position, proposal_id in enumerate(chosen, start=1):
            uow.add(
                AgendaItem(
                    case_id=waiting[proposal_id].case_id,
                    lot_id=wanted.lot_id,
                    meeting_id=meeting.id or 0,
                    proposal_id=proposal_id,
                    position=position,
                )
            )
        return meeting.id or 0


def decide(uow: UnitOfWork, item_id: int, text_hash: str, answer: Answer, note: str) -> None:
    """The District Manager decides an item; decision, state and minutes change together."""
    with uow.command(answer.act):
        _settle(uow, _open_item(uow, item_id), text_hash, answer, note)


def hear(uow: UnitOfWork, item_id: int, heard: Heard, text_hash: str, note: str) -> None:
    """Record what was said in the meeting; nothing is agreed until the District Manager confirms.

    `text_hash` tells the words that were on the table; Refused if they stand no longer.
    """
    with uow.command(Act.AGENDA_MINUTE):
        item = _open_item(uow, item_id)
        proposal = uow.get(Proposal, item.proposal_id)
        rules.check_heard(heard, proposal.route)
        if proposal.text_hash != text_hash or not proposals.is_out(uow, item.proposal_id):
            raise Refused("This proposal does not wait for a decision any more.")
        item.heard, item.heard_points, item.heard_hash = heard.decision, heard.points, text_hash
        item.heard_by, item.heard_at, item.note = uow.actor.user_id, uow.now, note


def confirm(uow: UnitOfWork, item_id: int, version: int) -> None:
    """The District Manager makes what was heard her decision, on the words heard about.

    `version` is that of the item she was shown; Conflict if something else is recorded since.
    """
    uow.actor.must(Act.AGENDA_CONFIRM)
    heard = uow.get(AgendaItem, item_id)
    if heard.heard is None:
        raise Refused("Nothing was recorded of this item, and silence does not agree.")
    answer = Answer(heard.heard, heard.heard_points)
    with uow.command(answer.act):
        item = _open_item(uow, item_id)
        recorded = {"Decision": answer.decision.label, "Points": answer.points, "Note": item.note}
        uow.expect(item, version, recorded)
        _settle(uow, item, item.heard_hash, answer, item.note)


def confirm_all(uow: UnitOfWork, agenda_id: int, version: int) -> tuple[int, list[str]]:
    """Confirm every item that waits, each by itself; how many went, and why others did not.

    `version` is that of the agenda she was shown; Conflict if something else is recorded since.
    """
    meeting, items = queries.find_meeting(uow, agenda_id), queries.items_of(uow, agenda_id)
    waiting = [item for item in items if item.waits]
    if waiting:
        _expect_shown(uow, meeting, items, version)
    # Each item is saved at once; pressed again, only what is left is gone through.
    done, refused, uow.form_key = 0, list[str](), None
    for item in waiting:
        try:
            confirm(uow, item.id, item.version)
            uow.settle("")
            done += 1
        except DomainError as why:
            refused.append(f"{item.reference}: {why.sentence}")
    return done, refused


def issue(uow: UnitOfWork, agenda_id: int, version: int) -> None:
    """Issue the minutes as they were shown: from then on the meeting stands as it is."""
    with uow.command(Act.AGENDA_ISSUE):
        meeting = uow.get(AgreementMeeting, agenda_id)
        rules.check_open(meeting.issued_at)
        shown, items = queries.find_meeting(uow, agenda_id), queries.items_of(uow, agenda_id)
        _expect_shown(uow, shown, items, version)
        settled = [item.settled_at for item in items if item.settled and item.settled_at]
        rules.check_issue(settled, uow.now)
        lines = queries.minutes_of(uow, shown, items)
        meeting.minutes_hash = queries.fingerprint(lines)
        meeting.issued_at, meeting.issued_by = uow.now, uow.actor.user_id


def _expect_shown(
    uow: UnitOfWork, meeting: MeetingView, items: Sequence[ItemView], version: int
) -> None:
    """Refuse what was meant for an agenda that reads otherwise by now."""
    if queries.version_of(meeting, items) != version:
        standing = {one.reference: one.standing for one in items}
        rows: dict[type[Row], list[int]] = {
            AgreementMeeting: [meeting.id],
            AgendaItem: [one.id for one in items],
        }
        raise uow.conflict(rows, standing)


def _open_item(uow: UnitOfWork, item_id: int) -> AgendaItem:
    item = uow.get(AgendaItem, item_id)
    rules.check_open(uow.get(AgreementMeeting, item.meeting_id).issued_at)
    return item


def _settle(uow: UnitOfWork, item: AgendaItem, text_hash: str, answer: Answer, note: str) -> None:
    deciding.settle_on(uow, item.proposal_id, text_hash, answer)
    item.note, item.settled_at = note, uow.now
