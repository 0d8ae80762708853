"""The copies that very large registers are made of are cases like the first."""

from app.cases.register.models import Case, CaseMove
from app.cases.register.recount import recount
from tests.bench.copies import copy_cases
from tests.makers import a_case
from tests.makers_agreements import a_closed_case, a_proposal
from tests.world import World


def test_copies_of_every_case_leave_every_count_equal_to_a_recount(world: World) -> None:
    a_case(world, reference="N-1", age_band="Unborn", child_protection=True)
    a_proposal(world)
    closed = a_closed_case(world)
    moves = len(world.rows(CaseMove, case_id=closed))
    copy_cases(world.database.engine, 3)
    assert len(world.rows(Case)) == 9
    assert {case.reference for case in world.rows(Case)} >= {"N-1", "1-N-1", "2-N-1"}
    [copy] = world.rows(Case, reference="2-" + world.row(Case, closed).reference)
    assert copy.id != closed
    assert copy.state == world.row(Case, closed).state
    assert len(world.rows(CaseMove, case_id=copy.id)) == moves
    with world.setting_up() as uow:
        assert recount(uow).ok
    assert a_case(world, reference="N-2") == 10
