"""What stands on the demo's agreement desk: deputies, meetings, conditions, disagreements."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlmodel import col, select

from app.access.models import Deputy
from app.access.roles import Organisation
from app.agreements.conditions.models import Condition
from app.agreements.disagreements.models import Disagreement, DisagreementEntry
from app.agreements.disagreements.rules import Outcome, Said, Stage
from app.agreements.meetings import queries as meetings
from app.agreements.meetings.models import AgendaItem, AgreementMeeting
from app.agreements.proposals import queries as proposals
from app.agreements.proposals.models import Proposal
from app.agreements.proposals.rules import Decision
from app.agreements.reminders.models import Digest
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.work.uow import UnitOfWork
from seed.diary import Diary, at
from seed.setting import District, Setting

ASKED = ("Ring the school before the last visit", "Send the chronology to the receiving team")
NOTES = ("The aunt is there at weekends.", "", "The school agrees.", "")
POSITIONS = (
    (Said.AGENCY, "Three visits and the school say the same: the plan is safe as it stands."),
    (Said.COUNCIL, "One of the three was at school; we would like one more at home first."),
    (Said.ESCALATED, ""),
)
THIRD_VIEW = "One more visit at home within a week, then the same plan goes to the desk again."


def load_desk(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Load what both sides keep beside proposals, within a command."""
    for place, district in enumerate(setting.districts):
        neighbours = [
            other
            for other in setting.districts
            if other.contract_id == district.contract_id and other is not district
        ]
        if neighbours:
            _deputies(uow, district, neighbours[place % len(neighbours)], today)
        _conditions(uow, district, today)
        _past_meeting(uow, district, today)
        _meeting_of_today(uow, district, today)
        _disagreements(uow, district, today)
        _digests(uow, district, today)


def _deputies(uow: UnitOfWork, district: District, neighbour: District, today: date) -> None:
    """Last month's leave, and a week to come."""
    for starts_on, days in ((today - timedelta(days=40), 6), (today + timedelta(days=9), 7)):
        uow.add(
            Deputy(
                lot_id=district.lot_id,
                contract_id=district.contract_id,
                user_id=neighbour.district_manager,
                away=True,
                starts_on=starts_on,
                ends_on=starts_on + timedelta(days=days),
                named_by=district.district_manager,
                named_at=at(min(today, starts_on) - timedelta(days=3), 9 * 60),
            )
        )


def _decided(uow: UnitOfWork, district: District, *wanted: Decision) -> Sequence[Proposal]:
    """The lot's latest decisions of a kind that the case has not gone past."""
    states = CaseState.AGREED, CaseState.AUTHORISED
    return uow.session.exec(
        select(Proposal)
        .join(Case, col(Case.id) == col(Proposal.case_id))
        .where(
            Proposal.lot_id == district.lot_id,
            col(Proposal.decision).in_(wanted),
            col(Case.state).in_(states),
        )
        .order_by(col(Proposal.decided_at).desc(), col(Proposal.id))
        .limit(6)
    ).all()


def _conditions(uow: UnitOfWork, district: District, today: date) -> None:
    """Two agreements with conditions; one of theirs is met and one is late."""
    for place, proposal in enumerate(_decided(uow, district, Decision.AGREED)[:2]):
        agreed_at = proposal.decided_at
        if agreed_at is None:
            continue
        proposal.conditions = len(ASKED)
        for number, what in enumerate(ASKED):
            met = number == place
            uow.add(
                Condition(
                    case_id=proposal.case_id,
                    lot_id=district.lot_id,
                    proposal_id=proposal.id or 0,
                    what=what,
                    due_on=today + timedelta(days=5 if place else -1),
                    owner_id=proposal.proposed_by or district.team_managers[0],
                    set_by=proposal.decided_by,
                    set_at=agreed_at,
                    met_at=agreed_at + timedelta(hours=3) if met else None,
                    met_by=proposal.proposed_by if met else None,
                    met_note="Done and written down" if met else "",
                )
            )


def _past_meeting(uow: UnitOfWork, district: District, today: date) -> None:
    """The day on which the latest decisions of the lot were made, as a meeting with minutes."""
    decided = _decided(uow, district, Decision.AGREED, Decision.RETURNED)
    if not decided or decided[0].decided_at is None:
        return
    held_at = max(one.decided_at for one in decided[:4] if one.decided_at)
    meeting = _meeting(uow, district, "Weekly agreement meeting", held_at.date(), held_at)
    for place, proposal in enumerate(decided[:4]):
        item = _item(district, meeting, proposal, place)
        item.note, item.settled_at = NOTES[place], proposal.decided_at
        uow.add(item)
    meeting_id = meeting.id or 0
    lines = meetings.minutes_of(
        uow, meetings.find_meeting(uow, meeting_id), meetings.items_of(uow, meeting_id)
    )
    meeting.minutes_hash = meetings.fingerprint(lines)
    meeting.issued_by = district.district_manager
    meeting.issued_at = min(held_at + timedelta(hours=1), at(today, 0))


