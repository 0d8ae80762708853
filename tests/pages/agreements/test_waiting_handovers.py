"""Which handovers wait is kept with them, equal to what their cases and plans say."""

import pytest
from sqlalchemy import text

from app.agreements.handovers import service as handovers
from app.agreements.handovers.models import Handover
from app.agreements.handovers.queries import list_misjudged
from app.agreements.handovers.rules import RejectReason
from app.agreements.proposals import service as proposals
from app.agreements.receiving import queries as receiving
from app.agreements.receiving.rules import Show
from tests.cases.test_recount import everything
from tests.makers_agreements import (
    a_handover_to_accept,
    a_plan,
    a_proposal,
    agree,
    an_agreed_case,
)
from tests.world import World


def misjudged(world: World) -> list[int]:
    with world.database.work(everything(world)) as uow:
        return [one.case_id for one in list_misjudged(uow)]


def waiting(world: World) -> list[int]:
    return [one.case_id for one in world.rows(Handover) if one.waits]


def test_a_handover_waits_until_it_is_answered_overtaken_or_taken_back(world: World) -> None:
    stays, accepted, rejected = (a_handover_to_accept(world) for _ in range(3))
    overtaken, undone = an_agreed_case(world), a_proposal(world)
    taken_back = agree(world, undone)
    assert waiting(world) == [stays, accepted, rejected, overtaken, taken_back]
    with world.acting("dina") as uow:
        handovers.accept(uow, accepted, "Jo Lane")
    with world.acting("dina") as uow:
        handovers.reject(uow, rejected, next(iter(RejectReason)))
    with world.acting("dina") as uow:
        proposals.undo(uow, undone)
    a_plan(world, overtaken, rationale="The plan goes on with other words than those agreed to.")
    assert waiting(world) == [stays]
    assert misjudged(world) == []
    agree(world, a_proposal(world, overtaken))
    assert waiting(world) == [stays, overtaken]
    assert misjudged(world) == []
    with world.acting("dina") as uow:
        assert receiving.count_waiting(uow) == 2
        assert receiving.count_waiting(uow, Show.TO_ACCEPT) == 1


@pytest.mark.parametrize(
    "fault",
    [
        "UPDATE handovers SET waits = false",
        "UPDATE cases SET state = 'authorised' WHERE state = 'agreed'",
        "UPDATE outcome_plans SET number = 9",
    ],
)
def test_a_planted_error_is_found_and_mended(world: World, fault: str) -> None:
    case_id = an_agreed_case(world)
    with world.database.engine.begin() as connection:
        connection.execute(text(fault))
    assert misjudged(world) == [case_id]
    with world.database.work(everything(world)) as uow:
        handovers.judge_again(uow)
    assert misjudged(world) == []
