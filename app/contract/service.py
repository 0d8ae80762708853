"""Sets up a contract with its lots, and changes targets and weekly intakes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlmodel import select

from app.contract import queries
from app.contract.models import ClockRule, Contract, ExtraDay, Lot, ReceivingTeam, Target
from app.contract.rules import TargetTerms, check_intake, check_target, check_term
from app.kernel import clock
from app.kernel.acts import Act
from app.kernel.calendar import Counting
from app.kernel.days import show_date
from app.kernel.errors import Invalid
from app.work.uow import UnitOfWork

SETTING_UP = Act.CONTRACT_CREATE, Act.DEMO_SEED


@dataclass(frozen=True)
class ContractTerms:
    """The parties of a contract, its term, and how its clocks and calendar run."""

    name: str
    reference: str
    council: str
    agency: str
    starts_on: date
    ends_on: date
    counting: Counting = Counting.DAY_ZERO
    seen_within_days: int = 20


def create_contract(
    uow: UnitOfWork,
    terms: ContractTerms,
    rules: Sequence[clock.ClockRule],
    extra_days: Sequence[date] = (),
) -> int:
    """Add a contract with its clock rules and extra days off, within a command; returns its id.

    Invalid for a name that is taken and for a term that cannot be meant.
    """
    uow.must_be_in(*SETTING_UP)
    check_term(terms.starts_on, terms.ends_on)
    with uow.beyond_scope():
        if uow.session.exec(select(Contract.id).where(Contract.name == terms.name)).first():
            raise Invalid("name", f"There is a contract named {terms.name} already.")
        contract = uow.add(Contract(**vars(terms)))
        contract_id = contract.id or 0
        for rule in rules:
            uow.add(
                ClockRule(
                    contract_id=contract_id,
                    assessment_type=rule.assessment_type,
                    start_event=rule.start_event,
                    limit_working_days=rule.limit_working_days,
                )
            )
        for day in extra_days:
            uow.add(ExtraDay(contract_id=contract_id, day=day))
    return contract_id


def add_lot(
    uow: UnitOfWork,
    contract_id: int,
    name: str,
    district: str,
    *,
    teams: Sequence[tuple[str, int]],
    target: TargetTerms,
) -> int:
    """Add a lot with its receiving teams (name, weekly intake) and target, within a command."""
    uow.must_be_in(*SETTING_UP)
    with uow.beyond_scope():
        contract = uow.get(Contract, contract_id)
        check_target(target, runs=(contract.starts_on, contract.ends_on), cleared=0)
        lot = uow.add(Lot(contract_id=contract_id, name=name, district=district))
        lot_id = lot.id or 0
        for team, weekly_intake in teams:
            check_intake(weekly_intake)
            uow.add(ReceivingTeam(lot_id=lot_id, name=team, weekly_intake=weekly_intake))
        uow.add(Target(lot_id=lot_id, **vars(target)))
    return lot_id


def name_district_manager(uow: UnitOfWork, lot_id: int, user_id: int) -> None:
    """Name the District Manager whom a lot's safeguarding flags are sent to."""
    uow.must_be_in(*SETTING_UP)
    with uow.beyond_scope():
        uow.get(Lot, lot_id).district_manager_id = user_id


def set_target(
    uow: UnitOfWork, lot_id: int, terms: TargetTerms, *, version: int, cleared: int
) -> None:
    """Set a lot's target, within a command; `cleared` is how many of its cases are cleared.

    Raises Invalid for terms that cannot be meant and Conflict where someone else was faster.
    """
    uow.must_be_in(Act.CONTRACT_EDIT)
    lot = queries.find_lot(uow, lot_id)
    target = queries.find_target(uow, lot_id)
    uow.expect(target, version, shown(target))
    contract = uow.get(Contract, lot.contract_id)
    check_target(terms, runs=(contract.starts_on, contract.ends_on), cleared=cleared)
    for name, value in vars(terms).items():
        setattr(target, name, value)


def set_intake(uow: UnitOfWork, team_id: int, weekly_intake: int, *, version: int) -> None:
    """Change how many cases a receiving team can take over in a week."""
    with uow.command(Act.CONTRACT_EDIT):
        team = uow.get(ReceivingTeam, team_id)
        uow.expect(team, version, {"Weekly intake": str(team.weekly_intake)})
        check_intake(weekly_intake)
        team.weekly_intake = weekly_intake


def shown(target: Target) -> dict[str, str]:
    """A target under the names that its form gives to its answers."""
    return {
        "Opening backlog": str(target.opening_backlog),
        "Starts on": show_date(target.starts_on),
        "Ends on": show_date(target.ends_on),
        "Weeks of rising pace": str(target.ramp_weeks),
        "Clause": target.clause,
    }