def _meeting_of_today(uow: UnitOfWork, district: District, today: date) -> None:
    """What waits stands on today's agenda; the first item was heard and not confirmed yet."""
    waiting = proposals.list_out_of(uow, district.lot_id)[:5]
    if not waiting:
        return
    planned_at = at(today - timedelta(days=1), 16 * 60)
    meeting = _meeting(uow, district, "Weekly agreement meeting", today, planned_at)
    for place, row in enumerate(waiting):
        proposal = uow.get(Proposal, row.id)
        item = _item(district, meeting, proposal, place)
        if place == 0 and proposal.route.value != "hand_back":
            item.heard, item.heard_hash = Decision.AGREED, proposal.text_hash
            item.heard_by, item.heard_at = district.team_managers[0], planned_at
            item.note = "Agreed on the telephone; to be confirmed."
        uow.add(item)


def _meeting(
    uow: UnitOfWork, district: District, title: str, held_on: date, planned_at: datetime
) -> AgreementMeeting:
    return uow.add(
        AgreementMeeting(
            lot_id=district.lot_id,
            title=title,
            held_on=held_on,
            present="District Manager, team managers",
            planned_by=district.team_managers[0],
            planned_at=planned_at,
        )
    )


def _item(
    district: District, meeting: AgreementMeeting, proposal: Proposal, place: int
) -> AgendaItem:
    return AgendaItem(
        case_id=proposal.case_id,
        lot_id=district.lot_id,
        meeting_id=meeting.id or 0,
        proposal_id=proposal.id or 0,
        position=place + 1,
    )


def _disagreements(uow: UnitOfWork, district: District, today: date) -> None:
    """One that is settled and one that waits for the head of service."""
    sent_back = _decided(uow, district, Decision.REFUSED, Decision.RETURNED)
    for place, proposal in enumerate(sent_back[:2]):
        if proposal.decided_at is None:
            continue
        raised_at = min(proposal.decided_at + timedelta(hours=2), at(today, 0))
        settled = place == 1
        row = uow.add(
            Disagreement(
                case_id=proposal.case_id,
                lot_id=district.lot_id,
                proposal_id=proposal.id or 0,
                stage=Stage.SETTLED if settled else Stage.ESCALATED,
                raised_by=district.team_managers[0],
                raised_at=raised_at,
                outcome=Outcome.PROPOSE_AGAIN if settled else None,
                settled_by=district.council_manager if settled else None,
                settled_at=raised_at + timedelta(minutes=50) if settled else None,
            )
        )
        said = [*POSITIONS, (Said.VIEW, THIRD_VIEW)] if settled else POSITIONS
        for number, (kind, text) in enumerate(said):
            uow.add(_entry(row, district, kind, text, raised_at + timedelta(minutes=10 * number)))


def _entry(
    row: Disagreement, district: District, kind: Said, text: str, when: datetime
) -> DisagreementEntry:
    by = {
        Said.AGENCY: (district.team_managers[0], Organisation.AGENCY),
        Said.ESCALATED: (district.team_managers[0], Organisation.AGENCY),
        Said.COUNCIL: (district.district_manager, Organisation.COUNCIL),
        Said.VIEW: (district.council_manager, Organisation.COUNCIL),
    }[kind]
    return DisagreementEntry(
        case_id=row.case_id,
        lot_id=row.lot_id,
        disagreement_id=row.id or 0,
        kind=kind,
        text=text,
        by_user_id=by[0],
        organisation=by[1],
        at=when,
    )


def _digests(uow: UnitOfWork, district: District, today: date) -> None:
    """The digests of the last working days; today's goes on the next look."""
    diary = Diary.of_england()
    days = {diary.working(today - timedelta(days=back)) for back in (1, 2, 3, 6)} - {today}
    waiting = len(proposals.list_out_of(uow, district.lot_id))
    for day in sorted(one for one in days if one < today):
        uow.add(
            Digest(
                contract_id=district.contract_id,
                user_id=district.district_manager,
                sent_on=day,
                sent_at=at(day, 7 * 60 + 5),
                waiting=max(waiting - (today - day).days, 1),
                late=0,
            )
        )
