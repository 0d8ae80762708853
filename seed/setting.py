"""Lays out the demo's two contracts: lots, teams, targets and everybody who can sign in."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TypeAlias

from sqlmodel import select

from app.access.models import User, UserLot
from app.access.roles import Organisation, Role
from app.contract import service as contract
from app.contract.models import ReceivingTeam
from app.contract.rules import TargetTerms
from app.contract.service import ContractTerms
from app.kernel.clock import AssessmentType, ClockRule, StartEvent
from app.kernel.days import LONDON
from app.people.models import Practitioner, PractitionerLot
from app.people.rules import Employment
from app.work.uow import UnitOfWork
from seed import names
from seed.passed import checks_of

WEEKS = 17
SECOND_WEEKS = 12
RULES = (
    ClockRule(AssessmentType.CHILD_AND_FAMILY, StartEvent.REFERRAL, 45),
    ClockRule(AssessmentType.INITIAL, StartEvent.REFERRAL, 10),
    ClockRule(AssessmentType.CORE, StartEvent.ALLOCATION, 35),
)


@dataclass(frozen=True)
class Pace:
    """How many cases a lot has and how its weeks went.

    `share` of its cases leaves each week once work is under way; `slack` are the weeks that went
    badly.
    """

    opening: int
    received: int
    share: float
    slack: frozenset[int] = frozenset()

    def times(self, scale: int) -> "Pace":
        return Pace(self.opening * scale, self.received * scale, self.share, self.slack)


# Ahead of its target, a little behind, and far behind with two weeks lost.
PACES = (
    Pace(142, 62, 0.0545),
    Pace(148, 74, 0.0505),
    Pace(136, 70, 0.0345, frozenset({9, 10, 11})),
)
SECOND_PACE = Pace(15, 5, 0.05)


@dataclass(frozen=True)
class Worker:
    """A practitioner with the user who signs in for them."""

    practitioner_id: int
    user_id: int
    employment: Employment


@dataclass(frozen=True)
class District:
    """One lot with the ids of everybody who acts in it."""

    lot_id: int
    contract_id: int
    name: str
    starts_on: date
    pace: Pace
    workers: tuple[Worker, ...]
    team_managers: tuple[int, ...]
    district_manager: int
    project_manager: int
    council_manager: int
    teams: tuple[tuple[int, str], ...]


@dataclass
class Setting:
    """Everything laid out, contract by contract."""

    districts: list[District] = field(default_factory=list)

    @property
    def lot_ids(self) -> frozenset[int]:
        return frozenset(district.lot_id for district in self.districts)

    @property
    def contract_ids(self) -> frozenset[int]:
        return frozenset(district.contract_id for district in self.districts)


@dataclass(frozen=True)
class Patch:
    """A lot before anybody is placed in it."""

    lot_id: int
    manager: str
    team_managers: Sequence[str]
    practitioners: Sequence[str]
    pace: Pace


Lots: TypeAlias = Sequence[tuple[names.Place, Pace, Sequence[str]]]


def monday(today: date, weeks: int) -> date:
    """The Monday so many weeks ago."""
    return today - timedelta(days=today.weekday(), weeks=weeks)


def lay_out(uow: UnitOfWork, today: date, scale: int) -> Setting:
    """Write both contracts with their people, within a command."""
    setting = Setting()
    paces = [pace.times(scale) for pace in PACES]
    workers = [
        (*names.PRACTITIONERS[2 * lot], *names.PRACTITIONERS[2 * lot + 1]) for lot in range(3)
    ]
    _contract(
        uow,
        setting,
        _terms("Norhamshire backlog project", "NOR-CS-114", monday(today, WEEKS)),
        list(zip(names.DISTRICTS, paces, workers, strict=True)),
        names.COUNTY_PEOPLE,
    )
    _contract(
        uow,
        setting,
        ContractTerms(
            "Eastwold assessment project",
            "EAS-2-08",
            names.SECOND_COUNCIL,
            names.SECOND_AGENCY,
            monday(today, SECOND_WEEKS),
            monday(today, SECOND_WEEKS) + timedelta(weeks=30),
        ),
        [(names.SECOND_DISTRICT, SECOND_PACE, names.SECOND_PRACTITIONERS)],
        names.SECOND_PEOPLE,
    )
    return setting


def _terms(name: str, reference: str, starts_on: date) -> ContractTerms:
    ends_on = starts_on + timedelta(weeks=40)
    return ContractTerms(name, reference, names.COUNCIL, names.AGENCY, starts_on, ends_on)


def _contract(
    uow: UnitOfWork,
    setting: Setting,
    terms: ContractTerms,
    lots: Lots,
    people: Sequence[tuple[str, Role]],
) -> None:
    contract_id = contract.create_contract(uow, terms, RULES)
    patches = [
        _patch(uow, contract_id, terms, district, pace, workers) for district, pace, workers in lots
    ]
    every_lot = [patch.lot_id for patch in patches]
    seats = {
        role: _user(uow, name, role, contract_id, every_lot, terms.starts_on)
        for name, role in people
    }
    for patch, (district, _, _) in zip(patches, lots, strict=True):
        setting.districts.append(_staff(uow, contract_id, terms, patch, district, seats))


def _patch(
    uow: UnitOfWork,
    contract_id: int,
    terms: ContractTerms,
    district: names.Place,
    pace: Pace,
    workers: Sequence[str],
) -> Patch:
    name, manager, team_managers, teams = district
    ends_on = min(terms.starts_on + timedelta(weeks=30, days=-3), terms.ends_on)
    target = TargetTerms(pace.opening, terms.starts_on, ends_on, 4, "Schedule 2, paragraph 4.1")
    lot_id = contract.add_lot(
        uow, contract_id, name, f"{name} district", teams=teams, target=target
    )
    return Patch(lot_id, manager, team_managers, workers, pace)


def _staff(
    uow: UnitOfWork,
    contract_id: int,
    terms: ContractTerms,
    patch: Patch,
    district: names.Place,
    seats: dict[Role, int],
) -> District:
    lots, since = [patch.lot_id], terms.starts_on
    manager = _user(uow, patch.manager, Role.DISTRICT_MANAGER, contract_id, lots, since)
    contract.name_district_manager(uow, patch.lot_id, manager)
    team_managers = tuple(
        _user(uow, name, Role.TEAM_MANAGER, contract_id, lots, since)
        for name in patch.team_managers
    )
    workers = tuple(
        _worker(uow, name, contract_id, patch.lot_id, _employment(place, since, district.name))
        for place, name in enumerate(patch.practitioners)
    )
    teams = uow.session.exec(
        select(ReceivingTeam).where(ReceivingTeam.lot_id == patch.lot_id)
    ).all()
    return District(
        lot_id=patch.lot_id,
        contract_id=contract_id,
        name=district.name,
        starts_on=since,
        pace=patch.pace,
        workers=workers,
        team_managers=team_managers,
        district_manager=manager,
        project_manager=seats[Role.AGENCY_PROJECT_MANAGER],
        council_manager=seats[Role.COUNCIL_PROJECT_MANAGER],
        teams=tuple((team.id or 0, team.name) for team in teams),
    )


def _employment(place: int, since: date, district: str) -> Employment:
    """One leaves in week 11, one is not qualified, one's registration ran out, two came later."""
    qualified, expires = True, since + timedelta(weeks=60 + place)
    if district == "Alderfell" and place == 8:
        return Employment(
            qualified=False, registration_expires_on=None, starts_on=since, ends_on=None
        )
    if district == "Bexmoor" and place == 7:
        expires = since + timedelta(weeks=14, days=2)
    if district == "Carrowdale" and place == 6:
        return Employment(qualified, expires, since, since + timedelta(weeks=10, days=4))
    late = timedelta(weeks=4 if place == 9 else 0)
    return Employment(qualified, expires, since + late, None)


