"""The command that sets up a contract with its lots, its practitioners and its people."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer

from app.access.actor import Actor
from app.accounts.users import service as users
from app.accounts.users.service import Standing
from app.cli.contract_file import ContractFile, LotPart, PersonPart, place, read_contract
from app.cli.database import has_demo_people, present, present_database
from app.cli.screen import screen
from app.contract import service as contract
from app.contract.rules import TargetTerms
from app.contract.service import ContractTerms
from app.exit.steps import service as exit_strategy
from app.finance import service as finance
from app.kernel.acts import Act
from app.kernel.clock import ClockRule
from app.kernel.days import weeks_between
from app.kernel.errors import Invalid, Refused
from app.people import service as people
from app.people.rules import Employment
from app.performance.benchmarks import service as benchmarks
from app.settings import Settings
from app.work.uow import UnitOfWork


def set_up_contract(
    file: Annotated[
        Path, typer.Argument(help="A TOML file as docs/contract.toml.", exists=True, dir_okay=False)
    ],
) -> None:
    """Set up a contract, its lots and its people from a file; prints each person's link once."""
    asked = read_contract(file)
    if has_demo_people(present_database()):
        raise Refused("This database holds demo people: choose another for a real contract.")
    setter = Actor.command_line(frozenset(), frozenset())
    with present() as database, database.work(setter) as uow:
        links = set_up(uow, asked)
    screen.print(f"{asked.contract.name} is set up.", markup=False)
    screen.print("Each link works once within 72 hours, for its person to choose a password:")
    for person, path in links:
        line = f"{person.name} <{person.email}> {Settings().origin}{path}"
        screen.print(line, markup=False, soft_wrap=True)


def set_up(uow: UnitOfWork, asked: ContractFile) -> list[tuple[PersonPart, str]]:
    """Everything in one command, whole or not at all; returns each person's one-time path."""
    with uow.command(Act.CONTRACT_CREATE):
        contract_id = _contract(uow, asked)
        lots = {lot.name: _lot(uow, contract_id, asked, at) for at, lot in enumerate(asked.lots)}
        workers = _practitioners(uow, contract_id, asked, lots)
        invited = [
            _person(uow, contract_id, asked, at, lots, workers) for at in range(len(asked.people))
        ]
        ids = {person.email: one.user_id for person, one in zip(asked.people, invited, strict=True)}
        for lot in asked.lots:
            if lot.district_manager:
                contract.name_district_manager(uow, lots[lot.name], ids[lot.district_manager])
    return [(person, one.path) for person, one in zip(asked.people, invited, strict=True)]


def _contract(uow: UnitOfWork, asked: ContractFile) -> int:
    terms = asked.contract.model_dump(exclude={"extra_days"})
    rules = [ClockRule(**vars(rule)) for rule in asked.clock_rules]
    with _at("contract"):
        contract_id = contract.create_contract(
            uow, ContractTerms(**terms), rules, asked.contract.extra_days
        )
    exit_strategy.lay_default_plan(uow, contract_id)
    people.lay_default_induction(uow, contract_id)
    benchmarks.lay_shipped(uow, contract_id)
    return contract_id


def _lot(uow: UnitOfWork, contract_id: int, asked: ContractFile, at: int) -> int:
    lot: LotPart = asked.lots[at]
    with _at("lots", at):
        lot_id = contract.add_lot(
            uow,
            contract_id,
            lot.name,
            lot.district,
            teams=[(team.name, team.weekly_intake) for team in lot.teams],
            target=TargetTerms(**vars(lot.target)),
        )
    if lot.weekly_budget is not None:
        starts_on, ends_on = asked.contract.starts_on, asked.contract.ends_on
        days = [
            starts_on + timedelta(weeks=week)
            for week in range(weeks_between(starts_on, ends_on) + 1)
        ]
        finance.plan_budget(uow, lot_id, [(day, lot.weekly_budget) for day in days])
    return lot_id


def _practitioners(
    uow: UnitOfWork, contract_id: int, asked: ContractFile, lots: dict[str, int]
) -> dict[str, int]:
    ids = {}
    for at, worker in enumerate(asked.practitioners):
        employment = Employment(
            worker.qualified, worker.registration_expires_on, worker.starts_on, worker.ends_on
        )
        with _at("practitioners", at):
            ids[worker.name] = people.add_practitioner(
                uow,
                contract_id,
                worker.name,
                employment,
                case_limit=worker.case_limit,
                lot_ids={lots[name] for name in worker.lots},
            )
    return ids


def _person(
    uow: UnitOfWork,
    contract_id: int,
    asked: ContractFile,
    at: int,
    lots: dict[str, int],
    workers: dict[str, int],
) -> users.Invited:
    person = asked.people[at]
    last_days = {worker.name: worker.ends_on for worker in asked.practitioners}
    standing = Standing(
        person.name,
        person.role,
        person.organisation,
        frozenset(lots[name] for name in person.lots),
        last_days.get(person.practitioner or ""),
        practitioner_id=workers.get(person.practitioner or ""),
    )
    with _at("people", at):
        return users.invite_with_contract(uow, person.email, standing, contract_id)


@contextmanager
def _at(*steps: str | int) -> Iterator[None]:
    """Name the place in the file with which a rule finds fault."""
    try:
        yield
    except Invalid as fault:
        raise Refused(f"{place(*steps, fault.field)}: {fault.sentence}") from fault
