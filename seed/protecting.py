"""What protects the demo's children: cohorts, enquiries, pre-proceedings, issues and alerts."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from sqlmodel import col, select

from app.cases.groups import service as groups
from app.cases.groups.models import GroupWeek
from app.cases.groups.rules import PROTECTED, Member
from app.cases.register import priorities
from app.cases.register import service as register
from app.cases.register.models import Case, CaseCohort
from app.cases.register.rules import CODED
from app.cases.states import CaseState
from app.kernel.days import week_ending
from app.people.models import Practitioner
from app.safeguarding.enquiries.models import Enquiry
from app.safeguarding.enquiries.rules import Agencies, ConferenceResult, EnquiryOutcome
from app.safeguarding.flags.models import Flag, FlagAlert, FlagCall
from app.safeguarding.flags.rules import WITHIN_HOURS, Called, CallOutcome, alert_due, hours_waiting
from app.safeguarding.issues.models import ProtectionIssue
from app.safeguarding.issues.rules import Answer, Trouble
from app.safeguarding.proceedings.models import PreProceedings, PreProceedingsStep
from app.safeguarding.proceedings.rules import Step
from app.safeguarding.reviews.models import ProtectionPlan, ReviewConference
from app.safeguarding.reviews.rules import TO_FIRST, TO_NEXT
from app.safeguarding.thresholds.models import ThresholdDecision
from app.safeguarding.thresholds.rules import Rationale, Threshold
from app.work.uow import UnitOfWork
from seed.diary import Diary, at
from seed.setting import District, Setting

DONE = (
    "Visited with the health visitor; safety plan signed again",
    "Strategy discussion asked for; police told",
    "Child seen at school; mother staying elsewhere tonight",
    "Home visit by duty; next visit tomorrow morning",
)
COVERS = ("Emergency duty team", "Team manager on call", "Duty desk until midnight")
# On the former something runs, on the latter something ran before.
IN_HAND = (CaseState.ALLOCATED, CaseState.ASSESSING, CaseState.AUTHORISED)
DECIDED = (CaseState.SUBMITTED, CaseState.PROPOSED, CaseState.AGREED)
# A share of the open cases, and how many enquiries each lot has behind it and running.
IN_COHORT, LATELY, RUNNING = 0.28, 7, 4
# Plans that ran before the contract began; of one the first review was late, of one none is held.
PLANS, REVIEWED_LATE, UNREVIEWED = 9, 4, 7


@dataclass(frozen=True)
class Place:
    """A district with who speaks for it on the day of the demo."""

    district: District
    random: Random
    diary: Diary
    today: date

    def about(self, case: Case) -> dict[str, int]:
        return {"case_id": register.case_id_of(case), "lot_id": case.lot_id}

    def back(self, days: int) -> date:
        return self.diary.working(self.today - timedelta(days=days))


def load_protecting(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Store what protects the children of every lot, in a command."""
    diary = Diary.of_england()
    for district in setting.districts:
        random = Random(f"{today.toordinal()} protecting {district.name}")
        place = Place(district, random, diary, today)
        _cohorts(uow, place)
        decided = _cases(uow, place, DECIDED)
        for number, case in enumerate(decided[:LATELY]):
            _held_conference(uow, place, case, number)
        cases = _cases(uow, place, IN_HAND)
        random.shuffle(cases)
        for number, case in enumerate(cases[:RUNNING]):
            _running_enquiry(uow, place, case, number)
        for number, case in enumerate(cases[2:6]):
            _issue(uow, place, case, number)
        for number, case in enumerate(cases[6:8]):
            _proceedings(uow, place, case, number)
        for number, case in enumerate(cases[8 : 8 + PLANS]):
            _plan(uow, place, case, number)
        for case in cases[8:14]:
            _decision(uow, place, case, Threshold.REFERRAL, place.back(random.randint(2, 60)))
    _alerts(uow)


def _cases(uow: UnitOfWork, place: Place, states: Sequence[CaseState]) -> list[Case]:
    """Cases without a flag that came long enough ago, with somebody who may lead an enquiry."""
    past_their_asye = select(Practitioner.id).where(col(Practitioner.asye).is_(False))
    kept = (
        Case.lot_id == place.district.lot_id,
        col(Case.state).in_(states),
        col(Case.open_flags) == 0,
        col(Case.referred_on) < place.back(40),
        col(Case.practitioner_id).in_(past_their_asye),
    )
    return list(uow.session.exec(select(Case).where(*kept).order_by(col(Case.id)).limit(40)).all())


