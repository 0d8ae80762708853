"""Reads of the contract: its lots, teams, clock rules, targets and its calendar."""

from sqlmodel import col, select

from app.contract.models import ClockRule, Contract, ExtraDay, Lot, ReceivingTeam, Target
from app.kernel import clock
from app.kernel.calendar import WorkingCalendar, england_and_wales
from app.kernel.clock import AssessmentType
from app.kernel.errors import NotFound
from app.work.uow import UnitOfWork


def calendar(uow: UnitOfWork, contract_id: int) -> WorkingCalendar:
    """The working days of one contract: bank holidays, its extra days and how it counts."""
    contract = uow.get(Contract, contract_id)
    extra = uow.session.exec(select(ExtraDay.day).where(ExtraDay.contract_id == contract_id)).all()
    return england_and_wales(contract.counting, frozenset(extra))


def rule_for(uow: UnitOfWork, contract_id: int, kind: AssessmentType) -> clock.ClockRule:
    """What the contract says about one type of assessment; NotFound if it says nothing."""
    rule = uow.session.exec(
        select(ClockRule).where(
            ClockRule.contract_id == contract_id, ClockRule.assessment_type == kind
        )
    ).first()
    if rule is None:
        raise NotFound
    return clock.ClockRule(kind, rule.start_event, rule.limit_working_days)


def find_lot(uow: UnitOfWork, lot_id: int) -> Lot:
    """The lot, or NotFound when it is absent or not the actor's."""
    return uow.get(Lot, lot_id)


def list_lots(uow: UnitOfWork) -> list[Lot]:
    """The actor's lots in the order of their names."""
    return list(uow.session.exec(select(Lot).order_by(col(Lot.contract_id), col(Lot.name))).all())


def list_contracts(uow: UnitOfWork) -> list[Contract]:
    """The actor's contracts."""
    return list(uow.session.exec(select(Contract).order_by(col(Contract.name))).all())


def list_teams(uow: UnitOfWork, lot_id: int | None = None) -> list[ReceivingTeam]:
    """The receiving teams of the actor's lots, or of one of them."""
    teams = select(ReceivingTeam).order_by(col(ReceivingTeam.lot_id), col(ReceivingTeam.name))
    if lot_id is not None:
        teams = teams.where(ReceivingTeam.lot_id == lot_id)
    return list(uow.session.exec(teams).all())


def list_targets(uow: UnitOfWork) -> dict[int, Target]:
    """The target of each of the actor's lots, by lot."""
    return {target.lot_id: target for target in uow.session.exec(select(Target)).all()}
