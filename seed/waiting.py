"""What managers did about the demo's waiting children: reviews, visits and answers."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any

from sqlmodel import col, select

from app.cases.assessments.models import Visit
from app.cases.ladder.models import Escalation
from app.cases.ladder.rules import Promise, Rung
from app.cases.register import service as register
from app.cases.register.models import Case
from app.cases.waiting.models import RiskReview
from app.cases.waiting.rules import LEVELS, RiskDecision, Wait, standing
from app.contract import queries as contract
from app.contract.models import Contract, WaitingTerms
from app.contract.rules import Waiting
from app.contract.service import waiting_columns
from app.kernel.days import LONDON
from app.work.uow import UnitOfWork
from seed.diary import Diary, at
from seed.setting import District, Setting

# Enough to fill the queue's first pages, however large the demo is made.
MOST = 80
NOTES = (
    "",
    "",
    "School sees the child daily and will ring.",
    "Health visitor went last week; nothing new.",
    "Duty spoke with the referrer.",
)
USUAL = (RiskDecision.MAY_WAIT, RiskDecision.MAY_WAIT, RiskDecision.SEE_CHILD)


def load_waiting(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Store terms, reviews, visits and answers of the cases that nobody holds, in a command."""
    for contract_id in sorted(setting.contract_ids):
        _agree_terms(uow, contract_id, setting)
    for district in setting.districts:
        random = Random(f"{today.toordinal()} waiting {district.name}")
        terms = contract.waiting(uow, district.contract_id)
        for case in _waiting(uow, district):
            _look_after(uow, case, district, terms, random)


def _agree_terms(uow: UnitOfWork, contract_id: int, setting: Setting) -> None:
    starts_on = uow.get(Contract, contract_id).starts_on
    managers = {one.contract_id: one.council_manager for one in setting.districts}
    uow.add(
        WaitingTerms(
            contract_id=contract_id,
            number=1,
            from_on=starts_on,
            **waiting_columns(Waiting()),
            reason="Schedule 4, paragraph 2",
            by_user_id=managers[contract_id],
            at=datetime.combine(starts_on, time(9), LONDON),
        )
    )


def _waiting(uow: UnitOfWork, district: District) -> Sequence[Case]:
    kept = col(Case.lot_id) == district.lot_id, col(Case.unallocated_on).is_not(None)
    return uow.session.exec(select(Case).where(*kept).order_by(col(Case.id)).limit(MOST)).all()


def _look_after(
    uow: UnitOfWork, case: Case, district: District, terms: Waiting, random: Random
) -> None:
    since, case_id = case.unallocated_on, register.case_id_of(case)
    if since is None:
        return
    manager = district.team_managers[int(random.random() * len(district.team_managers))]
    facts: dict[str, Any] = {}
    reviews = list(_reviews(case, since, terms, uow.today, random))
    if reviews and case.priority in LEVELS:
        facts["risk_review_on"] = reviews[-1]["next_review_on"]
        uow.load(RiskReview, [{**one, "by_user_id": manager} for one in reviews])
    seen_on = Diary.of_england().working(uow.today - timedelta(days=int(4 + 24 * random.random())))
    if since <= seen_on < uow.today and random.random() < 0.75:
        facts["seen_on"] = max(seen_on, case.seen_on or seen_on)
        visit = {"case_id": case_id, "lot_id": case.lot_id, "recorded_by": manager}
        uow.load(Visit, [{**visit, "seen_on": seen_on, "seen_alone": random.random() < 0.6}])
    if facts:
        register.set_facts(uow, case, **facts)
    if random.random() < 0.8 and (answer := _answer(uow, case, district, terms, random)):
        uow.load(Escalation, [answer])


def _reviews(
    case: Case, since: date, terms: Waiting, today: date, random: Random
) -> Iterator[dict[str, Any]]:
    """A review in every interval up to yesterday; one case in six misses its last ones."""
    diary, interval = Diary.of_england(), timedelta(days=terms.review_days)
    last = today - timedelta(days=1 if random.random() > 0.16 else 10)
    day = diary.working(since + timedelta(days=int(2 + 4 * random.random())))
    while day <= last:
        yield {
            "case_id": case.id,
            "lot_id": case.lot_id,
            "reviewed_on": day,
            "level": case.priority,
            "decision": USUAL[int(random.random() * len(USUAL))],
            "note": NOTES[int(random.random() * len(NOTES))],
            "next_review_on": day + interval,
        }
        day = diary.working(day + interval - timedelta(days=2))


def _answer(
    uow: UnitOfWork, case: Case, district: District, terms: Waiting, random: Random
) -> dict[str, Any] | None:
    """Lately somebody read what had come up to them, and in most cases decided."""
    diary = Diary.of_england()
    day = diary.working(uow.today - timedelta(days=int(4 + 8 * random.random())))
    since, calendar = case.unallocated_on, contract.calendar(uow, district.contract_id)
    if since is None:
        return None
    stands = standing(Wait(since, None, None), terms, calendar, day, None)
    if stands is None or day >= uow.today:
        return None
    by = {
        Rung.TEAM_MANAGER: district.team_managers[0],
        Rung.DISTRICT_MANAGER: district.district_manager,
        Rung.HEAD_OF_SERVICE: district.council_manager,
    }[stands.rung]
    read_at, decides = at(day, 555), random.random() < 0.8
    return {
        "version": 1,
        "case_id": case.id,
        "lot_id": case.lot_id,
        "delay_id": None,
        "since": since,
        "rung": stands.rung,
        "reached_on": stands.reached_on,
        "acknowledged_by": by,
        "acknowledged_at": read_at,
        "decision": Promise.COVERED if decides else None,
        "until": day + timedelta(days=21) if decides else None,
        "note": "On the duty rota until it is allocated." if decides else "",
        "decided_by": by if decides else None,
        "decided_at": read_at + timedelta(minutes=20) if decides else None,
        "over_on": day if decides else None,
    }
