"""A small world to test in: two contracts, four lots, the personas, a clock that tests can move."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from app.access.actor import Actor, actor_for
from app.access.models import SignInSession, User, UserLot
from app.access.sessions import digest
from app.contract.models import ClockRule, Contract, Lot, ReceivingTeam, Target
from app.db.tables import Row
from app.kernel.acts import Act
from app.kernel.calendar import Counting
from app.kernel.clock import AssessmentType, StartEvent
from app.people.checks.models import Checks
from app.people.models import Practitioner, PractitionerLot
from app.work.database import Database
from app.work.uow import UnitOfWork
from tests.personas import ALL, BY_KEY, PERSONAS, Persona

# A Friday in term time; the project is in its third week.
TODAY = date(2026, 11, 20)
STARTED = date(2026, 11, 2)


@dataclass
class MovingClock:
    """The tests' own now; `move` lets time pass."""

    now: datetime = datetime(2026, 11, 20, 10, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def move(self, **amount: int) -> None:
        self.now += timedelta(**amount)


@dataclass
class World:
    """One database with its people, and shortcuts to act as any of them."""

    database: Database
    clock: MovingClock
    ids: dict[str, dict[str, int]] = field(default_factory=dict)

    def lot(self, name: str = "North") -> int:
        return self.ids["lots"][name]

    def contract(self, name: str = "Northshire") -> int:
        return self.ids["contracts"][name]

    def team(self, name: str = "North locality") -> int:
        return self.ids["receiving_teams"][name]

    def user(self, key: str) -> int:
        return self.ids["users"][key]

    def practitioner(self, key: str) -> int:
        return self.ids["practitioners"][key]

    def actor(self, key: str) -> Actor:
        """The actor that a persona is once signed in."""
        person = BY_KEY[key]
        contract = self.contract("Eastmoor" if "Moor" in person.lots else "Northshire")
        return actor_for(
            self.user(key),
            person.name,
            person.role,
            person.role.organisation or BY_KEY["hana"].role.organisation,  # type: ignore[arg-type]
            frozenset((self.lot(name), contract) for name in person.lots),
            practitioner_id=self.ids["practitioners"].get(key),
        )

    @contextmanager
    def acting(self, key: str) -> Iterator[UnitOfWork]:
        """A unit of work of a persona, without a browser."""
        with self.database.work(self.actor(key)) as uow:
            yield uow

    @contextmanager
    def setting_up(self) -> Iterator[UnitOfWork]:
        """A command that may add any rows, for laying out what a test begins with."""
        everyone = Actor.command_line(
            frozenset(self.ids["lots"].values()), frozenset(self.ids["contracts"].values())
        )
        with self.database.work(everyone) as uow, uow.command(Act.DEMO_SEED):
            yield uow

    def rows(self, model: type[Row], **where: object) -> list[Any]:
        """Every row of a table, whoever's it is."""
        with Session(self.database.engine) as session:
            found = select(model).filter_by(**where)
            rows = list(session.exec(found).all())
            session.expunge_all()
            return rows

    def row(self, model: type[Row], row_id: int) -> Any:
        """One row by its id."""
        with Session(self.database.engine) as session:
            return session.get_one(model, row_id)

    def cookie(self, key: str) -> str:
        """A session cookie's value for a persona who has just signed in."""
        token = secrets.token_urlsafe(32)
        with self.database.work(Actor.nobody()) as uow, uow.command(Act.SIGN_IN):
            uow.add(
                SignInSession(
                    token_hash=digest(token),
                    user_id=self.user(key),
                    started_at=uow.now,
                    seen_at=uow.now,
                )
            )
        return token


def lay_out(database: Database) -> dict[str, dict[str, int]]:
    """Write the contracts, lots, teams and people; returns their ids by name."""
    ids: dict[str, dict[str, int]] = {
        name: {} for name in ("contracts", "lots", "receiving_teams", "users", "practitioners")
    }
    setter = Actor.command_line(frozenset(), frozenset())
    with database.work(setter) as uow, uow.command(Act.DEMO_SEED), uow.beyond_scope():
        _contract(uow, ids, "Northshire", ALL)
        _contract(uow, ids, "Eastmoor", ("Moor",))
        for person in PERSONAS:
            _person(uow, ids, person)
        for lot, key in {"North": "dina", "South": "omar"}.items():
            uow.get(Lot, ids["lots"][lot]).district_manager_id = ids["users"][key]
    return ids


def _contract(
    uow: UnitOfWork, ids: dict[str, dict[str, int]], name: str, lots: tuple[str, ...]
) -> None:
    contract = uow.add(
        Contract(
            name=name,
            reference=f"{name[:2].upper()}-2026-04",
            council=f"{name} County Council",
            agency="Brightwater Practice",
            starts_on=STARTED,
            ends_on=date(2027, 4, 30),
            counting=Counting.DAY_ZERO,
        )
    )
    assert contract.id
    ids["contracts"][name] = contract.id
    for kind, limit in (
        (AssessmentType.CHILD_AND_FAMILY, 45),
        (AssessmentType.INITIAL, 10),
        (AssessmentType.CORE, 35),
    ):
        uow.add(
            ClockRule(
                contract_id=contract.id,
                assessment_type=kind,
                start_event=StartEvent.REFERRAL,
                limit_working_days=limit,
            )
        )
    for lot_name in lots:
        lot = uow.add(Lot(contract_id=contract.id, name=lot_name, district=f"{lot_name} district"))
        assert lot.id
        ids["lots"][lot_name] = lot.id
        team = uow.add(ReceivingTeam(lot_id=lot.id, name=f"{lot_name} locality", weekly_intake=6))
        assert team.id
        ids["receiving_teams"][team.name] = team.id
        uow.add(
            Target(
                lot_id=lot.id,
                opening_backlog=20,
                starts_on=STARTED,
                ends_on=date(2027, 3, 26),
                clause="Schedule 2, 4.1",
            )
        )


def _person(uow: UnitOfWork, ids: dict[str, dict[str, int]], person: Persona) -> None:
    contract = ids["contracts"]["Eastmoor" if "Moor" in person.lots else "Northshire"]
    practitioner_id = None
    if person.works:
        worker = uow.add(
            Practitioner(
                contract_id=contract,
                name=person.name,
                qualified=True,
                registration_expires_on=date(2027, 11, 30),
                starts_on=STARTED,
            )
        )
        assert worker.id
        uow.add(passed(worker.id, contract))
        practitioner_id = ids["practitioners"][person.key] = worker.id
        for name in person.lots:
            uow.add(PractitionerLot(practitioner_id=worker.id, lot_id=ids["lots"][name]))
    organisation = person.role.organisation or BY_KEY["hana"].role.organisation
    user = uow.add(
        User(
            email=f"{person.key}@example.org",
            name=person.name,
            role=person.role,
            organisation=organisation,
            practitioner_id=practitioner_id,
            created_at=uow.now,
        )
    )
    assert user.id
    ids["users"][person.key] = user.id
    for name in person.lots:
        uow.add(UserLot(user_id=user.id, lot_id=ids["lots"][name], contract_id=contract))


def passed(practitioner_id: int, contract_id: int) -> Checks:
    """Every check that lets a registered worker hold a case."""
    return Checks(
        practitioner_id=practitioner_id,
        contract_id=contract_id,
        registration_number=f"SW{100_000 + practitioner_id}",
        dbs_on=date(2026, 9, 14),
        references=2,
        qualified_on=date(2018, 7, 20),
        right_to_work_on=date(2026, 10, 5),
        approved_on=date(2026, 10, 23),
    )
