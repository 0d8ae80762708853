"""Setting a contract up from the command line."""

from datetime import date

import pytest

from app.access.actor import Actor
from app.contract import queries, service
from app.contract.models import Contract, ExtraDay, Lot
from app.contract.rules import TargetTerms
from app.contract.service import ContractTerms
from app.contract.views import show_contracts
from app.kernel.acts import Act
from app.kernel.clock import AssessmentType, ClockRule, StartEvent
from app.kernel.errors import Forbidden, Invalid
from app.work.uow import UnitOfWork
from tests.world import World

TERMS = ContractTerms(
    "Westvale",
    "WE-2026-01",
    "Westvale Council",
    "Brightwater Practice",
    date(2026, 11, 2),
    date(2027, 4, 30),
)
RULES = [ClockRule(AssessmentType.CHILD_AND_FAMILY, StartEvent.REFERRAL, 45)]
TARGET = TargetTerms(120, date(2026, 11, 2), date(2027, 3, 26), 2, "Schedule 1")


def test_a_contract_is_set_up_whole_with_its_lots_teams_targets_and_clock(world: World) -> None:
    with (
        world.database.work(Actor.command_line(frozenset(), frozenset())) as uow,
        uow.command(Act.CONTRACT_CREATE),
    ):
        contract_id = service.create_contract(uow, TERMS, RULES, [date(2026, 12, 29)])
        lot_id = service.add_lot(
            uow, contract_id, "Coast", "Coast district", teams=[("Harbour", 5)], target=TARGET
        )
        service.name_district_manager(uow, lot_id, world.user("dina"))
    there = Actor.command_line(frozenset({lot_id}), frozenset({contract_id}))
    with world.database.work(there) as uow:
        [view] = show_contracts(uow)
        rule = queries.rule_for(uow, contract_id, AssessmentType.CHILD_AND_FAMILY)
        assert not queries.calendar(uow, contract_id).is_working_day(date(2026, 12, 29))
        [target] = queries.list_targets(uow).values()
        assert queries.planned(uow, lot_id) == queries.planned_of(target)
        [lot] = view.lots
        assert (view.contract.name, lot.name, lot.district_manager) == (
            "Westvale",
            "Coast",
            "Dina Ferris",
        )
        assert [(team.name, team.weekly_intake) for team in lot.teams] == [("Harbour", 5)]
        assert lot.planned[-1].still_open == 0
        assert (rule.limit_working_days, view.extra_days) == (45, (date(2026, 12, 29),))
    assert len(world.rows(ExtraDay)) == 1


def test_a_contract_whose_lot_cannot_be_meant_is_not_set_up_at_all(world: World) -> None:
    before = len(world.rows(Contract)), len(world.rows(Lot))
    late = TargetTerms(120, date(2026, 11, 2), date(2028, 3, 26), 2, "")
    with (
        world.database.work(Actor.command_line(frozenset(), frozenset())) as uow,
        pytest.raises(Invalid),
    ):
        _set_up(uow, late)
    assert (len(world.rows(Contract)), len(world.rows(Lot))) == before


def test_nobody_sets_up_a_contract_from_a_browser(world: World) -> None:
    with world.acting("hana") as uow, pytest.raises(Forbidden), uow.command(Act.CONTRACT_CREATE):
        service.create_contract(uow, TERMS, RULES)


def _set_up(uow: UnitOfWork, target: TargetTerms) -> None:
    with uow.command(Act.CONTRACT_CREATE):
        contract_id = service.create_contract(uow, TERMS, RULES)
        service.add_lot(uow, contract_id, "Coast", "Coast", teams=[], target=target)