def _cohorts(uow: UnitOfWork, place: Place) -> None:
    open_cases = uow.session.exec(
        select(Case.id, Case.received_on)
        .where(Case.lot_id == place.district.lot_id, col(Case.ended_on).is_(None))
        .order_by(col(Case.id))
    ).all()
    chosen = [one for one in open_cases if place.random.random() < IN_COHORT]
    rows: list[dict[str, Any]] = [
        {"case_id": case_id, "cohort": cohort, "since": received_on}
        for case_id, received_on in chosen
        for cohort in sorted(place.random.sample(CODED, place.random.choice((1, 1, 1, 2))))
    ]
    by_week: dict[date, list[Member]] = defaultdict(list)
    for row in rows:
        member = Member(place.district.lot_id, frozenset({row["cohort"].value}))
        by_week[week_ending(row["since"])].append(member)
    for ending, members in sorted(by_week.items()):
        groups.count(uow, ((None, one) for one in members), ending)
    uow.load(
        CaseCohort,
        rows,
        lot_id=place.district.lot_id,
        until=None,
        set_by=place.district.team_managers[0],
        ended_by=None,
    )


def _decision(
    uow: UnitOfWork, place: Place, case: Case, threshold: Threshold, on: date, *, met: bool = True
) -> None:
    why = (Rationale.HARM, Rationale.ADDS_UP, Rationale.TOLD)
    against = (Rationale.WITH_CONSENT, Rationale.PROTECTED)
    uow.add(
        ThresholdDecision(
            **place.about(case),
            threshold=threshold,
            met=met,
            rationale=place.random.choice(why if met else against),
            partners_told=place.random.random() < 0.85,
            decided_on=on,
            decided_by=place.district.team_managers[0],
        )
    )


def _held_conference(uow: UnitOfWork, place: Place, case: Case, number: int) -> None:
    """An enquiry that is over: most went to a conference, and most of these in time."""
    strategy_on = place.back(30 + number)
    confers = number % 3 != 2
    concluded_on = place.diary.working(strategy_on + timedelta(days=8))
    waited = 24 if number == 1 else 18
    conference_on = place.diary.working(strategy_on + timedelta(days=waited)) if confers else None
    uow.add(
        Enquiry(
            **place.about(case),
            strategy_on=strategy_on,
            agencies=place.random.choice(tuple(Agencies)),
            opened_by=place.district.team_managers[0],
            outcome=EnquiryOutcome.CONFERENCE if confers else EnquiryOutcome.SERVICES,
            concluded_on=concluded_on,
            concluded_by=place.district.team_managers[0],
            conference_on=conference_on,
            result=ConferenceResult.NO_PLAN if confers else None,
            ended_on=conference_on or concluded_on,
        )
    )
    _decision(uow, place, case, Threshold.SECTION_47, strategy_on)
    _decision(uow, place, case, Threshold.CONFERENCE, concluded_on, met=confers)


def _running_enquiry(uow: UnitOfWork, place: Place, case: Case, number: int) -> None:
    """Two enquiries run; one waits for its conference, and one conference is overdue."""
    strategy_on = place.back((3, 7, 15, 26)[number])
    waits = number >= 2
    concluded_on = place.diary.working(strategy_on + timedelta(days=6)) if waits else None
    booked = place.diary.working(place.today + timedelta(days=3)) if number == 2 else None
    uow.add(
        Enquiry(
            **place.about(case),
            strategy_on=strategy_on,
            agencies=place.random.choice(tuple(Agencies)),
            opened_by=place.district.team_managers[0],
            outcome=EnquiryOutcome.CONFERENCE if waits else None,
            concluded_on=concluded_on,
            concluded_by=place.district.team_managers[0] if waits else None,
            conference_on=booked,
        )
    )
    _decision(uow, place, case, Threshold.SECTION_47, strategy_on)
    if concluded_on is not None:
        _decision(uow, place, case, Threshold.CONFERENCE, concluded_on)
    known = case.child_protection
    priorities.enquiry_opened(uow, case)
    if not known:
        _count_since(uow, place, case, strategy_on)


