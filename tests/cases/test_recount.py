"""The counters and totals are proven equal to a recount; a planted error is found and mended."""

import pytest
from sqlalchemy import text

from app.access.actor import Actor
from app.agreements.handovers import service as handovers
from app.agreements.reopening.rules import ReopenReason
from app.agreements.reopening.service import reopen
from app.cases.groups.queries import count_now
from app.cases.register.models import Allocation, Case, CaseMove, ReceiverCounter
from app.cases.register.recount import rebuild, recount
from app.cases.register.rules import Cohort
from app.cases.register.service import transfer
from app.cases.scope.models import LedgerPosting
from app.contract import queries as contract
from app.exit.residual.rules import Receiver
from app.exit.residual.service import name_receiver
from app.kernel.errors import Refused
from app.safeguarding.cohorts.service import set_cohorts
from tests.makers import a_case, a_submitted_case, an_allocated_case
from tests.makers_agreements import a_handover_to_accept
from tests.world import World


def everything(world: World) -> Actor:
    return Actor.command_line(
        frozenset(world.ids["lots"].values()), frozenset(world.ids["contracts"].values())
    )


def some_work(world: World) -> None:
    a_case(world, "South")
    a_submitted_case(world)
    moved = an_allocated_case(world, age_band="Unborn", child_protection=True)
    with world.acting("tess") as uow:
        set_cohorts(uow, moved, {Cohort.MISSING, Cohort.CRIMINAL_EXPLOITATION})
    with world.acting("tess") as uow:
        set_cohorts(uow, moved, {Cohort.MISSING})
    with world.acting("dina") as uow:
        named = [one.id for one in world.rows(Case) if one.lot_id == world.lot()]
        for case_id in [*named, moved]:
            name_receiver(uow, case_id, Receiver(world.team(), "Jo Lane"))
    with world.acting("paula") as uow:
        transfer(uow, moved, world.lot("Mid"))


def test_the_counters_equal_a_recount_after_every_kind_of_work(world: World) -> None:
    some_work(world)
    with world.database.work(everything(world)) as uow:
        assert recount(uow).differences == ()
        now = count_now(uow)
    assert {code for lot_id, code in now if lot_id == world.lot("Mid")} == {
        "missing",
        "unborn",
        "child_protection",
    }
    assert {lot_id for lot_id, _ in now} == {world.lot("Mid")}


def test_a_named_receiver_counts_while_the_case_is_open(world: World) -> None:
    def counted() -> list[tuple[int, int]]:
        rows = world.rows(ReceiverCounter)
        return sorted((one.receiving_team_id, one.cases) for one in rows if one.cases)

    case_id = a_handover_to_accept(world)
    with world.database.work(everything(world)) as uow:
        other = [one.id or 0 for one in contract.list_teams(uow, world.lot())][-1]
    for team in (other, world.team()):
        with world.acting("dina") as uow:
            name_receiver(uow, case_id, Receiver(team, "Jo Lane"))
        assert counted() == [(team, 1)]
    with world.acting("dina") as uow:
        handovers.accept(uow, case_id, "Jo Lane")
    assert counted() == []
    with world.acting("tess") as uow:
        reopen(uow, case_id, ReopenReason.CLOSED_IN_ERROR)
    assert counted() == [(world.team(), 1)]
    with world.database.work(everything(world)) as uow:
        assert recount(uow).differences == ()


@pytest.mark.parametrize(
    "fault",
    [
        "UPDATE case_counters SET cases = cases + 1 WHERE state = 'submitted'",
        "UPDATE daily_totals SET cases = cases + 1 WHERE term = 'transferred'",
        "UPDATE week_totals SET cases = cases + 1 WHERE term = 'opening'",
        "UPDATE week_totals SET again = again + 1 WHERE term = 'opening'",
        "UPDATE cases SET state = 'agreed' WHERE state = 'submitted'",
        "DELETE FROM ledger_postings WHERE id = 1",
        "UPDATE group_weeks SET came = came + 1 WHERE code = 'missing'",
        "UPDATE receiver_counters SET cases = cases + 1",
        "DELETE FROM residual_receivers",
    ],
)
def test_a_planted_error_in_ledger_counters_or_state_is_found(world: World, fault: str) -> None:
    some_work(world)
    with world.database.engine.begin() as connection:
        connection.execute(text(fault))
    with world.database.work(everything(world)) as uow:
        assert not recount(uow).ok


def test_a_rebuild_mends_the_counters(world: World) -> None:
    some_work(world)
    with world.database.engine.begin() as connection:
        connection.execute(text("UPDATE case_counters SET cases = 7"))
        connection.execute(text("DELETE FROM daily_totals"))
        connection.execute(text("DELETE FROM week_totals"))
        connection.execute(text("UPDATE group_weeks SET came = 7"))
        connection.execute(text("UPDATE receiver_counters SET cases = 7"))
    with world.database.work(everything(world)) as uow:
        rebuild(uow)
        assert recount(uow).ok


def test_a_transfer_leaves_one_lot_for_the_other_and_waits_there(world: World) -> None:
    case_id = an_allocated_case(world)
    with world.acting("paula") as uow:
        transfer(uow, case_id, world.lot("South"))
    case = world.row(Case, case_id)
    assert (case.lot_id, case.state.value, case.practitioner_id) == (
        world.lot("South"),
        "unallocated",
        None,
    )
    assert {row.lot_id for row in world.rows(Allocation)} == {world.lot("South")}
    assert {row.lot_id for row in world.rows(CaseMove)} == {world.lot("South")}
    posted = [(p.lot_id, p.term.value, p.cases) for p in world.rows(LedgerPosting)]
    assert posted[1:] == [
        (world.lot("North"), "transferred", -1),
        (world.lot("South"), "transferred", 1),
    ]


def test_a_case_that_is_open_cannot_be_reopened(world: World) -> None:
    case_id = a_case(world)
    with world.acting("tess") as uow, pytest.raises(Refused):
        reopen(uow, case_id, ReopenReason.CLOSED_IN_ERROR)
