"""Contracts as their page shows them: each with everything that is agreed in it."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import col, select

from app.access.models import User
from app.contract import queries
from app.contract.models import ClockRule, Contract, ExtraDay, Lot, ReceivingTeam
from app.contract.rules import TargetTerms, Waiting, calendar_warning, curve
from app.kernel import clock
from app.kernel.calendar import england_and_wales
from app.planning.clearance import PlannedWeek
from app.work.uow import UnitOfWork


@dataclass(frozen=True)
class LotView:
    """A lot as the contract page shows it."""

    lot_id: int
    contract_id: int
    name: str
    district: str
    district_manager: str
    teams: tuple[ReceivingTeam, ...]
    target: TargetTerms
    planned: tuple[PlannedWeek, ...]
    closed_on: date | None


@dataclass(frozen=True)
class ContractView:
    """A contract with its clock rules, calendar, lots and terms for waiting children.

    `warning` says why the bank holidays known do not reach far enough; empty where they do.
    """

    contract: Contract
    rules: tuple[ClockRule, ...]
    extra_days: tuple[date, ...]
    lots: tuple[LotView, ...]
    waiting: Waiting
    known_until: date
    warning: str

    @property
    def conference(self) -> clock.ClockRule:
        """The clock of an initial child protection conference, which has no assessment."""
        return clock.conference_rule(self.contract.conference_within_days)


def show_contracts(uow: UnitOfWork) -> list[ContractView]:
    """The actor's contracts with everything agreed in them."""
    rules = uow.session.exec(select(ClockRule).order_by(col(ClockRule.id))).all()
    extra = uow.session.exec(select(ExtraDay).order_by(col(ExtraDay.day))).all()
    lots = _lot_views(uow)
    views = []
    for contract in queries.list_contracts(uow):
        own = tuple(rule for rule in rules if rule.contract_id == contract.id)
        days = tuple(one.day for one in extra if one.contract_id == contract.id)
        working = england_and_wales(contract.counting, frozenset(days))
        longest = max((rule.limit_working_days for rule in own), default=1)
        views.append(
            ContractView(
                contract,
                own,
                days,
                tuple(lot for lot in lots if lot.contract_id == contract.id),
                queries.waiting(uow, contract.id or 0),
                working.known_until,
                calendar_warning(working, contract.ends_on, longest, uow.today),
            )
        )
    return views


def _lot_views(uow: UnitOfWork) -> list[LotView]:
    found = uow.session.exec(
        select(Lot, User.name)
        .join(User, col(User.id) == col(Lot.district_manager_id), isouter=True)
        .order_by(col(Lot.name))
    ).all()
    teams, targets = queries.list_teams(uow), queries.list_targets(uow)
    return [
        LotView(
            lot.id,
            lot.contract_id,
            lot.name,
            lot.district,
            manager or "",
            tuple(team for team in teams if team.lot_id == lot.id),
            targets[lot.id],
            curve(targets[lot.id]),
            lot.closed_on,
        )
        for lot, manager in found
        if lot.id is not None
    ]
