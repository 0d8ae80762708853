"""What held the demo's cases up: delays with their replies, escalations, drift and meetings."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from random import Random
from typing import Any, NamedTuple

from sqlalchemy import bindparam, or_, select
from sqlmodel import col

from app.assurance.nightly.service import elsewhere
from app.assurance.performance_meetings import queries as meetings
from app.assurance.performance_meetings import rules as meeting_rules
from app.assurance.performance_meetings.models import PerformanceItem, PerformanceMeeting
from app.assurance.performance_meetings.rules import Decision
from app.cases.actions.models import CaseAction
from app.cases.actions.rules import Ending, Source, What
from app.cases.delays.models import Delay, DelayReply
from app.cases.delays.rules import Ask, DelayReason, Reply
from app.cases.drift import service as drift
from app.cases.drift.models import DriftTerms
from app.cases.drift.rules import Policy
from app.cases.escalation import service as escalation
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.contract.models import Contract
from app.work.uow import UnitOfWork
from seed.diary import Diary, at
from seed.setting import District, Setting

# How far back the demo tells what held cases up.
BACK = timedelta(weeks=12)
WEEKS_OF_MEETINGS = 3
# What moves a case on from where it stands; from elsewhere its assessment is to be finished.
NEXT = {
    CaseState.AUTHORISED: What.UPDATE_PLAN,
    CaseState.PROPOSED: What.MEETING,
    CaseState.AGREED: What.PREPARE_ENDING,
}
ASKS = {
    DelayReason.DISTRICT_MANAGER: Ask.DECIDE,
    DelayReason.PARTNER_INFORMATION: Ask.CHASE,
    DelayReason.COUNCIL_SYSTEM: Ask.SYSTEM,
    DelayReason.RECEIVING_TEAM: Ask.RECEIVE,
    DelayReason.LEGAL_ADVICE: Ask.ADVISE,
    DelayReason.CHILD_NOT_SEEN: Ask.JOINT_VISIT,
    DelayReason.PURPOSEFUL: Ask.AGREE,
}
SOLUTIONS = {
    Ask.DECIDE: "A decision at this week’s agreement meeting.",
    Ask.CHASE: "A call from the council’s link to the school or clinic.",
    Ask.SYSTEM: "The two records of one child to be joined.",
    Ask.RECEIVE: "The team’s manager to name a worker and a day.",
    Ask.ADVISE: "Half an hour with the council’s legal team.",
    Ask.JOINT_VISIT: "A visit together with the family’s old worker.",
    Ask.AGREE: "Wait until the new school’s first month is over.",
}
# The commonest first; each stands as often as it is to come up.
REASONS = (
    *[DelayReason.FAMILY_REFUSES] * 5,
    *[DelayReason.PARTNER_INFORMATION] * 5,
    *[DelayReason.WORKER_CHANGED] * 3,
    *[DelayReason.CHILD_NOT_SEEN] * 3,
    *[DelayReason.COUNCIL_SYSTEM] * 2,
    *[DelayReason.SPECIALIST] * 2,
    *[DelayReason.WIDER_SCOPE] * 2,
    DelayReason.INTERPRETER,
    DelayReason.LEGAL_ADVICE,
    DelayReason.PURPOSEFUL,
)
OF_STATES = {
    CaseState.SUBMITTED: DelayReason.AUTHORISATION,
    CaseState.PROPOSED: DelayReason.DISTRICT_MANAGER,
    CaseState.AGREED: DelayReason.RECEIVING_TEAM,
}


class Held(NamedTuple):
    """A case that may have been held up."""

    id: int
    state: CaseState
    received_on: date
    practitioner_id: int | None
    ended_on: date | None


_columns: tuple[Any, ...] = (
    Case.id,
    Case.state,
    Case.received_on,
    Case.practitioner_id,
    Case.ended_on,
)
_CASES = (
    select(*_columns)
    .where(
        col(Case.lot_id) == bindparam("lot"),
        col(Case.state) != CaseState.UNALLOCATED,
        or_(col(Case.ended_on).is_(None), col(Case.ended_on) > bindparam("since")),
    )
    .order_by(col(Case.id))
)


def load_delays(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Store delays and replies, then let a night and the weekly meetings follow, in a command."""
    for contract_id in sorted(setting.contract_ids):
        _agree_terms(uow, contract_id, setting)
    for district in setting.districts:
        random = Random(f"{today.toordinal()} delays {district.name}")
        cases = [Held(*row) for row in uow.rows(_CASES, lot=district.lot_id, since=today - BACK)]
        first = uow.next_id(Delay)
        delays = list(_delays(cases, district, today, random))
        replies = list(_replies(delays, first, district, today, random))
        for reply in replies:
            answered = delays[reply["delay_id"] - first]
            answered |= {"asked_on": None, "expected_end": reply["until"]}
        uow.load(Delay, delays)
        uow.load(DelayReply, replies)
    escalation.take_up(uow)
    drift.keep(uow, drift.find(uow, elsewhere(uow)))
    for district in setting.districts:
        _meetings(uow, district, today)


def _agree_terms(uow: UnitOfWork, contract_id: int, setting: Setting) -> None:
    starts_on = uow.get(Contract, contract_id).starts_on
    manager = next(
        one.council_manager for one in setting.districts if one.contract_id == contract_id
    )
    uow.add(
        DriftTerms(
            contract_id=contract_id,
            number=1,
            **vars(Policy()),
            reason="Schedule 4, paragraph 6",
            by_user_id=manager,
            at=at(starts_on, 9 * 60),
        )
    )