def _plan(uow: UnitOfWork, place: Place, case: Case, number: int) -> None:
    """A plan that a conference made before the case came, with the reviews that were due since."""
    starts_on = place.back(280 - 17 * number)
    plan = uow.add(
        ProtectionPlan(**place.about(case), starts_on=starts_on, review_due_on=starts_on + TO_FIRST)
    )
    held_on = place.diary.working(starts_on + timedelta(days=99 if number == REVIEWED_LATE else 84))
    while number != UNREVIEWED and held_on < place.today:
        uow.add(
            ReviewConference(
                **place.about(case),
                plan_id=plan.id,
                held_on=held_on,
                next_due_on=held_on + TO_NEXT,
                recorded_by=place.district.district_manager,
            )
        )
        held_on = place.diary.working(held_on + timedelta(days=175))
    known = case.child_protection
    priorities.plan_runs(uow, case, runs=True)
    if not known:
        _count_since(uow, place, case, starts_on)


def _count_since(uow: UnitOfWork, place: Place, case: Case, on: date) -> None:
    """The protected case counts from its own week on, not from the day of the demo."""
    of_lot = {"lot_id": case.lot_id, "code": PROTECTED}
    for day, came in ((place.today, -1), (max(on, case.received_on), 1)):
        week = {**of_lot, "week_ending": week_ending(day)}
        uow.add_up(GroupWeek, [(week, {"came": came, "went": 0})])


def _issue(uow: UnitOfWork, place: Place, case: Case, number: int) -> None:
    """Two issues are resolved; of the others one has no cover tonight."""
    resolved = number >= 2
    raised_on = place.back(12 if resolved else 2 + number)
    day = place.today - timedelta(days=1) if number == 1 else place.today
    uow.add(
        ProtectionIssue(
            **place.about(case),
            trouble=tuple(Trouble)[number * 2],
            raised_on=raised_on,
            raised_by=place.district.team_managers[0],
            action_taken=DONE[number],
            cover=COVERS[number % len(COVERS)],
            covered_on=raised_on if resolved else day,
            told_at=at(raised_on, 16 * 60),
            answer=Answer.STEP_TAKEN if resolved else None,
            resolved_on=place.back(6) if resolved else None,
            resolved_by=place.district.district_manager if resolved else None,
        )
    )


def _proceedings(uow: UnitOfWork, place: Place, case: Case, number: int) -> None:
    """One is reviewed in time, the review of the other is overdue."""
    gateway_on, letter_on, met_on = place.back(35), place.back(30), place.back(20)
    next_review_on = (
        place.back(2) if number else place.diary.working(place.today + timedelta(days=12))
    )
    begun = uow.add(
        PreProceedings(
            **place.about(case),
            gateway_on=gateway_on,
            opened_by=place.district.district_manager,
            next_review_on=next_review_on,
            letter_on=letter_on,
        )
    )
    for step, day in ((Step.LETTER, letter_on), (Step.MEETING, met_on)):
        uow.add(
            PreProceedingsStep(
                **place.about(case),
                proceedings_id=begun.id,
                step=step,
                taken_on=day,
                next_review_on=met_on if step is Step.LETTER else next_review_on,
                recorded_by=place.district.team_managers[0],
            )
        )


def _alerts(uow: UnitOfWork) -> None:
    """Everybody was alerted again, and rung, about the flags that nobody acknowledged."""
    waiting: Sequence[Flag] = uow.session.exec(
        select(Flag).where(col(Flag.acknowledged_at).is_(None)).order_by(col(Flag.id))
    ).all()
    for flag in waiting:
        of_flag = {"flag_id": flag.id, "case_id": flag.case_id, "lot_id": flag.lot_id}
        for number in range(1, alert_due(hours_waiting(flag.raised_at, uow.now)) + 1):
            hours = number if number <= 2 else (number - 2) * WITHIN_HOURS
            uow.add(FlagAlert(**of_flag, number=number, at=flag.raised_at + timedelta(hours=hours)))
        uow.add(
            FlagCall(
                **of_flag,
                at=flag.raised_at,
                called=Called.DISTRICT_MANAGER,
                outcome=CallOutcome.MESSAGE,
                by_user_id=flag.raised_by,
            )
        )
