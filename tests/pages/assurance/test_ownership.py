"""Every open case has an owner and a next step: planted faults are found, and zero is shown."""

from collections.abc import Callable

import pytest
from sqlalchemy import text

from app.agreements.proposals import service as proposals
from app.assurance.ownership.models import OwnershipCheck, OwnershipFault
from app.assurance.ownership.service import check, check_daily
from app.people.models import Practitioner
from app.plans.rules import Outcome
from tests.browse import Browse, readable
from tests.makers import a_case, a_submitted_case, an_allocated_case, an_assessing_case
from tests.makers_agreements import a_closed_case, a_plan, a_proposal, agree
from tests.world import World


def found(world: World, who: str = "tess") -> list[tuple[int, str]]:
    with world.acting(who) as uow:
        number = check(uow)
    faults = [(one.case_id, one.fault.value) for one in world.rows(OwnershipFault)]
    assert len(faults) == number
    return faults


def plant(world: World, statement: str) -> None:
    with world.database.engine.begin() as connection:
        connection.execute(text(statement))


def test_the_work_of_every_state_has_an_owner_and_a_next_step(world: World) -> None:
    a_case(world)
    a_submitted_case(world)
    an_allocated_case(world)
    a_closed_case(world)
    a_proposal(world)
    agree(world, a_proposal(world))
    assert found(world) == []


def test_a_hand_back_proposed_while_nobody_holds_the_case_is_its_manager_s(world: World) -> None:
    case_id = a_case(world)
    a_plan(world, case_id, Outcome.HAND_BACK, by="tess")
    with world.acting("tess") as uow:
        proposals.propose(uow, case_id)
    assert found(world) == []


@pytest.mark.parametrize(
    ("make", "fault", "statement"),
    [
        (an_assessing_case, "nobody", "UPDATE cases SET practitioner_id = NULL"),
        (an_allocated_case, "held_unallocated", "UPDATE cases SET state = 'unallocated'"),
        (an_allocated_case, "history", "UPDATE allocations SET ends_on = starts_on"),
        (an_allocated_case, "history", "UPDATE allocations SET practitioner_id = 2"),
        (an_assessing_case, "no_assessment", "UPDATE assessments SET authorised_on = started_on"),
        (a_case, "no_manager", "UPDATE users SET disabled_at = created_at WHERE role LIKE 'team%'"),
    ],
)
def test_a_planted_fault_is_found(
    world: World, make: Callable[[World], int], fault: str, statement: str
) -> None:
    case_id = make(world)
    plant(world, statement)
    assert (case_id, fault) in found(world, "paula")


def test_a_proposal_that_is_not_there_is_found(world: World) -> None:
    a_proposal(world)
    plant(world, "UPDATE cases SET state = 'agreed' WHERE state = 'proposed'")
    assert [fault for _, fault in found(world)] == ["no_agreement"]
    plant(world, "UPDATE cases SET state = 'proposed' WHERE state = 'agreed'")
    plant(world, "UPDATE proposals SET decision = 'refused'")
    assert [fault for _, fault in found(world)] == ["no_proposal"]


def test_a_leaver_who_still_holds_a_case_makes_the_zero_red_until_it_is_passed_on(
    world: World, browse
) -> None:
    case_id = an_allocated_case(world)
    with world.setting_up() as uow:
        uow.get(Practitioner, world.practitioner("priya")).ends_on = uow.today
    world.clock.move(days=1)
    tess: Browse = browse("tess")
    assert "not checked yet" in readable(tess.get("/"))
    page = readable(tess.follow("/ownership/check"))
    assert "Its practitioner has left Change its worker." in page
    assert "Without owner or next step 1 Act now" in readable(tess.get("/"))
    assert "Without owner or next step – Check not checked yet" in readable(
        browse("paula").get("/")
    )
    pete = world.practitioner("pete")
    tess.post(f"/cases/{case_id}/reallocate", practitioner_id=str(pete), reason="LEFTRL")
    assert "Nothing is at fault" in tess.follow("/ownership/check")
    home = readable(tess.get("/"))
    assert "Without owner or next step 0 None checked 21 Nov 2026, 10:00" in home


def test_a_manager_checks_the_own_lots_alone(world: World, browse) -> None:
    there = an_allocated_case(world, "sam", "South")
    plant(world, "UPDATE cases SET practitioner_id = NULL")
    assert found(world, "tess") == []
    assert found(world, "paula") == [(there, "nobody")]
    assert "Nothing is at fault" in browse("tess").get("/ownership")
    assert f"/cases/{there}" in browse("paula").get("/ownership")


@pytest.mark.parametrize("who", ["priya", "dina", "carl", "alan"])
def test_others_cannot_check(world: World, browse, who: str) -> None:
    browse(who).get("/ownership", 403)
    browse(who).post("/ownership/check", 403)
    assert world.rows(OwnershipCheck) == []


def test_the_nightly_check_looks_at_every_lot_once_a_day(world: World) -> None:
    an_allocated_case(world)
    assert check_daily(world.database)
    assert not check_daily(world.database)
    checks = world.rows(OwnershipCheck)
    assert {one.lot_id for one in checks} == set(world.ids["lots"].values())
    assert {one.by_user_id for one in checks} == {None}
    world.clock.move(days=1)
    assert check_daily(world.database)
