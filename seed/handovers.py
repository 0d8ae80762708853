"""What the demo's council asks before it takes cases over, and how it takes them in."""

from collections import Counter
from datetime import date, timedelta

from sqlmodel import col, select

from app.agreements.calendar import queries as calendar
from app.agreements.check_backs.models import CheckBack
from app.agreements.checklists.models import ChecklistTemplate
from app.agreements.checklists.rules import Item
from app.agreements.handovers.models import Handover, HandoverAudit, HandoverQuestion
from app.agreements.handovers.rules import Grade
from app.agreements.intakes.models import IntakeWeek
from app.cases.actions.models import CaseAction
from app.cases.actions.rules import Source, What
from app.cases.register.models import Case
from app.contract.models import ReceivingTeam
from app.kernel.days import week_ending
from app.plans.rules import Outcome
from app.work.uow import UnitOfWork
from seed.diary import at
from seed.setting import District, Setting

WEEK = timedelta(weeks=1)
# From the next change on; what was handed over before was asked for less.
ASKED = {
    Outcome.CIN_PLAN: (Item.CHRONOLOGY, Item.FAMILY, Item.RECORDINGS),
    Outcome.SECTION_47: (
        Item.CHRONOLOGY,
        Item.FAMILY,
        Item.GENOGRAM,
        Item.JOINT_VISIT,
        Item.SIBLINGS,
        Item.AUDIT,
    ),
}
# Looked at later than this, a handover's check is still owed.
OWED = timedelta(days=18)
QUESTIONS = (
    "Which school does the older child go to now?",
    "When did the health visitor last see the baby?",
)


def load_handovers(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Store checklists, intakes, booked weeks, questions and checks, in a command."""
    for contract_id in sorted(setting.contract_ids):
        _ask(uow, contract_id, setting, today)
    for district in setting.districts:
        _publish(uow, district, today)
        _book(uow, district, today)
        _audit(uow, district, today)
        _look_back(uow, district, today)


def _ask(uow: UnitOfWork, contract_id: int, setting: Setting, today: date) -> None:
    manager = next(
        one.council_manager for one in setting.districts if one.contract_id == contract_id
    )
    for outcome, items in ASKED.items():
        uow.add(
            ChecklistTemplate(
                contract_id=contract_id,
                outcome=outcome,
                number=1,
                from_on=today,
                items=" ".join(sorted(items)),
                visit_days=10 if outcome is Outcome.SECTION_47 else None,
                supervision_days=20,
                reason="Case transfer protocol, paragraph 6",
                by_user_id=manager,
                at=at(today - timedelta(days=3), 11 * 60),
            )
        )


def _publish(uow: UnitOfWork, district: District, today: date) -> None:
    """Each team is closed for one week; the first has locked the next one."""
    for place, (team_id, _) in enumerate(district.teams):
        _offer(uow, district, today, team_id, 4 + place % 2, 0, "The team is on leave")
    first, _ = district.teams[0]
    usual = uow.get(ReceivingTeam, first).weekly_intake
    _offer(uow, district, today, first, 1, usual, "Planned with the team").locked = True


def _offer(
    uow: UnitOfWork,
    district: District,
    today: date,
    team_id: int,
    weeks: int,
    intake: int,
    note: str,
) -> IntakeWeek:
    """What a team takes so many weeks from now."""
    return uow.add(
        IntakeWeek(
            lot_id=district.lot_id,
            receiving_team_id=team_id,
            week_ending=week_ending(today) + WEEK * weeks,
            intake=intake,
            note=note,
            by_user_id=district.district_manager,
            at=at(today - timedelta(days=6), 15 * 60),
        )
    )


def _book(uow: UnitOfWork, district: District, today: date) -> None:
    """Most of what waits has a week, in one of them too many; two questions are open."""
    this_week, asked = week_ending(today), list(QUESTIONS)
    booked: Counter[int] = Counter()
    for place, one in enumerate(calendar.list_lot(uow, district.lot_id)):
        handover = uow.get(Handover, one.handover_id)
        if place % 4 and not one.is_urgent:
            handover.week_ending = this_week + WEEK * 2
            booked[one.team_id] += 1
        if handover.requested_at is not None and asked:
            uow.add(
                HandoverQuestion(
                    handover_id=one.handover_id,
                    case_id=one.case_id,
                    lot_id=one.lot_id,
                    question=asked.pop(),
                    asked_by=district.district_manager,
                    asked_at=max(handover.requested_at, at(today - timedelta(days=1), 14 * 60)),
                )
            )

    for team_id, number in booked.most_common(1):
        _offer(uow, district, today, team_id, 2, number - 1, "A worker is away")


def _audit(uow: UnitOfWork, district: District, today: date) -> None:
    """One file that waits was found wanting, and its holder mends it."""
    users = {worker.practitioner_id: worker.user_id for worker in district.workers}
    found = (
        (one, users.get(uow.get(Case, one.case_id).practitioner_id or 0))
        for one in calendar.list_lot(uow, district.lot_id)
        if uow.get(Handover, one.handover_id).requested_at is None
    )
    one, owner_id = next((each for each in found if each[1]), (None, None))
    if one is None or owner_id is None:
        return
    manager, on = district.team_managers[0], today - timedelta(days=1)
    case_id, lot_id = one.case_id, one.lot_id
    note = "Her own words are missing from the last two visits"
    uow.add(
        HandoverAudit(
            case_id=case_id,
            lot_id=lot_id,
            handover_id=one.handover_id,
            record=Grade.GOOD,
            voice=Grade.INADEQUATE,
            risk=Grade.GOOD,
            plan=Grade.REQUIRES_IMPROVEMENT,
            note=note,
            audited_on=on,
            by_user_id=manager,
        )
    )
    uow.add(
        CaseAction(
            case_id=case_id,
            lot_id=lot_id,
            what=What.MEND_FILE,
            note=note,
            owner_id=owner_id,
            due_on=today + timedelta(days=5),
            source=Source.FILE_AUDIT,
            set_by=manager,
            set_at=at(on, 10 * 60),
        )
    )


def _look_back(uow: UnitOfWork, district: District, today: date) -> None:
    """Most older handovers were looked at; a few are owed a look, and some did not stick."""
    found = uow.session.execute(
        select(Handover, col(Case.reopened_on))
        .join(Case, col(Case.id) == Handover.case_id)
        .where(
            col(Handover.lot_id) == district.lot_id,
            col(Handover.accepted_on) <= today - OWED,
        )
        .order_by(col(Handover.id))
    )
    rows, looked_at = [], []
    for place, (handover, reopened_on) in enumerate(found):
        accepted_on, due_on = handover.accepted_on, handover.check_due_on
        came_back = reopened_on is not None and reopened_on >= accepted_on
        allocated = place % 9 != 4
        rows.append(
            {
                "case_id": handover.case_id,
                "lot_id": handover.lot_id,
                "handover_id": handover.id,
                "allocated": allocated,
                "seen_on": accepted_on + timedelta(days=4 + place % 7) if place % 6 else None,
                "returned": came_back,
                "note": "" if allocated else "Duty holds it until the new worker starts",
                "checked_on": due_on + timedelta(days=place % 3),
                "checked_by": district.district_manager,
            }
        )
        before = {"id": handover.id, "lot_id": handover.lot_id, "check_due_on": due_on}
        looked_at.append((before, {"check_due_on": None}))
    uow.load(CheckBack, rows)
    uow.amend(Handover, looked_at)
