"""The demo's workers: their hours, induction, time off, pay, and who would stay."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlmodel import select

from app.access.models import User
from app.people.capacity.models import Reduction
from app.people.capacity.rules import Reason
from app.people.checks.models import Checks, InductionDone
from app.people.checks.rules import DBS_YEARS, years_after
from app.people.engagement.models import Engagement
from app.people.models import Practitioner, PractitionerLot
from app.people.points.models import PointsVersion
from app.people.points.rules import STANDARD, PointsTable, figures
from app.people.rules import Post
from app.people.service import lay_default_induction
from app.people.staying.models import Transition
from app.people.staying.rules import Intent
from app.work.uow import UnitOfWork
from seed.diary import at
from seed.passed import checks_of
from seed.setting import District, Setting

# By their place among the workers of a lot.
POSTS = {0: Post.ADVANCED_PRACTITIONER, 1: Post.SENIOR_SOCIAL_WORKER, 5: Post.SENIOR_SOCIAL_WORKER}
PART_TIME = {2: (22 * 60 + 12, "123"), 6: (29 * 60 + 36, "1245")}
FIRST_YEAR, NEIGHBOUR, FROM_FAR, PAY_UNKNOWN, ABOVE_CAP = 4, 3, 7, 8, 9
DBS_ENDS_IN = {1: 19, 5: 47, 8: 82}
WISHES = {
    0: (Intent.STAY, "Assistant team manager", True),
    3: (Intent.STAY, "Social worker", True),
    4: (Intent.STAY, "Social worker", False),
    5: (Intent.LEAVE, "", True),
    8: (Intent.UNDECIDED, "", False),
}
# Reason, days until the first and last day, and minutes a week where not whole days.
TIME_OFF: dict[int, tuple[Reason, int, int, int | None]] = {
    1: (Reason.LEAVE, 0, 7, None),
    2: (Reason.LEAVE, 17, 24, None),
    3: (Reason.SUPERVISING, 0, 90, 5 * 60),
    5: (Reason.DUTY, 0, 60, 7 * 60 + 24),
    6: (Reason.LEAVE, 28, 42, None),
}


def load_people(uow: UnitOfWork, setting: Setting, today: date) -> None:
    """Store everything about workers beyond who they are, within a command."""
    for contract_id in sorted(setting.contract_ids):
        districts = [one for one in setting.districts if one.contract_id == contract_id]
        _points(uow, districts[0])
        steps = lay_default_induction(uow, contract_id)
        for place, district in enumerate(districts):
            _district(uow, district, districts[place - 1].lot_id, steps, today)
            later = today + timedelta(weeks=2 * place)
            uow.load(Reduction, _time_off(district, later))
        if len(districts) > 1:
            _newcomer(uow, districts[-1], steps[:2], today)


def _district(
    uow: UnitOfWork, district: District, neighbour: int, steps: Sequence[int], today: date
) -> None:
    checks = {row.practitioner_id: row for row in uow.session.exec(select(Checks)).all()}
    for place, worker in enumerate(district.workers):
        row = uow.get(Practitioner, worker.practitioner_id)
        row.post = POSTS.get(place, Post.SOCIAL_WORKER)
        row.asye = place == FIRST_YEAR
        row.home_lot_id = neighbour if place == NEIGHBOUR else district.lot_id
        if place == FROM_FAR:
            row.home_lot_id = None
        if place in PART_TIME:
            row.weekly_minutes, row.weekdays = PART_TIME[place]
        if place in DBS_ENDS_IN:
            ends_on = today + timedelta(days=DBS_ENDS_IN[place])
            checks[worker.practitioner_id].dbs_on = years_after(ends_on, -DBS_YEARS)
    managers = [_manager(uow, district, user_id) for user_id in district.team_managers]
    ids = [worker.practitioner_id for worker in district.workers] + managers
    uow.load(InductionDone, _inductions(district, ids, steps))
    uow.load(Engagement, _engagements(district, managers))
    uow.load(Transition, _wishes(district, today))


def _manager(uow: UnitOfWork, district: District, user_id: int) -> int:
    """A team manager's place on the roster, under the name they sign in with."""
    terms = Practitioner(
        contract_id=district.contract_id,
        name=uow.get(User, user_id).name,
        qualified=True,
        registration_expires_on=district.starts_on + timedelta(weeks=58),
        starts_on=district.starts_on,
        post=Post.TEAM_MANAGER,
        home_lot_id=district.lot_id,
    )
    return _worker(uow, district, terms, checks_since=district.starts_on)


