"""Workloads follow every change of a case: proved equal to a recount, whatever was done."""

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import text

from app.access.actor import Actor
from app.cases.allocation import service as allocation
from app.cases.register import service as register
from app.cases.register.grouping import grouped
from app.cases.register.models import Case
from app.cases.register.recount import rebuild, recount
from app.cases.register.rules import ChangeReason, Priority, PriorityReason
from app.cases.triage import service as triage
from app.cases.workload.queries import loads
from app.cases.workload.rules import Load
from app.kernel.errors import DomainError
from tests.makers import KNOWN, a_case, a_submitted_case, an_allocated_case
from tests.makers_agreements import a_closed_case, a_flag
from tests.world import World


def everything(world: World) -> Actor:
    return Actor.command_line(
        frozenset(world.ids["lots"].values()), frozenset(world.ids["contracts"].values())
    )


def load_of(world: World, who: str = "priya") -> Load:
    with world.acting("paula") as uow:
        return loads(uow, world.contract()).get(world.practitioner(who), Load())


def test_a_case_weighs_from_its_allocation_to_its_end(world: World) -> None:
    assert load_of(world) == Load()
    an_allocated_case(world)
    # From outside the area: 5 points x 60 % x 130 %.
    assert load_of(world) == Load(cases=1, unstarted=1, points=4)
    a_closed_case(world)
    assert load_of(world) == Load(cases=1, unstarted=1, points=4)


def test_a_flag_makes_a_case_weigh_more_at_once(world: World) -> None:
    case_id = an_allocated_case(world)
    a_flag(world, world.row(Case, case_id).reference)
    assert load_of(world).points == 8


def test_a_co_worker_carries_a_part_and_no_case(world: World) -> None:
    case_id = a_case(world)
    priya, pete = world.practitioner("priya"), world.practitioner("pete")
    with world.acting("tess") as uow:
        allocation.allocate(uow, case_id, priya, pete)
    assert load_of(world, "pete") == Load(co_worked=1, points=1)
    with world.acting("paula") as uow:
        register.transfer(uow, case_id, world.lot("South"))
    assert load_of(world, "pete") == load_of(world) == Load()


def test_a_planted_error_is_found_and_mended(world: World) -> None:
    an_allocated_case(world)
    a_submitted_case(world)
    with world.database.engine.begin() as connection:
        connection.execute(text("UPDATE workloads SET held = held + 1"))
        connection.execute(text("UPDATE cases SET triage_rank = 7 WHERE id = 1"))
    with world.database.work(everything(world)) as uow:
        assert len(recount(uow).differences) == 4
        rebuild(uow)
        assert recount(uow).ok
    assert load_of(world).cases == 2


@pytest.mark.parametrize("seed", range(3))
def test_whatever_is_done_the_workloads_equal_a_recount(world: World, seed: int) -> None:
    random = Random(seed)
    cases = [a_case(world, family_key=f"F{number % 3}") for number in range(6)]
    people = [world.practitioner("priya"), world.practitioner("pete")]
    for _ in range(40):
        case_id, who, other = random.choice(cases), random.choice(people), random.choice(people)
        helper = other if other != who and random.random() < 0.3 else None
        act = random.randrange(4)
        try:
            if act == 3:
                with world.acting("paula") as uow:
                    here = uow.get(Case, case_id).lot_id == world.lot()
                    register.transfer(uow, case_id, world.lot("Mid" if here else "North"))
                continue
            with world.acting("tess") as uow:
                if act == 0:
                    allocation.allocate(uow, case_id, who, helper, KNOWN)
                elif act == 1:
                    reason = ChangeReason.MANAGING_CASELOADS
                    allocation.reallocate(uow, case_id, who, reason, helper, KNOWN)
                else:
                    triage.prioritise(
                        uow,
                        case_id,
                        random.choice((Priority.URGENT, Priority.LOW)),
                        PriorityReason.ROUTINE,
                        uow.today + timedelta(days=7),
                        child_protection=random.random() < 0.5,
                    )
        except DomainError:
            continue
    with world.database.work(everything(world)) as uow:
        assert recount(uow).differences == ()


def test_a_protection_plan_that_a_list_tells_of_makes_a_held_case_weigh_more(
    world: World,
) -> None:
    case_id = an_allocated_case(world)
    case = world.row(Case, case_id)
    before = grouped(case) | {name: getattr(case, name) for name in register.WEIGHED}
    with world.setting_up() as uow:
        register.reweigh(uow, [(before, {"child_protection": True})])
    assert load_of(world).points == 8
