"""How far the demo has come in leaving: gates, receivers, offers, a run-down, a variation."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlmodel import col, select

from app.access.roles import Organisation
from app.agreements.closures.models import ClosureTemplate
from app.agreements.closures.rules import STANDARD, Item
from app.agreements.watch.models import ReReferral, WatchedList
from app.cases.register import receiving
from app.cases.register.models import Case
from app.cases.states import CaseState
from app.contract.models import Contract, Target
from app.exchange.imports.models import ImportBatch
from app.exit.account.models import Lesson
from app.exit.account.rules import LessonKind
from app.exit.data_return.models import DataTerms
from app.exit.steps.models import ExitStep, GateSignature
from app.exit.steps.queries import words_of
from app.exit.transition.models import Offer, RampStep
from app.exit.transition.rules import Answer, Engagement
from app.people.staying.models import Transition
from app.people.staying.rules import Intent
from app.performance.variations.models import TargetVersion, Variation
from app.performance.variations.rules import Kind
from app.plans.models import OutcomePlan
from app.work.uow import UnitOfWork
from seed.diary import at
from seed.names import RECEIVING_WORKERS
from seed.setting import District, Setting

NAMED_SHARE = 3
LESSONS = (
    (LessonKind.LESSON, "Agree with each receiving team how many cases a week it takes, first."),
    (LessonKind.UNPROVED, "That fewer referrals came because families were told sooner."),
)


def load_leaving(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Store what both sides have settled so far about the end, within a command."""
    first: dict[int, District] = {}
    for district in setting.districts:
        first.setdefault(district.contract_id, district)
    for contract_id, district in sorted(first.items()):
        _sign_passed_gates(uow, contract_id, district)
        uow.load(DataTerms, [_terms(contract_id, district)])
        uow.load(ClosureTemplate, [_checklist(contract_id, district, today)])
        uow.load(Lesson, _lessons(contract_id, district, today))
        uow.load(Offer, _offers(uow, contract_id, district, today))
    _vary(uow, setting.districts[0], today)
    for district in setting.districts:
        receiving.name_many(uow, _receivers(uow, district, today))
        uow.load(RampStep, _ramp(uow, district))
        _watch(uow, district)


def _sign_passed_gates(uow: UnitOfWork, contract_id: int, district: District) -> None:
    passed = select(ExitStep).where(
        ExitStep.contract_id == contract_id, col(ExitStep.gate), col(ExitStep.done_on).is_not(None)
    )
    people = {
        Organisation.AGENCY: district.project_manager,
        Organisation.COUNCIL: district.council_manager,
    }
    for step in uow.session.exec(passed):
        for side, user_id in people.items():
            uow.add(
                GateSignature(
                    contract_id=contract_id,
                    step_id=step.id or 0,
                    organisation=side,
                    words_hash=words_of(step),
                    signed_by=user_id,
                    signed_at=at(step.done_on or step.due_on, 600),
                )
            )


def _terms(contract_id: int, district: District) -> dict[str, Any]:
    return {
        "version": 1,
        "contract_id": contract_id,
        "keep_months": 6,
        "legal_hold": False,
        "hold_reason": "",
        "set_by": district.council_manager,
        "set_at": at(district.starts_on, 660),
    }


def _checklist(contract_id: int, district: District, today: date) -> dict[str, Any]:
    return {
        "contract_id": contract_id,
        "number": 1,
        "from_on": today + timedelta(days=28),
        "items": " ".join((*STANDARD, Item.SEEN_ALONE, Item.CHRONOLOGY)),
        "reason": "Closure standard, agreed for the next quarter",
        "by_user_id": district.council_manager,
        "at": at(today - timedelta(days=2), 700),
    }


def _lessons(contract_id: int, district: District, today: date) -> Iterator[dict[str, Any]]:
    sides = (
        (Organisation.COUNCIL, district.council_manager),
        (Organisation.AGENCY, district.project_manager),
    )
    for (kind, words), (side, user_id) in zip(LESSONS, sides, strict=True):
        yield {
            "contract_id": contract_id,
            "kind": kind,
            "words": words,
            "side": side,
            "by_user_id": user_id,
            "at": at(today - timedelta(days=6), 690),
        }


def _offers(
    uow: UnitOfWork, contract_id: int, district: District, today: date
) -> list[dict[str, Any]]:
    """To each who would stay and may be named; every third has not answered yet."""
    willing = uow.session.exec(
        select(Transition)
        .where(
            Transition.contract_id == contract_id,
            Transition.intent == Intent.STAY,
            col(Transition.consent_on).is_not(None),
        )
        .order_by(col(Transition.id))
    ).all()
    return [
        {
            "version": 1,
            "contract_id": contract_id,
            "practitioner_id": one.practitioner_id,
            "engagement": Engagement.PERMANENT if place % 2 else Engagement.LOCUM,
            "post": one.post or "Social worker",
            "offered_on": max(one.consent_on or today, today - timedelta(days=9)),
            "starts_on": one.starts_on,
            "answer": Answer.WAITING if place % 3 == 2 else Answer.ACCEPTED,
            "answered_on": None if place % 3 == 2 else today,
            "recorded_by": district.council_manager,
        }
        for place, one in enumerate(willing)
    ]