def _worker(uow: UnitOfWork, district: District, terms: Practitioner, *, checks_since: date) -> int:
    worker_id = uow.add(terms).id or 0
    uow.add(PractitionerLot(practitioner_id=worker_id, lot_id=district.lot_id))
    uow.add(checks_of(worker_id, district.contract_id, checks_since))
    return worker_id


def _newcomer(uow: UnitOfWork, district: District, done: Sequence[int], today: date) -> None:
    """Who comes for the leaver, on the Monday after next: not everything is known of them yet."""
    starts_on = today + timedelta(days=14 - today.weekday())
    terms = Practitioner(
        contract_id=district.contract_id,
        name="Noor Vale",
        qualified=True,
        registration_expires_on=starts_on + timedelta(weeks=51),
        starts_on=starts_on,
    )
    worker_id = _worker(uow, district, terms, checks_since=today)
    checks = uow.session.exec(select(Checks).where(Checks.practitioner_id == worker_id)).one()
    checks.references, checks.approved_on = 1, None
    uow.load(InductionDone, _inductions(district, [worker_id], done))


def _inductions(
    district: District, ids: Sequence[int], steps: Sequence[int]
) -> Iterator[dict[str, Any]]:
    for worker_id in ids:
        for step_id in steps:
            yield {
                "contract_id": district.contract_id,
                "practitioner_id": worker_id,
                "step_id": step_id,
                "done_on": district.starts_on,
            }


def _engagements(district: District, managers: Sequence[int]) -> Iterator[dict[str, Any]]:
    ids = [worker.practitioner_id for worker in district.workers]
    for place, worker_id in enumerate([*ids, *managers]):
        above = place == ABOVE_CAP
        if place != PAY_UNKNOWN:
            yield {
                "version": 1,
                "contract_id": district.contract_id,
                "practitioner_id": worker_id,
                "hourly_pence": 3_300 + 75 * (place % 6) + (600 if worker_id in managers else 0),
                "notice_weeks": 4,
                "left_post_on": None,
                "over_price_cap": above,
                "cap_signed_by": "the director and the chief executive" if above else "",
            }


def _time_off(district: District, begin: date) -> Iterator[dict[str, Any]]:
    for place, (reason, first, last, minutes) in TIME_OFF.items():
        if place < len(district.workers) and not district.workers[place].employment.ends_on:
            yield {
                "version": 1,
                "contract_id": district.contract_id,
                "practitioner_id": district.workers[place].practitioner_id,
                "reason": reason,
                "starts_on": begin + timedelta(days=first),
                "ends_on": begin + timedelta(days=last),
                "minutes_a_week": minutes,
            }


def _wishes(district: District, today: date) -> Iterator[dict[str, Any]]:
    for place, (intent, post, consents) in WISHES.items():
        if place < len(district.workers):
            stays = intent is Intent.STAY
            yield {
                "version": 1,
                "contract_id": district.contract_id,
                "practitioner_id": district.workers[place].practitioner_id,
                "intent": intent,
                "consent_on": today - timedelta(days=9 + place) if consents else None,
                "post": post,
                "starts_on": district.starts_on + timedelta(weeks=40) if stays else None,
            }


def _points(uow: UnitOfWork, district: District) -> None:
    """Two versions agreed, the second after six weeks, and a third that waits for the council."""
    first = replace(STANDARD, number=1)
    second = replace(first, number=2, unstarted_days=21, decision=40)
    third = replace(second, number=3, highly_complex=11)
    _version(uow, district, first, 3, "Agreed for the start of the contract", agreed=True)
    _version(uow, district, second, 42, "Decisions take less work than thought", agreed=True)
    _version(uow, district, third, 80, "Cases under protection need more visits", agreed=False)


def _version(
    uow: UnitOfWork, district: District, table: PointsTable, days: int, reason: str, *, agreed: bool
) -> None:
    drafted_on = district.starts_on + timedelta(days=days)
    uow.add(
        PointsVersion(
            contract_id=district.contract_id,
            number=table.number,
            reason=reason,
            drafted_by=district.project_manager,
            drafted_at=at(drafted_on, 10 * 60 + 5),
            agreed_by=district.council_manager if agreed else None,
            agreed_at=at(drafted_on + timedelta(days=2), 14 * 60 + 40) if agreed else None,
            **figures(table),
        )
    )