def _delays(
    cases: Sequence[Held], district: District, today: date, random: Random
) -> Iterator[dict[str, Any]]:
    """One open case in three was held up lately, and most of those still are."""
    diary, users = (
        Diary.of_england(),
        {one.practitioner_id: one.user_id for one in district.workers},
    )
    for case in cases:
        chance, length, share = random.random(), random.random(), random.random()
        last = case.ended_on or today
        begins_on = diary.working(last - timedelta(days=int(4 + 40 * length)))
        usual = OF_STATES.get(case.state)
        reason = usual if usual and share < 0.6 else REASONS[int(random.random() * len(REASONS))]
        if chance > (0.35 if case.ended_on is None else 0.15) or begins_on < case.received_on:
            continue
        runs = case.ended_on is None and random.random() < 0.7
        ended_on = None if runs else min(last, begins_on + timedelta(days=int(2 + 20 * length)))
        ask = ASKS.get(reason, Ask.NOTHING)
        manager = district.team_managers[case.id % len(district.team_managers)]
        expected = diary.working(begins_on + timedelta(days=int(10 + 45 * random.random())))
        yield {
            "version": 1,
            "case_id": case.id,
            "lot_id": district.lot_id,
            "reason": reason,
            "holder": reason.holder,
            "owner_id": users.get(case.practitioner_id, manager),
            "begins_on": begins_on,
            "expected_end": expected,
            "ask": ask,
            "solution": SOLUTIONS.get(ask, ""),
            "recorded_on": begins_on if share < 0.7 else None,
            "asked_on": begins_on if ask is not Ask.NOTHING and runs else None,
            "ended_on": ended_on,
            "by_user_id": manager,
        }


def _replies(
    delays: Sequence[dict[str, Any]], first: int, district: District, today: date, random: Random
) -> Iterator[dict[str, Any]]:
    """The District Manager has answered half of what she was asked, some days ago."""
    for delay_id, delay in enumerate(delays, first):
        chance, day = random.random(), Diary.of_england().working(today - timedelta(days=2))
        if delay["asked_on"] is None or chance > 0.5 or delay["begins_on"] >= day:
            continue
        until = max(delay["expected_end"], today + timedelta(days=int(3 + 12 * chance)))
        reply = Reply.BY_THEN if chance < 0.35 else Reply.ACCEPTED
        row = {"delay_id": delay_id, "case_id": delay["case_id"], "lot_id": delay["lot_id"]}
        yield row | {
            "reply": reply,
            "until": until,
            "note": "",
            "action_id": None,
            "by_user_id": district.district_manager,
            "at": at(day, 11 * 60 + 5),
        }


def _meetings(uow: UnitOfWork, district: District, today: date) -> None:
    """The last weekly meetings; this week's agenda is what its lists say today."""
    lists = meetings.beginning(uow, district.lot_id)
    agenda = meeting_rules.agenda(lists.found)
    diary, random = Diary.of_england(), Random(f"{today.toordinal()} meetings {district.name}")
    manager = district.team_managers[0]
    for back in range(WEEKS_OF_MEETINGS, 0, -1):
        day = diary.working(today - timedelta(weeks=back) + timedelta(days=3))
        if day >= today or day < district.starts_on:
            continue
        meeting = uow.add(
            PerformanceMeeting(
                lot_id=district.lot_id,
                held_on=day,
                present=f"Team managers and the District Manager of {district.name}",
                open_cases=lists.open_cases + 6 * back,
                overdue=lists.overdue + 2 * back,
                drifting=lists.drifting + back,
                late_delays=lists.late_delays + back,
                opened_by=manager,
                opened_at=at(day, 9 * 60 + 30),
                closed_by=manager,
                closed_at=at(day, 10 * 60 + 25),
            )
        )
        talked = [line for line in agenda if random.random() < 0.5][:12]
        for place, (case_id, topics) in enumerate(talked, 1):
            item = {"meeting_id": meeting.id, "case_id": case_id, "place": place, "day": None}
            _decided(uow, district, item | {"topics": " ".join(topics)}, (day, back, random))


def _decided(
    uow: UnitOfWork, district: District, item: dict[str, Any], when: tuple[date, int, Random]
) -> None:
    """Three in four get an action, done by now where the meeting lies a while back."""
    day, back, random = when
    manager, acts = district.team_managers[0], random.random() < 0.75
    action = None
    if acts:
        due = Diary.of_england().working(day + timedelta(days=7))
        done = back > 1 and random.random() < 0.8
        item["day"] = due
        action = uow.add(
            CaseAction(
                case_id=item["case_id"],
                lot_id=district.lot_id,
                what=NEXT.get(uow.get(Case, item["case_id"]).state, What.FINISH_ASSESSMENT),
                owner_id=manager,
                due_on=due,
                source=Source.PERFORMANCE_MEETING,
                set_by=manager,
                set_at=at(day, 10 * 60),
                ending=Ending.DONE if done else None,
                ended_on=day if done else None,
                ended_by=manager if done else None,
            )
        )
    uow.add(
        PerformanceItem(
            lot_id=district.lot_id,
            **item,
            decision=Decision.ACTION if acts else Decision.NOTED,
            action_id=action.id if action else None,
            decided_by=manager,
            decided_at=at(day, 10 * 60),
        )
    )
