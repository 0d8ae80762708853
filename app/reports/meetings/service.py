"""Acts on the meetings of a contract: planned from figures, written down, minutes issued."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlmodel import col, func, select

from app.agreements.meetings.queries import fingerprint
from app.cases.actions import service as case_actions
from app.cases.actions.rules import Source, What
from app.cases.actions.rules import Wanted as WantedOnCase
from app.cases.listing.queries import must_name_no_case
from app.cases.register.models import Case
from app.contract import queries as contract
from app.db.tables import Row
from app.kernel.acts import Act
from app.kernel.errors import Invalid, NotFound
from app.reports.commentary import queries as commentary
from app.reports.commentary.rules import Sentence, sentences
from app.reports.meetings import queries, rules
from app.reports.meetings.models import ContractMeeting, MeetingAction, MeetingItem
from app.reports.meetings.queries import ItemView, MeetingView
from app.reports.meetings.rules import Outcome, Plan, Wanted
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class Said:
    """What a meeting made of an item, in words for the minutes."""

    outcome: Outcome
    note: str = ""


def plan(uow: UnitOfWork, contract_id: int, wanted: Plan) -> int:
    """Plan a meeting with the agenda that today's figures make; returns its id."""
    with uow.command(Act.CONTRACT_MEETING_HOLD):
        contract.find_contract(uow, contract_id)
        rules.check_plan(wanted, uow.actor.role, uow.today)
        if wanted.lot_id and contract.find_lot(uow, wanted.lot_id).contract_id != contract_id:
            raise NotFound
        meeting = uow.add(
            ContractMeeting(
                contract_id=contract_id,
                kind=wanted.kind,
                of_lot_id=wanted.lot_id,
                held_on=wanted.held_on,
                present=wanted.present,
                planned_by=uow.actor.user_id,
                planned_at=uow.now,
                as_at=uow.now,
            )
        )
        lay_out(uow, meeting)
        return meeting.id or 0


def bring_up_to_date(uow: UnitOfWork, meeting_id: int, version: int) -> None:
    """Make the agenda anew from the figures of now; what was talked about or brought along stays.

    Conflict if the agenda reads otherwise than it was shown.
    """
    with uow.command(Act.CONTRACT_MEETING_HOLD):
        meeting, items = _open_meeting(uow, meeting_id, version)
        stays = [one for one in items if one.outcome or one.topic is None]
        for one in items:
            if one not in stays:
                uow.remove(uow.get(MeetingItem, one.id))
        lay_out(uow, meeting, stays)
        meeting.as_at = uow.now


def bring(uow: UnitOfWork, meeting_id: int, text: str) -> None:
    """Put something on an agenda that no figure does."""
    with uow.command(Act.CONTRACT_MEETING_HOLD):
        meeting, items = _open_meeting(uow, meeting_id)
        if not text:
            raise Invalid("text", "Write what is to be talked about.")
        _check_words(uow, meeting, text=text)
        _add(uow, meeting, max((one.position for one in items), default=0), text)


def write_down(
    uow: UnitOfWork, item_id: int, said: Said, wanted: Wanted, version: int
) -> MeetingItem:
    """Write down what came of an item, and give somebody something to do where it is asked."""
    with uow.command(Act.CONTRACT_MEETING_HOLD):
        shown = queries.find_item(uow, item_id)
        meeting, _ = _open_meeting(uow, shown.meeting_id)
        item = uow.get(MeetingItem, item_id)
        outcome = shown.outcome.label if shown.outcome else ""
        uow.expect(item, version, {"What came of it": outcome, "For the minutes": shown.note})
        rules.check_outcome(said.outcome, said.note)
        _check_words(uow, meeting, note=said.note, what=wanted.what)
        item.outcome, item.note = said.outcome, said.note
        item.written_by, item.written_at = uow.actor.user_id, uow.now
        if wanted.is_asked:
            _give(uow, item, wanted)
    return item


def finish(uow: UnitOfWork, action_id: int, words: str) -> None:
    """End an action with how it went."""
    with uow.command(Act.CONTRACT_MEETING_ACT):
        shown = queries.find_action(uow, action_id)
        if uow.actor.organisation is None:
            raise NotFound
        shown.check_open_for(uow.actor)
        rules.check_how(words)
        _check_words(uow, queries.find_meeting(uow, shown.meeting_id), words=words)
        action = uow.get(MeetingAction, action_id)
        action.ended_on, action.ended_by, action.how = uow.today, uow.actor.user_id, words