def _worker(
    uow: UnitOfWork, name: str, contract_id: int, lot_id: int, employment: Employment
) -> Worker:
    practitioner = uow.add(
        Practitioner(
            contract_id=contract_id,
            name=name,
            qualified=employment.qualified,
            registration_expires_on=employment.registration_expires_on,
            starts_on=employment.starts_on,
            ends_on=employment.ends_on,
        )
    )
    practitioner_id = practitioner.id or 0
    uow.add(PractitionerLot(practitioner_id=practitioner_id, lot_id=lot_id))
    uow.add(checks_of(practitioner_id, contract_id, employment.starts_on))
    user_id = _user(
        uow,
        name,
        Role.PRACTITIONER,
        contract_id,
        [lot_id],
        employment.starts_on,
        practitioner_id=practitioner_id,
        left_on=employment.ends_on,
    )
    return Worker(practitioner_id, user_id, employment)


def _user(
    uow: UnitOfWork,
    name: str,
    role: Role,
    contract_id: int,
    lot_ids: Sequence[int],
    since: date,
    *,
    practitioner_id: int | None = None,
    left_on: date | None = None,
) -> int:
    gone = datetime.combine(left_on, time(17, 30), LONDON) if left_on else None
    user = uow.add(
        User(
            email=f"{name.lower().replace(' ', '.')}@example.org",
            name=name,
            role=role,
            organisation=role.organisation or Organisation.COUNCIL,
            practitioner_id=practitioner_id,
            demo=True,
            active_until=left_on,
            disabled_at=gone,
            created_at=datetime.combine(since, time(8), LONDON),
        )
    )
    for lot_id in lot_ids:
        uow.add(UserLot(user_id=user.id or 0, lot_id=lot_id, contract_id=contract_id))
    return user.id or 0