def _vary(uow: UnitOfWork, district: District, today: date) -> None:
    """The first lot's target was varied once: more cases, by the day that was agreed at first."""
    target = uow.session.exec(select(Target).where(Target.lot_id == district.lot_id)).one()
    ends_on = uow.get(Contract, district.contract_id).ends_on
    first = {
        "opening_backlog": target.opening_backlog,
        "starts_on": target.starts_on,
        "ends_on": target.ends_on,
        "ramp_weeks": target.ramp_weeks,
        "clause": target.clause,
    }
    uow.add(TargetVersion(lot_id=district.lot_id, **first))
    agreed_on = max(district.starts_on, today - timedelta(days=20))
    variation = uow.add(
        Variation(
            contract_id=district.contract_id,
            number=1,
            kind=Kind.VARIATION,
            title="Twelve cases more than were listed",
            clause="CCN 1",
            agreed_on=agreed_on,
            reason="A second list reached the agency after the contract was signed",
            ended_on=ends_on,
            ends_on=ends_on,
            by_user_id=district.council_manager,
            at=at(agreed_on, 720),
        )
    )
    target.opening_backlog, target.clause = target.opening_backlog + 12, "CCN 1"
    varied = first | {"opening_backlog": target.opening_backlog, "clause": "CCN 1"}
    uow.add(TargetVersion(lot_id=district.lot_id, variation_id=variation.id, **varied))


def _receivers(uow: UnitOfWork, district: District, today: date) -> list[dict[str, Any]]:
    """For most open cases whose plan names a team, the person there who takes them over."""
    planned = uow.session.execute(
        select(Case.id, OutcomePlan.receiving_team_id)
        .join(OutcomePlan, col(OutcomePlan.case_id) == col(Case.id))
        .where(
            Case.lot_id == district.lot_id,
            Case.planned == "handover",
            col(Case.ended_on).is_(None),
            col(OutcomePlan.receiving_team_id).is_not(None),
        )
        .order_by(col(Case.id), col(OutcomePlan.number))
    )
    # A later version of a plan takes the place of the one before.
    latest = dict(planned.all())
    return [
        {
            "case_id": case_id,
            "lot_id": district.lot_id,
            "receiving_team_id": team_id,
            "person": RECEIVING_WORKERS[place % len(RECEIVING_WORKERS)],
            "named_by": district.district_manager,
            "named_at": at(today - timedelta(days=1 + place % 5), 640),
        }
        for place, (case_id, team_id) in enumerate(latest.items())
        if place % NAMED_SHARE
    ]


def _ramp(uow: UnitOfWork, district: District) -> list[dict[str, Any]]:
    """The whole team, half of it in the last ten weeks, two people in the last fortnight."""
    ends_on = uow.get(Contract, district.contract_id).ends_on
    team = len(district.workers)
    steps = (
        (district.starts_on, team),
        (ends_on - timedelta(weeks=10), (team + 1) // 2),
        (ends_on - timedelta(weeks=2), min(2, team)),
    )
    return [
        {"lot_id": district.lot_id, "from_on": day, "workers": workers}
        for day, workers in steps
        if day >= district.starts_on
    ]


def _watch(uow: UnitOfWork, district: District) -> None:
    """The last list of each lot was looked through; one child in it had come back."""
    batch = uow.session.exec(
        select(ImportBatch)
        .where(ImportBatch.lot_id == district.lot_id)
        .order_by(col(ImportBatch.listed_on).desc(), col(ImportBatch.id).desc())
    ).first()
    if batch is None:
        return
    uow.add(WatchedList(lot_id=district.lot_id, batch_id=batch.id or 0, listed_on=batch.listed_on))
    closed = uow.session.exec(
        select(Case)
        .where(
            Case.lot_id == district.lot_id,
            Case.state == CaseState.CLOSED,
            col(Case.ended_on) < batch.listed_on - timedelta(days=12),
        )
        .order_by(col(Case.ended_on), col(Case.id))
    ).first()
    if closed is not None and closed.ended_on is not None:
        uow.add(
            ReReferral(
                case_id=closed.id or 0,
                lot_id=district.lot_id,
                closed_on=closed.ended_on,
                referred_on=closed.ended_on + timedelta(days=11),
                listed_on=batch.listed_on,
                batch_id=batch.id or 0,
            )
        )