def issue(uow: UnitOfWork, meeting_id: int, version: int) -> None:
    """Issue the minutes as they were shown: from then on they stand, whatever changes."""
    with uow.command(Act.CONTRACT_MEETING_ISSUE):
        meeting, items = _open_meeting(uow, meeting_id, version)
        rules.check_issue(meeting.held_on, [one.outcome for one in items], uow.today)
        shown = queries.find_meeting(uow, meeting_id)
        lines = queries.minutes_of(shown, items, queries.actions_of(uow, meeting_id))
        meeting.minutes = json.dumps(lines, ensure_ascii=False)
        meeting.minutes_hash = fingerprint(lines)
        meeting.issued_by, meeting.issued_at = uow.actor.user_id, uow.now


def lay_out(uow: UnitOfWork, meeting: ContractMeeting, stays: Sequence[ItemView] = ()) -> None:
    """Put what the figures call for on an agenda, beside what stays; a step of a command."""
    uow.must_be_in()
    known = {one.text for one in stays}
    position = max((one.position for one in stays), default=0)
    for one in _called_for(uow, meeting):
        if one.text not in known:
            position = _add(uow, meeting, position, one.text, one)


def _called_for(uow: UnitOfWork, meeting: ContractMeeting) -> list[Sentence]:
    facts = commentary.gather(uow, meeting.contract_id, meeting.of_lot_id)
    late = queries.count_overdue(uow, meeting)
    return rules.agenda(meeting.kind, sentences(replace(facts, actions_overdue=late)))


def _check_words(uow: UnitOfWork, meeting: ContractMeeting | MeetingView, **said: str) -> None:
    """Who reads of a meeting and sees no case is told of none, not in free words either."""
    if not meeting.kind.names_cases:
        must_name_no_case(uow, meeting.contract_id, said)


def _add(
    uow: UnitOfWork,
    meeting: ContractMeeting,
    last: int,
    text: str,
    sentence: Sentence | None = None,
) -> int:
    uow.add(
        MeetingItem(
            contract_id=meeting.contract_id,
            meeting_id=meeting.id or 0,
            position=last + 1,
            topic=sentence.topic if sentence else None,
            text=text,
            link=sentence.link if sentence else "",
        )
    )
    return last + 1


def _open_meeting(
    uow: UnitOfWork, meeting_id: int, version: int | None = None
) -> tuple[ContractMeeting, list[ItemView]]:
    """A meeting that its reader takes part in and whose minutes are not issued, with its items."""
    shown, items = queries.find_meeting(uow, meeting_id), queries.items_of(uow, meeting_id)
    rules.check_open(shown.issued_at)
    if version is not None:
        actions = queries.actions_of(uow, meeting_id)
        if queries.version_of(shown, items, actions) != version:
            told = dict(queries.minutes_of(shown, items, actions))
            rows: dict[type[Row], list[int]] = {
                ContractMeeting: [meeting_id],
                MeetingItem: [one.id for one in items],
                MeetingAction: [one.id for one in actions],
            }
            raise uow.conflict(rows, told)
    return uow.get(ContractMeeting, meeting_id), items


def _give(uow: UnitOfWork, item: MeetingItem, wanted: Wanted) -> None:
    meeting = queries.find_meeting(uow, item.meeting_id)
    known = dict(queries.owners(uow, meeting))
    owner_id, due_on = rules.check_wanted(wanted, meeting.kind, owners=known, today=uow.today)
    on_case = None
    if wanted.reference:
        case_id = _case_of(uow, meeting, wanted.reference)
        asked = WantedOnCase(What.OTHER, owner_id, due_on, Source.WEEKLY_MEETING, wanted.what)
        on_case = case_actions.set_action(uow, case_id, asked)
    elif owner_id != uow.actor.user_id:
        uow.mail(owner_id, "You have a new action from a meeting", "/meetings")
    uow.add(
        MeetingAction(
            contract_id=meeting.contract_id,
            item_id=item.id or 0,
            what=wanted.what,
            owner_id=owner_id,
            due_on=due_on,
            case_action_id=on_case,
            set_by=uow.actor.user_id,
            set_at=uow.now,
        )
    )


def _case_of(uow: UnitOfWork, meeting: MeetingView, reference: str) -> int:
    """The open case of the meeting's lot that a reference names."""
    found = uow.session.exec(
        select(func.max(Case.id)).where(
            col(Case.reference) == reference,
            col(Case.lot_id) == meeting.lot_id,
            col(Case.ended_on).is_(None),
        )
    ).first()
    if found is None:
        raise Invalid("reference", "No open case of this lot has this reference.")
    return found
