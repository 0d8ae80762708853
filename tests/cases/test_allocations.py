"""The history of who held a case follows the case: to its end, to another lot, and back again."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import event

from app.agreements.reopening.rules import ReopenReason
from app.agreements.reopening.service import reopen
from app.cases.allocation import service as allocation
from app.cases.assessments import service as assessments
from app.cases.register.models import Allocation, Case
from app.cases.register.service import transfer
from app.plans.rules import Outcome
from tests.browse import readable
from tests.makers import an_allocated_case
from tests.makers_agreements import (
    a_closed_case,
    a_handed_over_case,
    a_proposal,
    agree,
)
from tests.world import TODAY, World


def a_handed_back_case(world: World) -> int:
    return agree(world, a_proposal(world, outcome=Outcome.HAND_BACK))


def stretches(world: World) -> list[tuple[int, date, date | None]]:
    return [(a.practitioner_id, a.starts_on, a.ends_on) for a in world.rows(Allocation)]


@pytest.mark.parametrize("make", [a_closed_case, a_handed_over_case, a_handed_back_case])
def test_an_ended_case_names_its_last_worker_who_holds_it_no_longer(
    world: World, browse, make: Callable[[World], int]
) -> None:
    case_id = make(world)
    priya = world.practitioner("priya")
    assert world.row(Case, case_id).practitioner_id == priya
    assert stretches(world) == [(priya, TODAY, TODAY)]
    page = readable(browse("tess").get(f"/cases/{case_id}"))
    assert "Priya Nair: 20 Nov 2026 to 20 Nov 2026" in page


def test_a_transferred_case_leaves_its_worker(world: World) -> None:
    case_id = an_allocated_case(world)
    world.clock.move(days=4)
    with world.acting("paula") as uow:
        transfer(uow, case_id, world.lot("South"))
        moved_on = uow.today
    assert stretches(world) == [(world.practitioner("priya"), TODAY, moved_on)]


def test_a_reopened_case_is_held_anew(world: World) -> None:
    case_id = a_closed_case(world)
    priya = world.practitioner("priya")
    world.clock.move(days=4)
    with world.acting("tess") as uow:
        reopen(uow, case_id, ReopenReason.RE_REFERRAL)
        assert stretches(world) == [(priya, TODAY, TODAY)]
        again = uow.today
    with world.acting("tess") as uow:
        allocation.allocate(uow, case_id, priya)
    assert stretches(world) == [(priya, TODAY, TODAY), (priya, again, None)]


def test_steps_that_change_no_holder_do_not_ask_who_held_the_case(world: World) -> None:
    case_id = an_allocated_case(world)
    asked: list[str] = []
    event.listen(world.database.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    with world.acting("priya") as uow:
        assessments.start(uow, case_id, uow.today)
    assert any("case_moves" in statement for statement in asked)
    assert not [statement for statement in asked if "allocations" in statement]
